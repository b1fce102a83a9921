import { readSettings } from '#server/settings.ts'
import { demoLogins, demoPassword } from '../demo.server.ts'
import { type RunningServer, startServer } from '../server.ts'
import { type Command, type ExitCode, exitCodes, note, print, readArguments } from './command.ts'

export const serve: Command = {
  about: { en: 'Start the server; the same as `npm start`.', zh: '启动服务器，等同于 npm start' },
  usage: `serve

Settings come from the environment:
  PORT           port to listen on (3000)
  HOST           address to listen on (127.0.0.1)
  RAPPORT_DATA   folder of the database, of files and of the secret (.rapport)
  RAPPORT_DEMO   1 loads fictitious companies into an empty database, 0 does not (1)
  RAPPORT_URL    how people reach it, scheme and host (http://localhost:PORT)
  RAPPORT_SECRET key of sessions, at least 32 characters (made and kept in the data folder)
  DATABASE_URL   a Postgres server of your own, 15 or later (an embedded one)`,
  async run(args) {
    readArguments(args, {})
    const stop = whenAskedToStop()
    const server = await startServer(readSettings())
    for (const warning of server.warnings) note(warning)
    // Parsed by whoever starts us: always this one line, and only when requests are answered.
    print(`Rapport is ready at ${server.url}`)
    if (server.isDemo) printLogins()
    return await untilTheEnd(server, stop)
  },
}

function printLogins(): void {
  print(`Demo logins, each with the password ${demoPassword}:`)
  for (const login of demoLogins) print(`  ${login}`)
}

async function untilTheEnd(server: RunningServer, stop: Promise<void>): Promise<ExitCode> {
  const lost = await Promise.race([server.lost, stop])
  await server.close()
  if (typeof lost !== 'string') return exitCodes.done
  note(`The database is gone and did not come back: ${lost}`)
  return exitCodes.failed
}

/** Resolves at the first SIGTERM or SIGINT; a second one does not wait for anything. */
function whenAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false
    const ask = () => {
      if (isAsked) process.exit(exitCodes.failed)
      isAsked = true
      resolve()
    }
    process.on('SIGTERM', ask)
    process.on('SIGINT', ask)
  })
}
