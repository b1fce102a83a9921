// Rows that changed in scopes one has been a member of all along: by the lines of the feed.
import type { PoolClient } from 'pg'
import type { Entity } from '#core/entity.ts'
import { grouped } from '#core/grouped.ts'
import { prepared } from '#server/postgres/sql.ts'
import { tableOf } from '#server/postgres/sql-columns.ts'
import type { PulledRow } from '../protocol.ts'
import type { Principal, ServerDeps } from './principal.ts'
import { deviceEntities, type PageOfRows } from './pull-steps.ts'
import type { Resume } from './resume.ts'
import { pulledRow } from './row-text.ts'

interface Line {
  readonly entity: string
  readonly row_id: string
  readonly scope: string
  readonly seq: number
  readonly deleted: boolean
}

interface Reading {
  readonly principal: Principal
  readonly resume: Resume
  readonly limit: number
}

/** The next lines after `resume.from`, up to `resume.upTo`, as rows. */
export async function readLines(
  client: PoolClient,
  { registry }: ServerDeps,
  { principal, resume, limit }: Reading,
): Promise<PageOfRows> {
  const entities = deviceEntities(registry, principal.roles)
  const lines = await linesAfter(client, { principal, resume, limit })
  const byEntity = grouped(lines, ({ entity }) => entity)
  const rows: string[] = []
  const sent: Entity[] = []
  for (const { entity, isOwn } of entities) {
    const own = (byEntity.get(entity.name) ?? []).filter(({ scope }) => !isOwn || scope === principal.userId)
    const there = own.filter(({ deleted }) => !deleted)
    const gone = own.filter(({ deleted }) => deleted)
    rows.push(...gone.map((line) => JSON.stringify(goneRow(line, resume.upTo))))
    if (there.length === 0) continue
    const found = await prepared<{ row: string }>(
      client,
      `select ${pulledRow(entity, '$3::bigint')} as row
       from unnest($2::uuid[], $4::uuid[]) as l(id, scope)
       join ${tableOf(entity)} t on t.org_id = $1 and t.id = l.id and t.scope = l.scope`,
      [principal.orgId, there.map(({ row_id }) => row_id), resume.upTo, there.map(({ scope }) => scope)],
    )
    rows.push(...found.map(({ row }) => row))
    sent.push(entity)
  }
  const last = lines.at(-1)
  const isMore = lines.length === limit && last !== undefined
  return {
    rows,
    entities: sent,
    after: isMore ? { after: [String(last.seq), last.entity, last.scope], afterId: last.row_id } : null,
  }
}

/** Beyond so many numbers it is quicker to look into each of one's scopes than through everybody's lines. */
const farBehind = 200

const fromSeq = `
  from feed f join scope_member m
    on m.org_id = f.org_id and m.user_id = $2 and m.scope = f.scope and m.until_seq is null
  where f.org_id = $1 and f.seq >= $3 and f.seq <= $4`

// The offset keeps the two apart: joined freely, the lines of everybody could be read first after all.
const fromScopes = `
  from (
    select scope from scope_member where org_id = $1 and user_id = $2 and until_seq is null offset 0
  ) m cross join lateral (
    select * from feed l where l.org_id = $1 and l.scope = m.scope and l.seq >= $3 and l.seq <= $4 offset 0
  ) f
  where true`

async function linesAfter(
  client: PoolClient,
  { principal, resume, limit }: Reading,
): Promise<readonly Line[]> {
  const [seq, entity, scope] = resume.after ?? []
  const after = Number(seq ?? resume.from + 1)
  return prepared<Line & { [column: string]: unknown }>(
    client,
    `select f.entity, f.row_id, f.scope, f.seq, f.deleted
     ${resume.upTo - after > farBehind ? fromScopes : fromSeq}
       and (f.seq, f.entity, f.row_id, f.scope) > ($3, $5, $6::uuid, $7::uuid)
     order by f.seq, f.entity, f.row_id, f.scope limit $8`,
    [
      principal.orgId,
      principal.userId,
      after,
      resume.upTo,
      entity ?? '',
      resume.afterId ?? lowestId,
      scope ?? lowestId,
      limit,
    ],
  )
}

const lowestId = '00000000-0000-0000-0000-000000000000'

function goneRow({ entity, row_id, scope }: Line, seq: number): PulledRow {
  return [entity, row_id, seq, scope, null]
}
