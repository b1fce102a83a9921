// `npm start`: from a bare clone to a running server. The same as `rapport serve` with the arguments given.
if (process.env.npm_lifecycle_event === 'start') endWithParent()
process.argv.splice(2, 0, 'serve')
await import('../bin/rapport.js')

/**
 * npm hands SIGTERM to the shell between it and us, and that shell may end without handing it on: the server
 * would go on with nobody to stop it. Losing the parent therefore counts as being asked to stop.
 */
function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
