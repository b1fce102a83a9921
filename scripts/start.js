// `npm start`: from a bare clone to a running server. The same as `rapport serve` with the arguments given.
process.argv.splice(2, 0, 'serve')
await import('../bin/rapport.js')
