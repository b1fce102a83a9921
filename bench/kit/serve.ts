// The server of a benchmark, in a process of its own as in life: the product's, over a folder and a port that are
// given, with the web app that is given. Ends with SIGTERM.
import { openServer } from '#app/server-assembly.ts'
import { openDatabase } from '#server/postgres/database.ts'

const { BENCH_FOLDER: dataFolder, BENCH_PORT: port, BENCH_WEB: webFolder } = process.env
if (!dataFolder || !port) throw new Error('BENCH_FOLDER and BENCH_PORT are missing')

const database = await openDatabase({ databaseUrl: null, dataFolder })
const server = await openServer({
  database,
  publicUrl: `http://127.0.0.1:${port}`,
  secret: 'only-for-benchmarks-only-for-benchmarks',
  isDemo: false,
  webFolder: webFolder ?? null,
  importFolder: `${dataFolder}/imports`,
  log: { level: 'warn' },
})
await server.http.listen({ host: '127.0.0.1', port: Number(port) })
process.once('SIGTERM', () => {
  void server
    .close()
    .then(() => database.close())
    .then(() => process.exit(0))
})
console.log('ready')
