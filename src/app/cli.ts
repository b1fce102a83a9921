// The command line: `rapport <command>`. Run in-process by bin/rapport.js, so signals and the exit code are its own.
import { BadUsage, type Command, type ExitCode, exitCodes, note, print } from './cli/command.ts'

// Loaded when they are asked for: what a command does not need must not slow it down.
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['serve', async () => (await import('./cli/serve.ts')).serve],
  ['demo', async () => (await import('./cli/demo.ts')).demo],
  ['user', async () => (await import('./cli/user.ts')).user],
  ['import', async () => (await import('./cli/import.ts')).importLists],
  ['export', async () => (await import('./cli/export.ts')).exportRows],
  ['backup', async () => (await import('./cli/backup.ts')).backupAll],
  ['restore', async () => (await import('./cli/backup.ts')).restoreAll],
  ['verify-audit', async () => (await import('./cli/verify-audit.ts')).verifyAudits],
  ['migrate', async () => (await import('./cli/migrate.ts')).migrateDatabase],
])

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(await overview())
    return name === undefined ? exitCodes.usage : exitCodes.done
  }
  const command = await commands.get(name)?.()
  if (!command) {
    note(`There is no command "${name}".\n\n${await overview()}`)
    return exitCodes.usage
  }
  if (args.includes('--help') || args.includes('-h')) {
    print(helpOf(command))
    return exitCodes.done
  }
  return run(command, args)
}

async function run(command: Command, args: readonly string[]): Promise<ExitCode> {
  try {
    return await command.run(args)
  } catch (error) {
    if (error instanceof BadUsage) {
      note(`${error.message}\n\n${helpOf(command)}`)
      return exitCodes.usage
    }
    const { reasonOf } = await import('./cli/reason.ts')
    note(reasonOf(error) ?? trace(error))
    return exitCodes.failed
  }
}

function trace(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function helpOf({ about, usage }: Command): string {
  return `${about.en}\n${about.zh}\n\nUsage: rapport ${usage}`
}

async function overview(): Promise<string> {
  const width = Math.max(...[...commands.keys()].map((name) => name.length))
  const lines: string[] = []
  for (const [name, load] of commands) {
    const { about } = await load()
    lines.push(`  ${name.padEnd(width)}  ${about.en} ${about.zh}`)
  }
  return `Usage: rapport <command> [options]\n\n${lines.join('\n')}\n\nrapport <command> --help says more about one of them. 查看某个命令的用法`
}
