// What is new for a device: a whole new picture, or what has changed since its cursor, page by page.
import type { PoolClient } from 'pg'
import { dayOf } from '#core/calendar.ts'
import { checkFields } from '#core/check.ts'
import type { Entity } from '#core/entity.ts'
import { integer, maybe, text } from '#core/field.ts'
import { prepared } from '#server/postgres/sql.ts'
import { inOrg, transaction } from '#server/postgres/transaction.ts'
import { deviceColumns } from '../device-columns.ts'
import { type PullPage, pullLimit } from '../protocol.ts'
import type { Principal, ServerDeps } from './principal.ts'
import { readLines } from './pull-lines.ts'
import { readStep, type Step, stepsFor, usableFrom } from './pull-steps.ts'
import { type Resume, readResume, resumeText } from './resume.ts'

const requestFields = {
  cursor: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  epoch: maybe(text({ max: 80 })),
  resume: maybe(text({ max: 1000 })),
}

/**
 * One page for a device, as the JSON text of a `PullPage`.
 * @throws Refused `input.invalid`, `pull.unknown_resume`
 */
export async function pullText(deps: ServerDeps, principal: Principal, input: unknown): Promise<string> {
  const { cursor, epoch, resume } = checkFields(requestFields, input)
  const asked = { cursor, epoch: epoch ?? '', resume: resume === null ? null : readResume(resume) }
  const { orgId } = principal
  if (asked.resume === null) {
    // Most pulls bring nothing; they need neither a transaction nor a second look.
    const state = await inOrg(deps.pool, orgId, (client) => stateOf(client, principal))
    if (state.epoch === asked.epoch && state.seq === cursor) return nothingNew(asked)
  }
  return transaction(deps.pool, orgId, (client) => page(client, deps, { principal, asked }), {
    isolation: 'repeatable read',
  })
}

/** The same, read: for those in the same process. */
export async function pull(deps: ServerDeps, principal: Principal, input: unknown): Promise<PullPage> {
  // It was written as the text of a page just now.
  return JSON.parse(await pullText(deps, principal, input)) as PullPage
}

interface State {
  readonly seq: number
  readonly epoch: string
  readonly minCursor: number
}

interface Asked {
  readonly cursor: number
  readonly epoch: string
  readonly resume: Resume | null
}

type StateRow = { seq: number; epoch: string; min_cursor: number; member_epoch: number }

async function stateOf(client: PoolClient, { orgId, userId }: Principal): Promise<State> {
  const [row] = await prepared<StateRow>(
    client,
    `select c.seq, c.epoch, c.min_cursor, coalesce(e.epoch, 0) as member_epoch
     from org_counter c left join member_epoch e on e.org_id = c.org_id and e.member_id = $2
     where c.org_id = $1`,
    [orgId, userId],
  )
  if (!row) throw new Error(`organisation ${orgId} has no counter`)
  return { seq: row.seq, epoch: `${row.epoch}.${row.member_epoch}`, minCursor: row.min_cursor }
}

function nothingNew({ cursor, epoch }: Asked): string {
  const empty: PullPage = { epoch, fresh: false, cursor, left: [], columns: {}, rows: [], usable: true }
  return JSON.stringify(empty)
}

async function page(
  client: PoolClient,
  deps: ServerDeps,
  { principal, asked }: { readonly principal: Principal; readonly asked: Asked },
): Promise<string> {
  const state = await stateOf(client, principal)
  const series = seriesOf(asked, state, dayOf(deps.now()))
  const isFirst = series !== asked.resume
  const steps = stepsFor(deps, principal.roles)
  const left = isFirst && !series.isFresh ? await scopesLeft(client, principal, series) : []
  const { rows, entities, next } = await fill(client, deps, { principal, steps, series })
  const step = next?.step ?? steps.length + 1
  const head = {
    epoch: series.epoch,
    fresh: series.isFresh,
    cursor: next === null ? series.upTo : series.isFresh ? 0 : series.from,
    left,
    columns: Object.fromEntries([...entities].map((entity) => [entity.name, deviceColumns(entity)])),
    usable: !series.isFresh || step >= usableFrom(steps),
    ...(next && { resume: resumeText(next) }),
  }
  return `${JSON.stringify(head).slice(0, -1)},"rows":[${rows.join(',')}]}`
}

/** The series to go on with, or a new one. */
function seriesOf(asked: Asked, state: State, day: string): Resume {
  const { resume, cursor, epoch } = asked
  if (resume?.epoch === state.epoch && resume.upTo <= state.seq) return resume
  const isFresh = epoch !== state.epoch || cursor < state.minCursor || cursor > state.seq || cursor === 0
  const from = isFresh ? 0 : cursor
  const upTo = state.seq
  return { epoch: state.epoch, isFresh, from, upTo, day, step: 0, after: null, afterId: null }
}

/** Scopes that were left since the cursor and not entered again. */
async function scopesLeft(client: PoolClient, { orgId, userId }: Principal, { from }: Resume) {
  const rows = await prepared<{ scope: string }>(
    client,
    `select distinct l.scope from scope_member l
     where l.org_id = $1 and l.user_id = $2 and l.until_seq > $3 and not exists (
       select from scope_member o
       where o.org_id = $1 and o.user_id = $2 and o.scope = l.scope and o.until_seq is null)`,
    [orgId, userId, from],
  )
  return rows.map(({ scope }) => scope)
}

interface Filling {
  readonly principal: Principal
  readonly steps: readonly Step[]
  readonly series: Resume
}

interface Filled {
  /** JSON texts of rows, and the entities of which there are values among them. */
  readonly rows: readonly string[]
  readonly entities: ReadonlySet<Entity>
  /** Where the series goes on; null at its end. */
  readonly next: Resume | null
}

/** Fills a page from the step at which the series stands: first bundles that were entered, then changed rows. */
async function fill(
  client: PoolClient,
  deps: ServerDeps,
  { principal, steps, series }: Filling,
): Promise<Filled> {
  const { orgId, userId } = principal
  const rows: string[] = []
  const entities = new Set<Entity>()
  let at = series
  const hasEntered = at.isFresh || at.step > 0 || (await entered(client, principal, at))
  if (!hasEntered) at = { ...at, step: steps.length }
  while (rows.length < pullLimit) {
    const limit = pullLimit - rows.length
    const step = steps[at.step]
    if (!step && at.isFresh) return { rows, entities, next: null }
    const read = step
      ? await readStep(client, step, { orgId, userId, resume: at, limit, early: deps.early })
      : await readLines(client, deps, { principal, resume: at, limit })
    rows.push(...read.rows)
    for (const entity of read.entities) entities.add(entity)
    if (read.after) at = { ...at, ...read.after }
    else if (!step) return { rows, entities, next: null }
    else at = { ...at, step: at.step + 1, after: null, afterId: null }
  }
  return { rows, entities, next: at }
}

async function entered(client: PoolClient, { orgId, userId }: Principal, { from }: Resume): Promise<boolean> {
  const rows = await prepared(
    client,
    `select 1 from scope_member
     where org_id = $1 and user_id = $2 and since_seq > $3 and until_seq is null limit 1`,
    [orgId, userId, from],
  )
  return rows.length > 0
}
