import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openApiText } from './openapi.server.ts'
import { registry } from './registry.ts'

const require = createRequire(import.meta.url)
const text = openApiText(registry, 'https://rapport.example.com')
const document = JSON.parse(text)

test('a public linter finds nothing wrong with the description', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-openapi-'))
  try {
    const file = join(folder, 'openapi.json')
    await writeFile(file, text)
    const manifest = require.resolve('@redocly/cli/package.json')
    const { bin } = JSON.parse(await readFile(manifest, 'utf8'))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(dirname(manifest), bin.redocly), 'lint', '--format=json', '--extends=recommended', file],
      {
        cwd: folder,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    )
    const { problems } = JSON.parse(stdout)
    expect(
      problems.map(({ ruleId, message }: { ruleId: string; message: string }) => `${ruleId}: ${message}`),
    ).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
}, 60_000)

test('every mutation and every entity is described, with the limits of its fields', () => {
  for (const name of registry.mutations.keys())
    expect(document.paths).toHaveProperty([`/api/mutations/${name}`])
  for (const name of registry.entities.keys()) expect(document.paths).toHaveProperty([`/api/${name}/{id}`])
  const visit = document.paths['/api/mutations/visit.record'].post
  const { schema } = visit.requestBody.content['application/json']
  expect(schema.properties.minutes).toMatchObject({ type: 'integer', minimum: 1 })
  expect(schema.properties.channel.enum).toContain('face_to_face')
  expect(schema.required).toContain('customerId')
  expect(schema.required).not.toContain('objective')
  expect(visit.responses['409'].description).toContain('`visit.')
})

test('what never leaves the server is not described', () => {
  const { Customer } = document.components.schemas
  expect(Customer.properties).toHaveProperty('name')
  for (const [name, field] of Object.entries(registry.entities.get('customer')?.fields ?? {})) {
    expect(Object.hasOwn(Customer.properties, name), name).toBe(field.facts.serverOnly !== true)
  }
})
