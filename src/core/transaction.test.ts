import { expect, test } from 'vitest'
import { type AnyRow, entity } from './entity.ts'
import { id, maybe, ref, text } from './field.ts'
import { MemoryRows } from './memory-rows.ts'
import { mutation, registered, runInMemory, upgradeArgs } from './mutation.ts'
import { changedFields, scopesOf } from './transaction.ts'

const book = entity('book', {
  about: 'A book on a shelf.',
  scope: { by: 'shelfId' },
  read: { rep: 'territory' },
  fields: { shelfId: ref('shelf'), title: text({ max: 40 }), loan: maybe(text({ max: 40 })) },
})

const context = {
  orgId: 'org',
  userId: 'me',
  at: '2026-11-23T01:00:00.000Z',
  now: '2026-11-23T01:00:00.000Z',
  roles: ['rep'],
  pinyin: null,
} as const

function row(id: string, shelfId: string): AnyRow {
  const at = '2026-01-01T00:00:00.000Z'
  return {
    id,
    shelfId,
    title: id,
    loan: null,
    createdAt: at,
    createdBy: null,
    updatedAt: at,
    updatedBy: null,
  }
}

const lend = mutation('book.lend', {
  about: 'Lends every book of a shelf and puts a new one there.',
  rights: { rep: 'territory' },
  args: { shelfId: id(), to: text({ max: 40 }), newId: id() },
  *run(tx, { shelfId, to, newId }) {
    for (const each of yield* tx.find(book, 'shelfId', shelfId)) tx.update(book, each, { loan: to })
    tx.insert(book, { id: newId, shelfId, title: 'new', loan: null })
    const [again] = (yield* tx.find(book, 'shelfId', shelfId)).filter((each) => each.id === newId)
    if (again) tx.update(book, again, { loan: to })
  },
})

const shelf = '00000000-0000-7000-8000-0000000000aa'
const first = '00000000-0000-7000-8000-000000000001'
const second = '00000000-0000-7000-8000-000000000002'
const args = { shelfId: shelf, to: '小李', newId: second }

function shelfWith(...ids: string[]): MemoryRows {
  const rows = new MemoryRows()
  for (const each of ids) rows.put(book, row(each, shelf))
  return rows
}

test('a mutation sees its own writes, and nothing is applied until somebody does', () => {
  const rows = shelfWith(first)
  const changes = runInMemory(registered(lend), args, { context, read: rows.read }).changes()
  expect(changes.map(({ id, after }) => [id, after?.loan])).toEqual([
    [first, '小李'],
    [second, '小李'],
  ])
  expect(rows.get(book, first)?.loan).toBeNull()
  rows.apply(changes)
  expect(rows.where(book, 'shelfId', shelf).length).toBe(2)
})

test('what is written back as it was is no change', () => {
  const rows = shelfWith(first)
  const same = mutation('book.same', {
    about: 'Changes nothing.',
    rights: { rep: 'territory' },
    args: { id: id() },
    *run(tx, { id }) {
      tx.update(book, yield* tx.need(book, id), { title: id })
    },
  })
  expect(runInMemory(registered(same), { id: first }, { context, read: rows.read }).changes()).toEqual([])
})

test('a row that is there cannot be created again', () => {
  const act = () =>
    runInMemory(registered(lend), { ...args, newId: first }, { context, read: shelfWith(first).read })
  expect(act).toThrow('already_exists')
})

test('a role without the right is refused before anything is read', () => {
  const asAuditor = { ...context, roles: ['auditor'] } as const
  const act = () =>
    runInMemory(registered(lend), args, {
      context: asAuditor,
      read: () => {
        throw new Error('nothing may be read')
      },
    })
  expect(act).toThrow('not_allowed')
})

test('a change touches the scope a row leaves and the one it enters', () => {
  const before = row(first, shelf)
  const change = { entity: book, id: first, before, after: { ...before, shelfId: 'other' } }
  expect(scopesOf(change, 'org')).toEqual([shelf, 'other'])
  expect(changedFields(change)).toEqual(['shelfId'])
})

test('arguments of an earlier version are brought up step by step, a later version is refused', () => {
  const renamed = registered(
    mutation('book.name', {
      about: 'Names a book.',
      rights: { rep: 'territory' },
      version: 3,
      earlier: { 1: ({ name }) => ({ titel: name ?? null }), 2: ({ titel }) => ({ title: titel ?? null }) },
      args: { title: text({ max: 40 }) },
      *run() {},
    }),
  )
  expect(upgradeArgs(renamed, 1, { name: '书' })).toEqual({ title: '书' })
  expect(() => upgradeArgs(renamed, 4, {})).toThrow('mutation.unknown_version')
  expect(() => upgradeArgs(renamed, 0, {})).toThrow('mutation.unknown_version')
})
