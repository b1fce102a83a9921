// Where each device stands: the next number it is to send, and what it has sent already.
import type { PoolClient } from 'pg'
import type { JsonObject } from '#core/json.ts'
import { prepared } from '#server/postgres/sql.ts'
import type { Outcome } from '../protocol.ts'
import type { Sending } from './sending.ts'

/** A mutation that was taken in before. */
export interface Seen {
  readonly fingerprint: string
  readonly outcome: Outcome
}

/** What is known of one device. */
export interface DeviceLine {
  readonly memberId: string
  readonly next: number
  readonly seen: ReadonlyMap<number, Seen>
}

type LineRow = { device: string; member_id: string; next_n: number }
type SeenRow = {
  device: string
  n: number
  fingerprint: Buffer
  status: 'accepted' | 'refused'
  seq: number | null
  code: string | null
  details: JsonObject | null
}

/**
 * Locks the devices of these sendings, so that a repeat waits for the first, and reads how far they have come.
 * Two statements, one after the other in one round trip: the second must see what a transaction wrote that the first
 * has waited for.
 */
export async function deviceLines(
  client: PoolClient,
  sendings: readonly Sending[],
  { orgId, now }: { readonly orgId: string; readonly now: string },
): Promise<ReadonlyMap<string, DeviceLine>> {
  const owners = new Map(
    sendings.filter(({ isSingle }) => !isSingle).map((each) => [each.device, each.principal.userId]),
  )
  const [lines, seen] = await Promise.all([
    owners.size === 0 ? [] : lock(client, owners, { orgId, now }),
    seenBefore(client, orgId, sendings),
  ])
  const found = new Map<string, DeviceLine>()
  for (const { device, isSingle, principal } of sendings) {
    const line = lines.find((each) => each.device === device)
    const own = seen.get(device) ?? new Map<number, Seen>()
    if (isSingle) found.set(device, { memberId: principal.userId, next: own.size + 1, seen: own })
    else if (line) found.set(device, { memberId: line.member_id, next: line.next_n, seen: own })
  }
  return found
}

async function lock(
  client: PoolClient,
  owners: ReadonlyMap<string, string>,
  { orgId, now }: { readonly orgId: string; readonly now: string },
): Promise<LineRow[]> {
  // In one order for everybody, so that nobody waits in a circle.
  const devices = [...owners.keys()].sort()
  return prepared<LineRow>(
    client,
    `insert into device (org_id, device, member_id, next_n, first_seen_at, last_seen_at)
     select $1, d.device, d.member_id, 1, $4, $4 from unnest($2::uuid[], $3::uuid[]) as d(device, member_id)
     on conflict (org_id, device) do update set last_seen_at = excluded.last_seen_at
     returning device, member_id, next_n`,
    [orgId, devices, devices.map((device) => owners.get(device)), now],
  )
}

async function seenBefore(
  client: PoolClient,
  orgId: string,
  sendings: readonly Sending[],
): Promise<ReadonlyMap<string, Map<number, Seen>>> {
  const sent = sendings.flatMap(({ device, mutations }) => mutations.map(({ n }) => ({ device, n })))
  const asked = sendings.flatMap(({ device, mutations }) =>
    mutations.flatMap(({ deps }) => deps.map((n) => ({ device, n }))),
  )
  const keys = [...sent, ...asked]
  const rows = await prepared<SeenRow>(
    client,
    `select a.device, a.n, a.fingerprint, a.status, a.seq, a.code, a.details
     from applied a join unnest($2::uuid[], $3::bigint[]) as k(device, n) on k.device = a.device and k.n = a.n
     where a.org_id = $1`,
    [orgId, keys.map(({ device }) => device), keys.map(({ n }) => n)],
  )
  const found = new Map<string, Map<number, Seen>>()
  for (const row of rows) {
    const own = found.get(row.device) ?? new Map<number, Seen>()
    own.set(row.n, { fingerprint: row.fingerprint.toString('hex'), outcome: outcomeOf(row) })
    found.set(row.device, own)
  }
  return found
}

function outcomeOf({ n, status, seq, code, details }: SeenRow): Outcome {
  return status === 'accepted'
    ? { n, status, seq: seq ?? 0 }
    : { n, status, code: code ?? '', details: details ?? {} }
}
