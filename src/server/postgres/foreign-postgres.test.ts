import { expect, test } from 'vitest'
import { judgeServer, type ServerFacts } from './foreign-postgres.ts'

const GOOD: ServerFacts = {
  versionNumber: 150_000,
  version: '15.0',
  encoding: 'UTF8',
  database: 'rapport',
  user: 'rapport',
  isStandby: false,
  isReadOnly: false,
  canCreate: true,
  fsync: 'on',
  synchronousCommit: 'on',
  fullPageWrites: 'on',
  knowsChinese: true,
}

test('a server of version 15 in good order is taken without a word', () => {
  expect(judgeServer(GOOD)).toEqual({ problems: [], warnings: [] })
  expect(judgeServer({ ...GOOD, synchronousCommit: 'remote_apply' }).problems).toEqual([])
})

test.each<[Partial<ServerFacts>, RegExp]>([
  [{ versionNumber: 140_012, version: '14.12' }, /version 14\.12.* needs 15.*Upgrade/],
  [{ encoding: 'SQL_ASCII' }, /encoding SQL_ASCII.*create database/],
  [{ isStandby: true, canCreate: false }, /standby.*address of the primary/],
  [{ isReadOnly: true }, /read-only.*alter role rapport/],
  [{ canCreate: false }, /may not make tables.*grant create/],
  [{ fsync: 'off' }, /fsync is off.*power cut.*Set fsync = on/],
  [{ fullPageWrites: 'off' }, /full_page_writes is off.*Set/],
  [{ synchronousCommit: 'off' }, /synchronous_commit is off.*Set/],
])('a server with %o is refused with what, why and how to mend it', (fault, sentence) => {
  const { problems } = judgeServer({ ...GOOD, ...fault })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(sentence)
})

test('a database that does not know Chinese letters is used with a warning', () => {
  const { problems, warnings } = judgeServer({ ...GOOD, knowsChinese: false })
  expect(problems).toEqual([])
  expect(warnings).toEqual([expect.stringMatching(/LC_CTYPE C.*create database/)])
})
