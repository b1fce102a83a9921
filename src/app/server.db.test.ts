import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from '#server/settings.ts'
import { founder } from '#tests/kit/server.ts'
import { startServer } from './server.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-start-'))
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))
const settings = readSettings({ PORT: '0', RAPPORT_DATA: dataFolder, RAPPORT_DEMO: '0' })

test('it starts from an empty folder, keeps what it was told, and starts again', async () => {
  const first = await startServer(settings)
  const healthy = await fetch(`${first.url}/healthz`)
  expect([healthy.status, await healthy.json()]).toEqual([200, { status: 'ok' }])
  const made = await fetch(`${first.url}/api/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rapport': '1' },
    body: JSON.stringify(founder),
  })
  expect(made.status).toBe(201)
  await expect(startServer(settings)).rejects.toThrow('in use by another Rapport')
  await first.close()
  await expect(fetch(`${first.url}/healthz`)).rejects.toThrow()

  const second = await startServer(settings)
  const cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await fetch(`${second.url}/api/me`, { headers: { cookie } })
  expect(await me.json()).toMatchObject({ lease: { name: founder.name } })
  await second.close()
}, 60_000)
