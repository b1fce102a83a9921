// Whatever is sent to whichever act or list: a code with a text, never a fault, and nothing half-written.
// FUZZ_RUNS is the number of inputs for each; the seed is printed and FUZZ_SEED replays it.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { registry } from '#app/registry.ts'
import { openServer } from '#app/server-assembly.ts'
import { serverDeps } from '#app/server-deps.ts'
import { catalogue } from '#app/words.ts'
import type { Field, Fields } from '#core/field.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { type Role, roles } from '#core/role.ts'
import { createApiToken } from '#features/access/api-token.server.ts'
import { verifyAudits } from '#server/audit/audit-verify.ts'
import { tableOf } from '#server/postgres/sql-columns.ts'
import { listFacts } from '#sync/server/read-query.ts'
import { freshDatabase } from './kit/postgres.ts'
import { type Place, rightsOrg, validArgs } from './kit/rights-world.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 30)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
const parameters = { numRuns: runs, seed, endOnFailure: true }
// Two thousand inputs of one act take longer than a test has otherwise.
const patience = 30_000 + runs * 100
process.stdout.write(`FUZZ_SEED=${seed} FUZZ_RUNS=${runs}\n`)

const database = await freshDatabase()
const { owner, app } = database
const deps = serverDeps(app, { committed: () => {} })
const org = await rightsOrg(deps, app)
const server = await openServer({
  database: { ...database, connection: database.address },
  publicUrl: 'http://rapport.test',
  secret: 'only-for-tests-only-for-tests-only-for-tests',
  isDemo: false,
  webFolder: null,
  log: { level: 'silent' },
})
afterAll(() => server.close())

const tokens = new Map<Role, string>()
for (const role of roles) {
  const made = await createApiToken(app, org.members[role], {
    input: { name: role, days: null },
    id: deps.newId(),
    now: deps.now(),
  })
  tokens.set(role, made.token)
}

const entities = [...registry.entities.values()]
const mutations = [...registry.mutations.values()]

interface Answer {
  readonly status: number
  readonly body: { readonly code?: unknown; readonly details?: unknown }
}

async function ask(
  role: Role,
  request: { readonly method: 'GET' | 'POST'; readonly url: string; readonly payload?: string },
): Promise<Answer> {
  const headers = { authorization: `Bearer ${tokens.get(role)}`, 'content-type': 'application/json' }
  const { statusCode, body } = await server.http.inject({ ...request, headers })
  return { status: statusCode, body: JSON.parse(body) }
}

/** What is wrong with an answer; null when it is one that a caller can work with. */
function fault({ status, body }: Answer): string | null {
  if (status === 200) return null
  if (status >= 500) return `a fault of ours: ${JSON.stringify(body)}`
  const { code, details } = body
  if (typeof code !== 'string' || typeof details !== 'object' || details === null) return 'no code'
  if (!Object.hasOwn(catalogue, code)) return `no text for ${code}`
  if (code !== 'input.invalid' && code !== 'input.malformed') return null
  const problems = 'problems' in details && Array.isArray(details.problems) ? details.problems : []
  if (problems.length === 0) return `${code} names no problem`
  const wordless = problems.find((each) => !Object.hasOwn(catalogue, `problem.${each.code}`))
  if (wordless) return `no text for problem ${wordless.code}`
  return problems.every(({ path }) => typeof path === 'string') ? null : 'a problem without its field'
}

// A row that is written has a new xmin, a row that is gone is missing in the count.
const marks = [...entities.map(tableOf), 'feed', 'audit', 'scope_member'].map(
  (table) => `(select concat(count(*), '/', max(xmin::text::bigint)) from ${table})`,
)

/** Stays the same as long as nobody writes a row. */
async function world(): Promise<string> {
  const { rows } = await owner.query<{ mark: string }>(`select concat_ws(' ', ${marks.join(', ')}) as mark`)
  return rows[0]?.mark ?? ''
}

async function audited(): Promise<number> {
  const { rows } = await owner.query<{ n: number }>('select sum(audit_n) as n from org_counter')
  return Number(rows[0]?.n)
}

const idsThere = idsOf(org.own)

function idsOf(place: Place): readonly string[] {
  return [...JSON.stringify(place).matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(([id]) => id)
}

const hostile: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    ' ',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    '\u0000',
    '\ud800',
    '__proto__',
    "'; drop table x--",
  ),
  fc.constantFrom<Json>('9999-99-99', '2026-02-30', '1e5', 'null', '𠮷'.repeat(3000), 'x'.repeat(100_000)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.double({ noNaN: true }),
  // What jsonValue draws is JSON.
  fc.jsonValue() as fc.Arbitrary<Json>,
)

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('李明华', '=1+1', '１３８'),
)

/** Values as a field may hold them, more or less, with hostile ones among them. */
function valueFor(field: Field): fc.Arbitrary<Json> {
  const meant = meantFor(field)
  const empty = fc.constant<Json>(null)
  return fc.oneof(
    { weight: 12, arbitrary: meant },
    { weight: field.nullable ? 4 : 1, arbitrary: empty },
    { weight: 1, arbitrary: hostile },
  )
}

function meantFor(field: Field): fc.Arbitrary<Json> {
  const { min = 0, max = 0 } = field
  switch (field.kind) {
    case 'id':
    case 'ref':
      return fc.oneof(fc.constantFrom(...idsThere), fc.uuid())
    case 'text':
      return fc.oneof(texts, fc.string({ minLength: max, maxLength: max + 1 }))
    case 'oneOf':
      return fc.constantFrom(...(field.options ?? []))
    case 'integer':
      return fc.integer({ min: min - 1, max: max + 1 })
    case 'decimal':
      return fc.double({ min: min - 1, max: max + 1, noNaN: true })
    case 'flag':
      return fc.boolean()
    case 'day':
      return fc.constantFrom('2026-08-31', '1900-01-01', '2199-12-31', '2026-02-29')
    case 'instant':
      return fc.constantFrom('2026-08-31T01:00:00.000Z', '1900-01-01T00:00:00Z', '2199-12-31T23:59:59+08:00')
    case 'list':
      return field.element ? fc.array(valueFor(field.element), { maxLength: 4 }) : fc.constant([])
    case 'shape':
    case 'patch':
      return objectFor(field.fields ?? {}, field.kind === 'patch')
    case 'json':
      return hostile
  }
}

function objectFor(fields: Fields, isPatch = false): fc.Arbitrary<JsonObject> {
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueFor(field)]))
  // What is left out of a patch is not there at all: no key of it is undefined.
  return fc.record(values, isPatch ? { requiredKeys: [] } : {}) as fc.Arbitrary<JsonObject>
}

/** Arguments that are right but for one of them, so that what comes behind the first checks is reached. */
function nearlyRight(name: string, args: Fields, role: Role): fc.Arbitrary<JsonObject> {
  const right = validArgs[name]?.(org.own, role) ?? {}
  const names = Object.keys(args)
  if (names.length === 0) return fc.constant(right)
  return fc.constantFrom(...names).chain((changed) => {
    const field = args[changed]
    const value = field ? valueFor(field) : hostile
    // A new id each time, or only the first would be new.
    return value.map(
      (given): JsonObject => ({ ...(validArgs[name]?.(org.own, role) ?? right), [changed]: given }),
    )
  })
}

const seen = new Map<string, number>()

test.each(mutations)(
  '$name answers whatever it is given, and writes all of it or nothing',
  async ({ name, args, rights }) => {
    const [role = 'admin'] = roles.filter(
      (each) => rights[each] === 'organisation' || rights[each] !== undefined,
    )
    const input = fc.oneof(
      { weight: 5, arbitrary: objectFor(args) },
      { weight: 4, arbitrary: nearlyRight(name, args, role) },
      { weight: 1, arbitrary: hostile },
    )
    let before = await world()
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        const lines = await audited()
        const answer = await ask(role, {
          method: 'POST',
          url: `/api/mutations/${name}`,
          payload: JSON.stringify(given),
        })
        const code = answer.status === 200 ? 'accepted' : String(answer.body.code)
        seen.set(code, (seen.get(code) ?? 0) + 1)
        expect(fault(answer)).toBeNull()
        expect(await audited()).toBe(lines + (code === 'accepted' ? 1 : 0))
        const after = await world()
        if (code !== 'accepted') expect(after).toBe(before)
        before = after
      }),
      parameters,
    )
  },
  patience,
)

test.each(entities)(
  'a list of $name, and one by its id, answer whatever they are asked',
  async (entity) => {
    const { filter, sort } = listFacts(entity)
    const word = fc.oneof(
      hostile.map(String),
      texts,
      fc.constantFrom(...idsThere, '2026-08-31', 'planned', '1'),
    )
    const field = fc.oneof(fc.constantFrom(...filter, ...entity.columns), texts)
    const parameter = fc.oneof(
      fc.tuple(
        field.map((name) => `filter[${name}]`),
        word,
      ),
      fc.tuple(
        field.map((name) => `filter[${name}][from]`),
        word,
      ),
      fc.tuple(
        fc.constant('sort'),
        fc.oneof(fc.constantFrom(...sort.flatMap((name) => [name, `-${name}`])), word),
      ),
      fc.tuple(fc.constantFrom('limit', 'cursor', 'search', 'colour'), word),
      fc.tuple(fc.constant('limit'), fc.integer({ min: 1, max: 200 }).map(String)),
    )
    const question = fc.record({
      role: fc.constantFrom(...roles),
      query: fc.array(parameter, { maxLength: 3 }),
      id: fc.option(word),
    })
    await fc.assert(
      fc.asyncProperty(question, async ({ role, query, id }) => {
        const asked = query.map(([name, value]) => `${encode(name)}=${encode(value.slice(0, 300))}`).join('&')
        const one = id === null || id === '' ? '' : `/${encode(id.slice(0, 300))}`
        const answer = await ask(role, { method: 'GET', url: `/api/${entity.name}${one}?${asked}` })
        expect(fault(answer)).toBeNull()
      }),
      parameters,
    )
  },
  patience,
)

function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

test('behind the first checks others were reached, and afterwards the audit is whole', async () => {
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(['accepted', 'input.invalid', 'not_found', 'already_exists']),
  )
  const verdicts = [...(await verifyAudits(owner)).values()]
  expect(verdicts.map(({ isIntact }) => isIntact)).toEqual([true])
})
