// Takes a whole import back: what it created goes, what it filled is empty again. Rows with which somebody has
// worked since stay as they are, and are named.
import type { PoolClient } from 'pg'
import type { AnyRow, Entity } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { notFound, Refused } from '#core/refused.ts'
import { prepared } from '#server/postgres/sql.ts'
import { selectList, tableOf } from '#server/postgres/sql-columns.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { type ActOfMany, Acts } from '#sync/server/act-in-bulk.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { forgetOldLines, type ImportLine, takeLines } from './import-lines.server.ts'
import { importRun } from './import-run.entity.ts'

/** After so many days what the fields held before is forgotten. */
const undoDays = 30

/** A row that stayed. */
export interface KeptRow {
  readonly entity: string
  readonly id: string
  readonly name: string
  /** `changed`: somebody has edited it since. `in_use`: something else hangs on it by now. */
  readonly why: 'changed' | 'in_use'
}

export interface Undone {
  readonly removed: number
  readonly restored: number
  readonly kept: readonly KeptRow[]
}

/**
 * @throws Refused `not_found`; `import.undone_already`; `import.undo_too_late`
 */
export async function undoImport(deps: ServerDeps, principal: Principal, runId: string): Promise<Undone> {
  const { orgId } = principal
  const { undone, seq } = await transaction(deps.pool, orgId, async (client) => {
    const now = deps.now()
    const run = await lockedRun(client, orgId, runId)
    if (run.status === 'undone') throw new Refused('import.undone_already')
    const earliest = new Date(Date.parse(now) - undoDays * 86_400_000).toISOString()
    if (run.createdAt < earliest) throw new Refused('import.undo_too_late', { days: undoDays })
    await forgetOldLines(client, orgId, earliest)
    const lines = await takeLines(client, orgId, runId)
    const about = { principal, name: 'import.undo', reason: `${String(run.fileName)} (${runId})`, now }
    const together = new Acts(client, deps, about)
    const undone = await takeBack(client, together, { deps, orgId, lines })
    const { userId } = principal
    const after: AnyRow = {
      ...run,
      status: 'undone',
      undoneAt: now,
      undoneBy: userId,
      updatedAt: now,
      updatedBy: userId,
      keptRows: undone.kept.length,
    }
    const seq = await together.write([{ entity: importRun, id: runId, before: run, after }])
    return { undone, seq }
  })
  deps.committed(orgId, seq)
  return undone
}

async function lockedRun(client: PoolClient, orgId: string, runId: string): Promise<AnyRow> {
  const [run] = await prepared<AnyRow>(
    client,
    `select ${selectList(importRun)} from ${tableOf(importRun)} t where t.org_id = $1 and t.id = $2 for no key update`,
    [orgId, runId],
  )
  if (run === undefined) throw notFound(importRun.name)
  return run
}

interface Taking {
  readonly deps: ServerDeps
  readonly orgId: string
  readonly lines: readonly ImportLine[]
}

/** Customers before the departments and institutions at which they work. */
const order = ['customer', 'department', 'institution'] as const

async function takeBack(client: PoolClient, together: Acts, { deps, orgId, lines }: Taking): Promise<Undone> {
  const taken: { readonly line: ImportLine; readonly row: AnyRow; readonly why: KeptRow['why'] | null }[] = []
  for (const name of order) {
    const own = lines.filter((line) => line.entity === name)
    const entity = deps.registry.entities.get(name)
    if (entity === undefined || own.length === 0) continue
    const rows = await rowsOf(client, orgId, { entity, ids: own.map(({ rowId }) => rowId) })
    const inUse = await usedByOthers(client, orgId, { name, lines })
    for (const line of own) {
      const row = rows.get(line.rowId)
      // One that is gone already was taken back by hand.
      if (row !== undefined) taken.push({ line, row, why: await takeBackOne(together, line, { row, inUse }) })
    }
  }
  const back = taken.filter(({ why }) => why === null)
  const removed = back.filter(({ line }) => line.before === null).length
  const kept = taken.flatMap(({ line, row, why }) =>
    why === null ? [] : [{ entity: line.entity, id: row.id, name: String(row.name), why }],
  )
  return { removed, restored: back.length - removed, kept }
}

async function rowsOf(
  client: PoolClient,
  orgId: string,
  { entity, ids }: { readonly entity: Entity; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, AnyRow>> {
  const rows = await prepared<AnyRow>(
    client,
    `select ${selectList(entity)} from ${tableOf(entity)} t
     where t.org_id = $1 and t.id = any($2) order by t.id for no key update`,
    [orgId, ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Null when it is as before the import, else why not. */
async function takeBackOne(
  together: Acts,
  { entity, before, leftAt, rowId }: ImportLine,
  { row, inUse }: { readonly row: AnyRow; readonly inUse: ReadonlySet<string> },
): Promise<KeptRow['why'] | null> {
  if (row.updatedAt !== leftAt) return 'changed'
  if (before === null && inUse.has(rowId)) return 'in_use'
  const args: JsonObject = before === null ? { id: rowId } : { id: rowId, changes: before }
  const act: ActOfMany = { name: `${entity}.${before === null ? 'remove' : 'edit'}`, args, base: {} }
  // What is refused here hangs on something that stayed itself.
  return (await together.do(act)) instanceof Refused ? 'in_use' : null
}

/** Rows of others that hang on what was created; to take it away would take them along. */
const dependants: {
  readonly [E in (typeof order)[number]]: readonly (readonly [table: string, column: string])[]
} = {
  customer: [
    ['affiliation', 'customer_id'],
    ['visit', 'customer_id'],
    ['commitment', 'customer_id'],
  ],
  department: [
    ['affiliation', 'department_id'],
    ['customer', 'department_id'],
  ],
  institution: [
    ['affiliation', 'institution_id'],
    ['department', 'institution_id'],
    ['visit', 'institution_id'],
  ],
}

async function usedByOthers(
  client: PoolClient,
  orgId: string,
  { name, lines }: { readonly name: (typeof order)[number]; readonly lines: readonly ImportLine[] },
): Promise<ReadonlySet<string>> {
  const used = new Set<string>()
  const created = lines
    .filter((line) => line.entity === name && line.before === null)
    .map(({ rowId }) => rowId)
  for (const [table, column] of dependants[name]) {
    // What the import made itself goes with it, unless somebody has changed it since.
    const { rows } = await client.query<{ id: string }>(
      `select distinct d.${column} as id from ${table} d
       where d.org_id = $1 and d.${column} = any($2) and not exists (
         select 1 from json_to_recordset($3::json) as l(entity text, row_id uuid, left_at timestamptz)
         where l.entity = $4 and l.row_id = d.id and l.left_at = d.updated_at)`,
      [orgId, created, JSON.stringify(leftBehind(lines)), table],
    )
    for (const { id } of rows) used.add(id)
  }
  return used
}

function leftBehind(lines: readonly ImportLine[]) {
  return lines.map(({ entity, rowId, leftAt }) => ({ entity, row_id: rowId, left_at: leftAt }))
}
