// In which order the rows of a bundle come to a device, and how one page of each is read.
import type { PoolClient } from 'pg'
import type { Entity } from '#core/entity.ts'
import type { Registry } from '#core/registry.ts'
import { type Role, reachOf } from '#core/role.ts'
import { prepared } from '#server/postgres/sql.ts'
import { tableOf } from '#server/postgres/sql-columns.ts'
import type { ServerDeps } from './principal.ts'
import type { Resume } from './resume.ts'
import { pulledRow } from './row-text.ts'

/** `early`: the rows of an entity that a device needs first; `late`: the rest of it, newest first. */
export interface Step {
  readonly entity: Entity
  readonly part: 'whole' | 'early' | 'late'
  /** Only what is in the member's own scope. */
  readonly isOwn: boolean
}

/** What a device of somebody with these roles holds, in order of need. */
export function stepsFor({ registry, early }: ServerDeps, roles: readonly Role[]): readonly Step[] {
  const readable = deviceEntities(registry, roles)
  const first = readable.filter(({ entity }) => entity.device === 'first')
  const then = readable.filter(({ entity }) => entity.device === 'then')
  return [
    ...first.map((each) => ({ ...each, part: 'whole' as const })),
    ...then
      .filter(({ entity }) => early.has(entity.name))
      .map((each) => ({ ...each, part: 'early' as const })),
    ...then.map((each) => ({ ...each, part: 'late' as const })),
  ]
}

/** The entities of which such a device may hold rows. */
export function deviceEntities(registry: Registry, roles: readonly Role[]): readonly Omit<Step, 'part'>[] {
  return [...registry.entities.values()].flatMap((entity) => {
    const reach = reachOf(entity.read, roles)
    return reach === null || entity.device === 'server' ? [] : [{ entity, isOwn: reach === 'own' }]
  })
}

/** The first step after which a screen has all it needs. */
export function usableFrom(steps: readonly Step[]): number {
  const late = steps.findIndex(({ part }) => part === 'late')
  return late === -1 ? steps.length : late
}

export interface PageOfRows {
  /** JSON texts, ready to be sent. */
  readonly rows: readonly string[]
  /** Of which entities there are values among them. */
  readonly entities: readonly Entity[]
  /** Where the next page of this step begins; null when there is none. */
  readonly after: Pick<Resume, 'after' | 'afterId'> | null
}

interface Reading {
  readonly orgId: string
  readonly userId: string
  readonly resume: Resume
  readonly limit: number
  readonly early: ServerDeps['early']
}

type Row = { scope: string; id: string; row: string }

/** The next rows of a step, in scopes entered after `resume.from`. */
export async function readStep(client: PoolClient, step: Step, reading: Reading): Promise<PageOfRows> {
  const { orgId, userId, resume, limit } = reading
  const { after, afterId } = resume
  const rows = await prepared<Row>(client, statementOf(step, reading.early), [
    orgId,
    userId,
    resume.from,
    resume.upTo,
    resume.day,
    after?.[0] ?? null,
    afterId,
    limit,
  ])
  const last = rows.at(-1)
  const isMore = rows.length === limit && last !== undefined
  return {
    rows: rows.map(({ row }) => row),
    entities: rows.length > 0 ? [step.entity] : [],
    after: isMore ? { after: [last.scope], afterId: last.id } : null,
  }
}

/** Rows that are read now are at least as new as number `$4`, so they travel under it. */
function statementOf({ entity, part, isOwn }: Step, early: ServerDeps['early']): string {
  const isEarly = early.get(entity.name)?.where.replaceAll('$day', 'a.day') ?? 'false'
  const parts = { whole: 'true', early: `(${isEarly})`, late: `not (${isEarly})` }
  const order =
    part === 'late'
      ? // Ids are made in the order of time, so the newest come first.
        { after: '(a.id is null or t.id < a.id)', by: 't.id desc' }
      : { after: '(a.id is null or (m.scope, t.id) > (a.scope, a.id))', by: 'm.scope, t.id' }
  return `
    select m.scope, t.id, ${pulledRow(entity, '$4::bigint')} as row
    from (select $5::date as day, $6::uuid as scope, $7::uuid as id) a
    cross join scope_member m join ${tableOf(entity)} t on t.org_id = m.org_id and t.scope = m.scope
    where m.org_id = $1 and m.user_id = $2 and m.until_seq is null and m.since_seq > $3
      ${isOwn ? 'and m.scope = $2' : ''}
      and ${parts[part]} and ${order.after}
    order by ${order.by} limit $8`
}
