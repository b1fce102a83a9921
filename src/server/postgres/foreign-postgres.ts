// A Postgres server of the operator's own is looked over before anything is written to it.
import pg from 'pg'

/** The server named by DATABASE_URL cannot be used as it is; a sentence for each reason, with what to do. */
export class ForeignPostgresError extends Error {
  override name = 'ForeignPostgresError'
}

/** What the checks look at, as the server says it. */
export type ServerFacts = {
  versionNumber: number
  version: string
  encoding: string
  database: string
  user: string
  isStandby: boolean
  isReadOnly: boolean
  canCreate: boolean
  fsync: string
  synchronousCommit: string
  fullPageWrites: string
  /** Whether the server's character classes know that a Chinese character is a letter. */
  knowsChinese: boolean
}

export type Verdict = { problems: string[]; warnings: string[] }

const FACTS = `
  select current_setting('server_version_num')::int as "versionNumber",
         current_setting('server_version') as version,
         current_setting('server_encoding') as encoding,
         quote_ident(current_database()) as database,
         quote_ident(current_user) as user,
         pg_is_in_recovery() as "isStandby",
         current_setting('default_transaction_read_only') = 'on' as "isReadOnly",
         has_database_privilege(current_database(), 'create')
           and has_schema_privilege('public', 'create') as "canCreate",
         current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as "synchronousCommit",
         current_setting('full_page_writes') as "fullPageWrites",
         -- 王, made at run time: as a literal it would break the query itself where the encoding lacks it
         case when current_setting('server_encoding') = 'UTF8'
           then chr(29579 + 0 * current_setting('server_version_num')::int) ~ '[[:alpha:]]'
           else false end as "knowsChinese"`

/** Gives warnings that the operator should see; throws `ForeignPostgresError` when the server cannot be used. */
export async function checkForeignPostgres(url: string): Promise<string[]> {
  const { problems, warnings } = judgeServer(await askServer(url))
  if (problems.length > 0)
    throw new ForeignPostgresError(
      `The Postgres server of DATABASE_URL cannot be used:\n- ${problems.join('\n- ')}`,
    )
  return warnings
}

/** What is wrong with a server, each in one sentence that says what, why and how to mend it. */
export function judgeServer(facts: ServerFacts): Verdict {
  const problems = [...unusable(facts), ...unwritable(facts), ...undurable(facts)]
  const warnings: string[] = []
  if (!facts.knowsChinese)
    warnings.push(
      `The database ${facts.database} was made with LC_CTYPE C, so Postgres does not take Chinese characters for letters and its trigram search finds none. Rapport's own search does not depend on it; a database made with: create database rapport template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8' has no such limit.`,
    )
  return { problems, warnings }
}

async function askServer(url: string): Promise<ServerFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  try {
    await client.connect()
    const { rows } = await client.query<ServerFacts>(FACTS)
    if (rows[0]) return rows[0]
    throw new Error('the server gives no answer')
  } catch (error) {
    throw new ForeignPostgresError(
      `The Postgres server of DATABASE_URL does not answer: ${messageOf(error)}. Check host, port, name and password, and that the server runs.`,
    )
  } finally {
    await client.end()
  }
}

function unusable({ versionNumber, version, encoding, database }: ServerFacts): string[] {
  const problems: string[] = []
  if (versionNumber < 150_000)
    problems.push(
      `It is version ${version}, but Rapport's SQL needs 15 or later. Upgrade it, or use the embedded database.`,
    )
  if (encoding !== 'UTF8')
    problems.push(
      `The database ${database} has the encoding ${encoding}, which cannot hold every Chinese name. Make one with: create database rapport template template0 encoding 'UTF8'.`,
    )
  return problems
}

function unwritable({ isStandby, isReadOnly, canCreate, database, user }: ServerFacts): string[] {
  if (isStandby) return ['It is a standby, which cannot be written to. Give the address of the primary.']
  if (isReadOnly)
    return [
      `Its sessions are read-only (default_transaction_read_only). Run: alter role ${user} set default_transaction_read_only = off.`,
    ]
  if (!canCreate)
    return [
      `The role ${user} may not make tables there, which migrations do. Run as an administrator: grant create on database ${database} to ${user}; grant create, usage on schema public to ${user}.`,
    ]
  return []
}

function undurable({ fsync, synchronousCommit, fullPageWrites }: ServerFacts): string[] {
  const loss = 'so a power cut loses or breaks what phones were told is safe'
  const problems: string[] = []
  if (fsync === 'off') problems.push(`fsync is off, ${loss}. Set fsync = on in postgresql.conf.`)
  if (fullPageWrites === 'off')
    problems.push(`full_page_writes is off, ${loss}. Set full_page_writes = on in postgresql.conf.`)
  if (synchronousCommit === 'off')
    problems.push(`synchronous_commit is off, ${loss}. Set synchronous_commit = on.`)
  return problems
}

function messageOf(error: unknown): string {
  // A refused connection to several addresses of one host carries its reasons inside.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
