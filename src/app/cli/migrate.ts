import { migrate } from '#server/postgres/migrate.ts'
import { migrationsFolder } from '../server.ts'
import { type Command, exitCodes, print, printJson, readArguments } from './command.ts'
import { asItIs } from './workplace.ts'

export const migrateDatabase: Command = {
  about: { en: 'Bring the database up to this version.', zh: '把数据库升级到当前版本' },
  usage: `migrate

  --json  the names of what was applied, as JSON

\`serve\` does it too as it starts.`,
  async run(args) {
    const { options } = readArguments(args, { json: 'switch' })
    const applied = await asItIs(({ database }) => migrate(database.owner, migrationsFolder))
    if (options.json) printJson({ applied })
    else if (applied.length === 0) print('The database is up to date already.')
    else for (const name of applied) print(name)
    return exitCodes.done
  },
}
