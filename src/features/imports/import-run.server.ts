// Brings in a list: all of its rows that are fine, in one transaction, under one id.
import type { AnyRow } from '#core/entity.ts'
import type { JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import type { Change } from '#core/transaction.ts'
import { sqlState } from '#server/postgres/sql-state.ts'
import { transaction } from '#server/postgres/transaction.ts'
import { Acts } from '#sync/server/act-in-bulk.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { readOne } from '#sync/server/read-rows.ts'
import { actsOf, type ImportAct } from './import-acts.rules.ts'
import { existingDepartments } from './import-existing.server.ts'
import { keepLines } from './import-lines.server.ts'
import { importRun } from './import-run.entity.ts'
import type { Examined } from './import-view.rules.ts'

export interface RunRequest {
  /** Names the import; a second run under it gives the outcome of the first. */
  readonly id: string
  readonly fileName: string
  readonly examined: Examined
}

const uniqueViolation = '23505'

/** The import of this id, or null while there is none. */
export async function doneImport(
  deps: ServerDeps,
  principal: Principal,
  id: string,
): Promise<JsonObject | null> {
  return readOne(deps, principal, importRun.name, id).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'not_found') return null
    throw error
  })
}

/**
 * All or nothing. Gives the import's row, of an earlier run under this id if there was one.
 * @throws Refused `import.nothing_to_do`; `import.changed_since` when rows no longer fit, and nothing is written
 */
export async function runImport(
  deps: ServerDeps,
  principal: Principal,
  request: RunRequest,
): Promise<JsonObject> {
  const { plan, view, newInstitutions } = request.examined
  if (plan.length === 0) throw new Refused('import.nothing_to_do')
  const institutionIds = [...new Set(plan.flatMap(({ place }) => place?.institutionId ?? []))]
  const departments = await existingDepartments(deps.pool, principal.orgId, institutionIds)
  const acts = actsOf(view.target, plan, { newId: deps.newId, newInstitutions, departments })
  await write(deps, principal, { ...request, acts }).catch(async (error: unknown) => {
    // Somebody pressed twice: the first one has done it.
    if (sqlState(error) !== uniqueViolation || !(await doneImport(deps, principal, request.id))) throw error
  })
  return readOne(deps, principal, importRun.name, request.id)
}

async function write(
  deps: ServerDeps,
  principal: Principal,
  { id, fileName, examined, acts }: RunRequest & { readonly acts: readonly ImportAct[] },
): Promise<void> {
  const { orgId, userId } = principal
  const seq = await transaction(deps.pool, orgId, async (client) => {
    const now = deps.now()
    const about = { principal, name: 'import.run', reason: `${fileName} (${id})`, now }
    const together = new Acts(client, deps, about)
    await together.prepare(acts)
    let refused = 0
    for (const act of acts) if ((await together.do(act)) instanceof Refused) refused += 1
    if (refused > 0) throw new Refused('import.changed_since', { count: refused })
    await keepLines(client, { orgId, runId: id, changes: together.changes() })
    return together.write([runChange(examined, { id, fileName, now, userId })])
  })
  deps.committed(orgId, seq)
}

function runChange(
  { view: { target, counts } }: Examined,
  {
    id,
    fileName,
    now,
    userId,
  }: { readonly id: string; readonly fileName: string; readonly now: string; readonly userId: string },
): Change {
  const after: AnyRow = {
    id,
    createdAt: now,
    createdBy: userId,
    updatedAt: now,
    updatedBy: userId,
    target,
    fileName,
    status: 'done',
    readRows: counts.rows,
    createdRows: counts.create,
    filledRows: counts.fill,
    passedRows: counts.skip,
    refusedRows: counts.refused + counts.ask,
    undoneAt: null,
    undoneBy: null,
    keptRows: 0,
  }
  return { entity: importRun, id, before: null, after }
}
