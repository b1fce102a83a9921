import type { PoolClient } from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { inOrg, transaction } from './transaction.ts'

const ORG = '018f0000-0000-7000-8000-000000000001'
const OTHER = '018f0000-0000-7000-8000-000000000002'
const { owner, app } = await freshDatabase()

/** Round trips that the application's connections have made so far. */
let sent = 0
app.on('connect', (client) => {
  const query = client.query
  client.query = function counted(this: PoolClient, ...args: never[]) {
    sent += 1
    return Reflect.apply(query, this, args)
  } as typeof client.query // forwards every overload unchanged
})

beforeAll(async () => {
  await owner.query(`
    create table note (org_id uuid not null, id int not null, text text not null, primary key (org_id, id));
    alter table note enable row level security;
    create policy own_org on note using (org_id = current_setting('rapport.org', true)::uuid);
    grant select, insert, update, delete on note to rapport_app`)
})

beforeEach(async () => {
  await owner.query('delete from note')
  await owner.query("insert into note values ($1, 1, 'mine'), ($1, 2, 'mine too'), ($2, 1, 'theirs')", [
    ORG,
    OTHER,
  ])
})

async function texts(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>('select text from note order by id')
  return rows.map(({ text }) => text)
}

describe('work in the name of an organisation', () => {
  test('sees its rows and no others, on whatever connection', async () => {
    const seen = await Promise.all(
      Array.from({ length: 40 }, (_, n) => inOrg(app, n % 3 === 0 ? OTHER : ORG, texts)),
    )
    seen.forEach((found, n) => {
      expect(found).toEqual(n % 3 === 0 ? ['theirs'] : ['mine', 'mine too'])
    })
  })

  test('cannot write a row into another organisation', async () => {
    const foreign = inOrg(app, ORG, (client) => client.query("insert into note values ($1, 9, 'x')", [OTHER]))
    await expect(foreign).rejects.toThrow(/row-level security/)
  })

  test('does not gain the rights of the owner by resetting its role', async () => {
    const role = await inOrg(app, ORG, async (client) => {
      await client.query('reset role')
      return (await client.query('select current_user as role')).rows[0]
    })
    expect(role).toEqual({ role: 'rapport_app' })
  })

  test('costs one round trip when the connection was last used for the same organisation', async () => {
    await inOrg(app, ORG, texts)
    const before = sent
    await inOrg(app, ORG, (client) => client.query('select 1'))
    expect(sent - before).toBe(1)
    await inOrg(app, OTHER, (client) => client.query('select 1'))
    expect(sent - before).toBe(3)
  })
})

describe('a transaction', () => {
  test('commits all of it or nothing', async () => {
    await transaction(app, ORG, (client) => client.query("update note set text = 'new' where id = 1"))
    const broken = transaction(app, ORG, async (client) => {
      await client.query('delete from note')
      throw new Error('second thoughts')
    })
    await expect(broken).rejects.toThrow('second thoughts')
    expect(await inOrg(app, ORG, texts)).toEqual(['new', 'mine too'])
  })

  test('that is rolled back leaves the connection with the right organisation', async () => {
    for (const org of [ORG, OTHER, ORG, OTHER]) {
      await transaction(app, org, () => Promise.reject(new Error('no'))).catch(() => {})
      expect(await inOrg(app, org, texts)).toHaveLength(org === ORG ? 2 : 1)
    }
  })

  test('is run again when Postgres breaks it off because of another', async () => {
    await owner.query("update note set text = '0'")
    const countUp = (client: PoolClient) =>
      client.query('select text from note where id = 1').then(async ({ rows }) => {
        await client.query('update note set text = $1 where id = 1', [String(Number(rows[0].text) + 1)])
      })
    await Promise.all([1, 2, 3].map(() => transaction(app, ORG, countUp, { isolation: 'serializable' })))
    expect((await inOrg(app, ORG, texts))[0]).toBe('3')
  })

  test('survives a deadlock', async () => {
    const both = (first: number, second: number) =>
      transaction(app, ORG, async (client) => {
        await client.query('update note set text = text where id = $1', [first])
        await new Promise((resolve) => setTimeout(resolve, 100))
        await client.query("update note set text = text || '.' where id = $1", [second])
      })
    await Promise.all([both(1, 2), both(2, 1)])
    expect(await inOrg(app, ORG, texts)).toEqual(['mine.', 'mine too.'])
  })

  test('gives up after five attempts', async () => {
    let attempts = 0
    const hopeless = transaction(app, ORG, (client) => {
      attempts += 1
      return client.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$")
    })
    await expect(hopeless).rejects.toThrow('again')
    expect(attempts).toBe(5)
  })

  test('whose connection is lost is not kept for the next', async () => {
    const cut = transaction(app, ORG, async (client) => {
      const { rows } = await client.query('select pg_backend_pid() as pid')
      await owner.query('select pg_terminate_backend($1)', [rows[0].pid])
      await client.query('select 1')
    })
    await expect(cut).rejects.toThrow()
    expect(await inOrg(app, ORG, texts)).toHaveLength(2)
  })
})

test('values come out as numbers, days and instants', async () => {
  const { rows } = await app.query(`
    select 9007199254740991::bigint as big, count(*) as counted, date '2026-08-31' as day,
           timestamptz '2026-08-31 17:30:00.25+08' as at, array[date '2026-08-31'] as days,
           array[1::bigint, null] as bigs, jsonb '{"a": 1}' as json, 1.50::numeric as amount`)
  expect(rows).toEqual([
    {
      big: 9007199254740991,
      counted: 1,
      day: '2026-08-31',
      at: '2026-08-31T09:30:00.250Z',
      days: ['2026-08-31'],
      bigs: [1, null],
      json: { a: 1 },
      amount: '1.50',
    },
  ])
})
