import { expect, test } from 'vitest'
import { briefMemory } from './brief-memory.ts'

function counting(most = 10) {
  const state = { now: 0, lookUps: 0, value: 'first' as string | null }
  const memory = briefMemory<string>({
    forMs: 100,
    most,
    now: () => state.now,
    lookUp: async () => {
      state.lookUps += 1
      return state.value
    },
  })
  return { memory, state }
}

test('a value is looked up once and again when its time is over', async () => {
  const { memory, state } = counting()
  await memory.get('a')
  await memory.get('a')
  expect(state.lookUps).toBe(1)
  state.now = 100
  await memory.get('a')
  expect(state.lookUps).toBe(2)
})

test('nothing found is asked for again each time', async () => {
  const { memory, state } = counting()
  state.value = null
  expect([await memory.get('a'), await memory.get('a')]).toEqual([null, null])
  expect(state.lookUps).toBe(2)
})

test('what is forgotten while it is being looked up is not remembered', async () => {
  const { memory, state } = counting()
  const underWay = memory.get('a')
  memory.forget(() => true)
  await underWay
  state.value = 'second'
  expect(await memory.get('a')).toBe('second')
})

test('beyond its size the oldest goes', async () => {
  const { memory, state } = counting(2)
  for (const key of ['a', 'b', 'c', 'c', 'b']) await memory.get(key)
  expect(state.lookUps).toBe(3)
  await memory.get('a')
  expect(state.lookUps).toBe(4)
})
