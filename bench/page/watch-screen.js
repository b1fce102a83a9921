// Notes when the first customer was on the screen, and when and in how many frames a tap had its effect.
const seen = { listAt: null, tap: null }
window.seen = seen

/** Calls back when the frame that is being prepared has been drawn: a message waits until then. */
function afterFrame(note) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = note
  port2.postMessage(null)
}

const observer = new MutationObserver(() => {
  if (!document.querySelector('a[href^="/customers/"]')) return
  observer.disconnect()
  requestAnimationFrame(() =>
    afterFrame(() => {
      seen.listAt = performance.now()
    }),
  )
})
observer.observe(document, { childList: true, subtree: true })

const shown = () => document.querySelector('main')?.textContent ?? ''
const mostFrames = 600

addEventListener(
  'click',
  ({ timeStamp }) => {
    const before = shown()
    let frames = 0
    seen.tap = null
    const look = () => {
      frames += 1
      if (shown() !== before) {
        afterFrame(() => {
          seen.tap = { frames, ms: performance.now() - timeStamp }
        })
      } else if (frames < mostFrames) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  },
  { capture: true },
)
