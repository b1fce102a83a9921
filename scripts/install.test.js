import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alone, ensureInstalled, isInstalled, matchesInstalled, nodeProblem } from './install.js'

let root

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rapport-install-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the version of Node', () => {
  test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.21.0'])('%s will do', (version) => {
    expect(nodeProblem(version)).toBeNull()
  })

  test.each(['18.20.0', '20.18.9', '21.7.0', '22.11.0'])('%s is refused with what to install', (version) => {
    expect(nodeProblem(version)).toMatch(
      new RegExp(`Node 20\\.19 .* is ${version.replaceAll('.', '\\.')}\\. Install`),
    )
  })
})

describe('the installation', () => {
  test('of a bare checkout is done once, and again only after the lock file changed', async () => {
    writeLock({})
    expect(isInstalled(root)).toBe(false)
    await ensureInstalled(root)
    expect(isInstalled(root)).toBe(true)
    const mark = join(root, 'node_modules/mark')
    writeFileSync(mark, '')
    await ensureInstalled(root)
    expect(existsSync(mark)).toBe(true)
    writeLock({}, '0.0.2')
    expect(isInstalled(root)).toBe(false)
  })

  test('made by hand with npm is taken as it is', async () => {
    writeLock({ 'node_modules/a': { version: '1.0.0' } })
    writeRecord({ 'node_modules/a': { version: '1.0.0' } })
    writeFileSync(join(root, 'node_modules/mark'), '')
    await ensureInstalled(root)
    expect(existsSync(join(root, 'node_modules/mark'))).toBe(true)
    expect(isInstalled(root)).toBe(true)
  })

  test('is stale when a package is missing or of another version, but not for want of an optional one', () => {
    writeLock({
      'node_modules/a': { version: '1.0.0' },
      'node_modules/other-machine': { version: '1.0.0', optional: true },
    })
    expect(matchesInstalled(root)).toBe(false)
    writeRecord({})
    expect(matchesInstalled(root)).toBe(false)
    writeRecord({ 'node_modules/a': { version: '1.0.1' } })
    expect(matchesInstalled(root)).toBe(false)
    writeRecord({ 'node_modules/a': { version: '1.0.0' } })
    expect(matchesInstalled(root)).toBe(true)
  })

  test('of one checkout is the work of one process at a time', async () => {
    const order = []
    const task = (name) => async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      order.push(`${name} ends`)
    }
    await Promise.all([alone(root, 'test', task('first')), alone(root, 'test', task('second'))])
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  })
})

function writeLock(packages, version = '0.0.1') {
  const about = { name: 'bare', version }
  writeFileSync(join(root, 'package.json'), JSON.stringify(about))
  const lock = { ...about, lockfileVersion: 3, requires: true, packages: { '': about, ...packages } }
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock))
}

function writeRecord(packages) {
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}
