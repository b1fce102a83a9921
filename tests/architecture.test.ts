import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { breachesOf, importsOf, placeOf, worldly } from './architecture.ts'

const files = ['src', 'demo'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => `${root}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file)),
)
// What a test needs (a database, a browser, a neighbour) says nothing about the shape of the product.
const product = files.filter((file) => !/\.test\.tsx?$/.test(file))
const sources = new Map(product.map((file) => [file, readFileSync(file, 'utf8')]))

test('the three laws hold for every import', () => {
  expect(sources.size).toBeGreaterThan(50)
  const breaches = [...sources].flatMap(([file, source]) => importsOf(file, source).flatMap(breachesOf))
  expect(breaches).toEqual([])
})

test('what runs everywhere knows no clock, no chance, no page', () => {
  const found = [...sources]
    .filter(([file]) => /^src\/core\/|\.(entity|rules|mutations|queries|words)\.ts$/.test(file))
    .flatMap(([file, source]) =>
      worldly.filter(([pattern]) => pattern.test(source)).map(([, what]) => `${file} reaches for ${what}`),
    )
  expect(found).toEqual([])
})

test('no file is longer than 400 lines, none is a pot or a barrel', () => {
  const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 401)
  const pots = files.filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|index|shared|lib)(\.|\/)/.test(file),
  )
  expect([long, pots]).toEqual([[], []])
})

test.each([
  [1, 'src/core/a.ts', 'src/server/b.ts'],
  [1, 'src/sync/protocol.ts', 'src/features/visits/visit.entity.ts'],
  [1, 'src/web/live.tsx', 'src/app/registry.ts'],
  [2, 'src/features/visits/visit.mutations.ts', 'src/features/customers/customer.mutations.ts'],
  [2, 'src/features/visits/visit-panel.tsx', 'src/features/customers/customer-card.tsx'],
  [3, 'src/core/a.ts', 'node:fs'],
  [3, 'src/features/visits/visit.rules.ts', 'react'],
  [3, 'src/features/visits/visit.queries.ts', 'src/features/visits/visit.server.ts'],
  [3, 'src/sync/device/disk.ts', 'src/sync/server/push.ts'],
  [3, 'src/sync/server/push.ts', 'src/sync/device/device.ts'],
  [3, 'src/server/http/http.ts', 'react-dom/server'],
] as const)('law %i bites: %s → %s', (law, from, to) => {
  expect(breachesOf({ from, to }).map((breach) => breach.law)).toContain(law)
})

test.each([
  ['src/features/visits/visit.mutations.ts', 'src/features/customers/customer.entity.ts'],
  ['src/app/screens/today.tsx', 'src/features/visits/visit.queries.ts'],
  ['src/sync/server/push.ts', 'src/server/postgres/database.ts'],
  ['src/server/http/http.ts', 'fastify'],
  ['src/app/cli/serve.ts', 'node:fs'],
])('lawful: %s → %s', (from, to) => {
  expect(breachesOf({ from, to })).toEqual([])
})

test('imports are found in every form in which they are written', () => {
  const source = [
    "import { a } from '#core/a.ts'",
    "import type { B } from './b.ts'",
    "export { c } from '../c.ts'",
    "import './d.css'",
    "const e = await import('#web/e.ts')",
  ].join('\n')
  const found = importsOf('src/app/x.ts', source).map(({ to }) => to)
  expect(new Set(found)).toEqual(
    new Set(['src/core/a.ts', 'src/app/b.ts', 'src/c.ts', 'src/app/d.css', 'src/web/e.ts']),
  )
})

test('a file runs where its folder and suffix say', () => {
  expect(placeOf('src/features/visits/visit.server.ts')).toBe('node')
  expect(placeOf('src/features/visits/visit-form.tsx')).toBe('browser')
  expect(placeOf('src/features/visits/visit.rules.ts')).toBe('everywhere')
})
