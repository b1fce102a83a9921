import { expect, test } from 'vitest'
import type { PendingMutation, RefusedMutation } from '#sync/device/device.ts'
import { unsentRows } from './unsent.tsx'

const at = '2026-11-23T02:00:00.000Z'
const act = (n: number, args: PendingMutation['args'], state: PendingMutation['state']): PendingMutation => ({
  n,
  name: 'visit.record',
  args,
  at,
  state,
})

test('the rows an act writes wait until the server has accepted it, nested ones too', () => {
  const args = { id: 'visit', customerId: 'customer', commitments: [{ id: 'promise', what: '寄指南' }] }
  const marks = unsentRows({
    pending: [
      act(1, args, 'sent'),
      act(2, { id: 'there' }, 'accepted'),
      act(3, { ids: ['a', 'b'] }, 'saved'),
    ],
    refused: [],
  })
  expect([...marks]).toEqual([
    ['visit', 'waiting'],
    ['promise', 'waiting'],
    ['a', 'waiting'],
    ['b', 'waiting'],
  ])
})

test('a row of which something was refused needs somebody, even while more of it waits', () => {
  const refused: RefusedMutation = {
    n: 1,
    name: 'x',
    args: { id: 'row' },
    at,
    code: 'not_allowed',
    details: {},
  }
  expect(unsentRows({ pending: [act(2, { id: 'row' }, 'saved')], refused: [refused] }).get('row')).toBe(
    'refused',
  )
})
