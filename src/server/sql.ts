// Statements that Postgres plans once a connection and then only runs.
import type { PoolClient, QueryResultRow } from 'pg'

/** Beyond this a statement is planned each time: filters can be combined in more ways than servers should remember. */
const mostNames = 400
const names = new Map<string, string>()

/** Runs a statement by name. For texts that are built from definitions, never from input. */
export async function prepared<R extends QueryResultRow>(
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<R[]> {
  const name = nameOf(text)
  const { rows } = await client.query<R>({ ...(name ? { name } : {}), text, values: [...values] })
  return rows
}

/**
 * Statements of which none needs the answer of another. A connection that takes several at once gets them all
 * and answers once; any other gets them in turn. Each begins only when it is called.
 */
export async function together(
  client: PoolClient,
  statements: readonly (() => Promise<unknown>)[],
): Promise<void> {
  if ('pipeline' in client && client.pipeline === true) {
    await Promise.all(statements.map((statement) => statement()))
    return
  }
  for (const statement of statements) await statement()
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `rapport_${names.size}`
  names.set(text, name)
  return name
}
