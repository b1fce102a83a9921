// Runs before the first paint so that a chosen theme or language does not flash; a file of its own because
// the content security policy allows no inline scripts.
;(() => {
  let theme = 'auto'
  let language = null
  try {
    theme = localStorage.getItem('rapport-theme') ?? 'auto'
    language = localStorage.getItem('rapport-language')
  } catch {
    // Storage is closed to us (private mode): the system's choice stands.
  }
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  if (language) document.documentElement.lang = language
})()
