import { demoLogins, demoPassword, reloadDemo } from '../demo.server.ts'
import { type Command, CommandFailed, exitCodes, print, readArguments } from './command.ts'
import { atWork } from './workplace.ts'

export const demo: Command = {
  about: {
    en: 'Load two fictitious companies, or put fresh ones in their place.',
    zh: '载入（或重新载入）两家虚构的演示公司',
  },
  usage: `demo

What was changed in an earlier demo is gone afterwards. A database with data of your own is left alone.`,
  async run(args) {
    readArguments(args, {})
    const holding = await atWork(({ database, deps }) => reloadDemo({ owner: database.owner, sync: deps }))
    if (holding === 'real') {
      throw new CommandFailed(
        'The database holds data of your own, which a demo never mixes with. Name an empty one with RAPPORT_DATA or DATABASE_URL.',
      )
    }
    print(`The demo is loaded. Logins, each with the password ${demoPassword}:`)
    for (const login of demoLogins) print(`  ${login}`)
    return exitCodes.done
  },
}
