// The rows that an import wrote, kept so that it can be taken back.
import type { PoolClient } from 'pg'
import { fieldOf } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { type Change, changedFields } from '#core/transaction.ts'

export interface ImportLine {
  readonly entity: string
  readonly rowId: string
  /** What stood in the fields that were filled; null for a row that was created. */
  readonly before: JsonObject | null
  /** When the import left it. */
  readonly leftAt: string
}

export async function keepLines(
  client: PoolClient,
  {
    orgId,
    runId,
    changes,
  }: { readonly orgId: string; readonly runId: string; readonly changes: readonly Change[] },
): Promise<void> {
  const lines = changes.map((change) => ({
    entity: change.entity.name,
    row_id: change.id,
    before: change.before === null ? null : before(change),
    left_at: change.after?.updatedAt,
  }))
  await client.query(
    `insert into import_line (org_id, run_id, entity, row_id, before, left_at)
     select $1, $2, l.entity, l.row_id, l.before, l.left_at
     from json_to_recordset($3::json) as l(entity text, row_id uuid, before jsonb, left_at timestamptz)`,
    [orgId, runId, JSON.stringify(lines)],
  )
}

/** Takes the lines away from the import: it can be taken back once. */
export async function takeLines(
  client: PoolClient,
  orgId: string,
  runId: string,
): Promise<readonly ImportLine[]> {
  const { rows } = await client.query<ImportLine>(
    `delete from import_line where org_id = $1 and run_id = $2
     returning entity, row_id as "rowId", before, left_at as "leftAt"`,
    [orgId, runId],
  )
  return rows
}

/** Lines that nobody can use any more go: they hold what once stood in fields. */
export async function forgetOldLines(client: PoolClient, orgId: string, before: string): Promise<void> {
  await client.query('delete from import_line where org_id = $1 and left_at < $2', [orgId, before])
}

/** Only what people write; what follows from it (pinyin, order) follows again. */
function before(change: Change): JsonObject {
  const fields = changedFields(change).filter(
    (name) => fieldOf(change.entity, name)?.facts.conflict !== 'server',
  )
  return Object.fromEntries(fields.map((name) => [name, change.before?.[name] ?? null]))
}
