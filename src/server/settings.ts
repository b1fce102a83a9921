// The only place that reads the environment. Read once at start-up, checked, all with defaults.
import { resolve } from 'node:path'

export type Settings = {
  readonly port: number
  readonly host: string
  /** Absolute path of the folder that holds the embedded database, uploaded files and the secret. */
  readonly dataFolder: string
  /** Whether fictitious companies are loaded into an empty database. */
  readonly isDemo: boolean
  /** A Postgres server of the operator's own; null means the embedded one. */
  readonly databaseUrl: string | null
  /** How people reach the server, without a trailing slash: links in invitations, allowed origins. */
  readonly publicUrl: string
  /** Key for sessions and tokens; null means the one kept in the data folder. */
  readonly secret: string | null
}

/** An environment variable that cannot be used; the message names it, says what is wrong and how to mend it. */
export class BadSetting extends Error {
  override name = 'BadSetting'
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads all settings. Throws `BadSetting` at the first value that cannot be used. */
export function readSettings(environment: Environment = process.env): Settings {
  const port = readPort(environment)
  return {
    port,
    host: read(environment, 'HOST') ?? '127.0.0.1',
    dataFolder: resolve(read(environment, 'RAPPORT_DATA') ?? '.rapport'),
    isDemo: readSwitch(environment, 'RAPPORT_DEMO', true),
    databaseUrl: readDatabaseUrl(environment),
    publicUrl: readPublicUrl(environment, port),
    secret: readSecret(environment),
  }
}

/** An empty variable counts as none: that is how compose files and units leave one out. */
function read(environment: Environment, name: string): string | null {
  const value = environment[name]?.trim()
  return value ? value : null
}

function readPort(environment: Environment): number {
  const text = read(environment, 'PORT') ?? '3000'
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new BadSetting(
    `PORT is "${text}", but a port is a whole number from 0 to 65535. Set for example PORT=3000.`,
  )
}

function readSwitch(environment: Environment, name: string, fallback: boolean): boolean {
  const text = read(environment, name)?.toLowerCase()
  if (text === undefined) return fallback
  if (['1', 'true', 'yes', 'on'].includes(text)) return true
  if (['0', 'false', 'no', 'off'].includes(text)) return false
  throw new BadSetting(`${name} is "${text}", but it is a switch. Set ${name}=1 or ${name}=0.`)
}

function readDatabaseUrl(environment: Environment): string | null {
  const text = read(environment, 'DATABASE_URL')
  if (text === null) return null
  // The value is never repeated in the message: it holds a password.
  const mend =
    'Set it like postgres://user:password@host:5432/database, or leave it out for the embedded database.'
  const url = parseUrl(text)
  if (!url) throw new BadSetting(`DATABASE_URL is not an address that can be read. ${mend}`)
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    throw new BadSetting(
      `DATABASE_URL begins with "${url.protocol}//", but only Postgres is supported. ${mend}`,
    )
  if (url.pathname.length < 2) throw new BadSetting(`DATABASE_URL names no database after the host. ${mend}`)
  return text
}

function readPublicUrl(environment: Environment, port: number): string {
  const text = read(environment, 'RAPPORT_URL')
  if (text === null) return `http://localhost:${port}`
  const url = parseUrl(text)
  const isPlain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
  if (isPlain) return url.origin
  throw new BadSetting(
    `RAPPORT_URL is "${text}", but it must be the address people type, scheme and host only. Set for example RAPPORT_URL=https://rapport.example.com.`,
  )
}

function readSecret(environment: Environment): string | null {
  const secret = read(environment, 'RAPPORT_SECRET')
  if (secret === null || secret.length >= 32) return secret
  throw new BadSetting(
    `RAPPORT_SECRET has ${secret.length} characters, but fewer than 32 can be guessed. Set a random one (openssl rand -base64 32), or leave it out: one is made and kept in the data folder.`,
  )
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}
