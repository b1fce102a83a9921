// What every command of `rapport` has in common: its description, its arguments, its way of saying no.
import { parseArgs } from 'node:util'

/** Did what it was asked; refused or failed; was called in a way it does not understand. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export interface Command {
  /** One line each, for the overview. */
  readonly about: { readonly en: string; readonly zh: string }
  /** What comes after `rapport`, then the options and what they mean. */
  readonly usage: string
  readonly run: (args: readonly string[]) => Promise<ExitCode>
}

/** It cannot be done, for a reason that the operator should read: one sentence, with what to do. */
export class CommandFailed extends Error {
  override name = 'CommandFailed'
}

/** The command line itself cannot be understood. */
export class BadUsage extends Error {
  override name = 'BadUsage'
}

type Options = { readonly [name: string]: 'switch' | 'value' }

type Given<O extends Options> = {
  readonly words: readonly string[]
  readonly options: { readonly [K in keyof O]: O[K] extends 'switch' ? boolean : string | null }
}

/**
 * The words and options of a command line.
 * @throws BadUsage for an option that is not among these, or a number of words that is not between `least` and `most`
 */
export function readArguments<const O extends Options>(
  args: readonly string[],
  options: O,
  [least, most]: readonly [least: number, most: number] = [0, 0],
): Given<O> {
  const { values, positionals } = parsed(args, options)
  if (positionals.length < least) throw new BadUsage('Something is missing.')
  if (positionals.length > most) throw new BadUsage(`"${positionals[most]}" is one word too many.`)
  const given = Object.entries(options).map(([name, kind]) => {
    const value = values[name]
    return [name, kind === 'switch' ? value === true : typeof value === 'string' ? value : null]
  })
  // Built from exactly the options of O, each of its kind.
  return { words: positionals, options: Object.fromEntries(given) as Given<O>['options'] }
}

function parsed(
  args: readonly string[],
  options: Options,
): { readonly values: { readonly [name: string]: unknown }; readonly positionals: readonly string[] } {
  const kinds = Object.entries(options).map(([name, kind]) => [
    name,
    { type: kind === 'switch' ? ('boolean' as const) : ('string' as const) },
  ])
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries(kinds),
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    // Its first sentence names the option; the rest is about its own conventions.
    const [first = ''] = error instanceof Error ? error.message.split('. ') : []
    throw new BadUsage(`${first.replace(/\.$/, '')}.`)
  }
}

/** A line for people or data for programs. Everything else (progress, reasons) goes to standard error. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}
