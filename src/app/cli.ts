// The command line: `rapport <command>`. Run in-process by bin/rapport.js, so signals and the exit code are its own.
import { BadUsage, type Command, type ExitCode, exitCodes, note, print } from './cli/command.ts'
import { importLists } from './cli/import.ts'
import { reasonOf } from './cli/reason.ts'
import { serve } from './cli/serve.ts'

const commands: ReadonlyMap<string, Command> = new Map(Object.entries({ serve, import: importLists }))

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(overview())
    return name === undefined ? exitCodes.usage : exitCodes.done
  }
  const command = commands.get(name)
  if (!command) {
    note(`There is no command "${name}".\n\n${overview()}`)
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

function overview(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length))
  const lines = [...commands].map(([name, { about }]) => `  ${name.padEnd(width)}  ${about.en} ${about.zh}`)
  return `Usage: rapport <command> [options]\n\n${lines.join('\n')}\n\nrapport <command> --help says more about one of them. 查看某个命令的用法`
}
