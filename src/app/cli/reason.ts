// Why something failed, in the words of the operator; null for a fault of ours, whose trace he needs for a report.
import { Refused } from '#core/refused.ts'
import { fill } from '#core/words.ts'
import { BackupError } from '#server/backup/backup-manifest.ts'
import { DataFolderError } from '#server/data-folder.ts'
import { ForeignPostgresError } from '#server/postgres/foreign-postgres.ts'
import { MigrationError } from '#server/postgres/migrate.ts'
import { EmbeddedPostgresError } from '#server/postgres/postgres-error.ts'
import { BadSetting } from '#server/settings.ts'
import { catalogue } from '../words.ts'
import { CommandFailed } from './command.ts'

const forOperators = [
  BackupError,
  BadSetting,
  CommandFailed,
  DataFolderError,
  EmbeddedPostgresError,
  ForeignPostgresError,
  MigrationError,
]

export function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (forOperators.some((kind) => error instanceof kind)) return error.message
  if (error instanceof Refused) return refusalText(error)
  return 'code' in error && typeof error.code === 'string' ? systemReason(error.code, error) : null
}

/** The text of a refusal with its problems; its code where somebody has to look it up. */
function refusalText({ code, details }: Refused): string {
  const params = Object.fromEntries(
    Object.entries(details).filter(
      (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
    ),
  )
  const text = fill(catalogue[code]?.en ?? code, params)
  return [text, ...problemsIn(details.problems)].join(' ')
}

function problemsIn(problems: unknown): readonly string[] {
  if (!Array.isArray(problems)) return []
  return problems.map(({ path, code, params }) => {
    return `${path}: ${fill(catalogue[`problem.${code}`]?.en ?? code, params)}`
  })
}

function systemReason(code: string, error: Error): string | null {
  const at = (name: string) => (name in error ? String(error[name as keyof typeof error]) : '')
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${at('port')} on ${at('address')} is in use by another program. Stop it, or set PORT to a free one, for example PORT=${Number(at('port')) + 1}.`
    case 'EACCES':
      return at('syscall') === 'listen'
        ? `Port ${at('port')} may not be opened by this user. Set PORT to one above 1023, for example PORT=3000.`
        : `${at('path')} may not be read or written by this user.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return at('syscall') === 'listen' || at('syscall') === 'getaddrinfo'
        ? `The address ${at('address') || at('hostname')} is not one of this machine or cannot be found. Check HOST and DATABASE_URL.`
        : null
    case 'ENOENT':
      return at('path') === '' ? null : `There is no file ${at('path')}.`
    case 'EEXIST':
      return `There is a file ${at('path')} already. Give it another name.`
    case 'EISDIR':
      return `${at('path')} is a folder, not a file.`
    case 'ENOSPC':
      return 'There is no space left on the disk.'
    case 'ECONNREFUSED':
      return `No Postgres answers at ${at('address')}:${at('port')}. Start it, or correct DATABASE_URL.`
    default:
      return null
  }
}
