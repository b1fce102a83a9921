import { setTimeout as delay } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { freshDatabase } from '#tests/kit/postgres.ts'
import { smallOrg } from '#tests/kit/small-org.ts'
import { openWakes, type WakeTimes } from './wake.ts'

const database = await freshDatabase()
const quick: WakeTimes = { gather: 20, look: 60_000, retry: 20 }

async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isTrue(); turn += 1) await delay(10)
}

test('a commit in one process wakes listeners in all, many commits once, and no other organisation', async () => {
  const [one, other] = [await openWakes(database.address, quick), await openWakes(database.address, quick)]
  const [orgId, foreign] = [uuidv7(), uuidv7()]
  const heard: [string, number][] = []
  one.listen(orgId, (seq) => heard.push(['one', seq]))
  const stop = other.listen(orgId, (seq) => heard.push(['other', seq]))
  other.listen(foreign, () => heard.push(['foreign', 0]))
  for (const seq of [1, 2, 3]) one.tell(orgId, seq)
  await until(() => heard.length >= 2)
  await delay(50)
  expect(heard.sort()).toEqual([
    ['one', 3],
    ['other', 3],
  ])
  stop()
  one.tell(orgId, 4)
  await until(() => heard.length >= 3)
  expect(heard).toHaveLength(3)
  await Promise.all([one.close(), other.close()])
})

test('a notification that was lost with the connection is made up for by looking', async () => {
  const { orgId } = await smallOrg(database.app)
  const wakes = await openWakes(database.address, quick)
  const heard: number[] = []
  wakes.listen(orgId, (seq) => heard.push(seq))
  await database.owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'",
  )
  await until(() => heard.length > 0)
  expect(heard).toEqual([1])
  await wakes.close()
})
