import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureBuilt, isBuilt } from './build.js'

let root

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rapport-build-'))
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'src/web.ts'), 'one')
  // Stands for the real build: notes each time it runs.
  const build = `node -e "fs.mkdirSync('dist',{recursive:true});fs.appendFileSync('dist/runs','x')"`
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'app', scripts: { build } }))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function runs() {
  return readFileSync(join(root, 'dist/runs'), 'utf8').length
}

test('the web app is built once, and by one of those who want it at the same time', async () => {
  expect(isBuilt(root)).toBe(false)
  await Promise.all([ensureBuilt(root), ensureBuilt(root)])
  await ensureBuilt(root)
  expect(runs()).toBe(1)
})

test('a changed, new or renamed source makes it stale, a test does not', async () => {
  await ensureBuilt(root)
  writeFileSync(join(root, 'src/web.test.ts'), 'proof')
  expect(isBuilt(root)).toBe(true)
  writeFileSync(join(root, 'src/web.ts'), 'two')
  expect(isBuilt(root)).toBe(false)
  await ensureBuilt(root)
  writeFileSync(join(root, 'src/more.ts'), '')
  expect(isBuilt(root)).toBe(false)
  await ensureBuilt(root)
  expect(runs()).toBe(3)
})
