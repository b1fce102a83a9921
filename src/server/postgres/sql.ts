// Statements that Postgres plans once a connection and then only runs.
import type { PoolClient, QueryResultRow } from 'pg'
import { sqlState } from './sql-state.ts'

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
    await allOf(statements.map((statement) => statement()))
    return
  }
  for (const statement of statements) await statement()
}

const transactionAborted = '25P02'

/**
 * All results of work that shares one connection. Fails only when nothing of it is under way any more, and with
 * what went wrong first: after an error Postgres refuses every other statement of the transaction, and the answers
 * may arrive together.
 */
export async function allOf<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const ended = await Promise.allSettled(work)
  const faults = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  if (faults.length > 0) throw faults.find((fault) => sqlState(fault) !== transactionAborted) ?? faults[0]
  // Everything was fulfilled: this gives the values in their places, as the type says.
  return Promise.all(work)
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `rapport_${names.size}`
  names.set(text, name)
  return name
}
