import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DataFolderError, isDataFolderTaken, keptSecret, takeDataFolder } from './data-folder.ts'
import { processFacts } from './process-facts.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a data folder', () => {
  test('belongs to one at a time, and the other is told who has it and what to do', () => {
    const release = takeDataFolder(folder)
    expect(isDataFolderTaken(folder)).toBe(true)
    expect(() => takeDataFolder(folder)).toThrow(DataFolderError)
    expect(() => takeDataFolder(folder)).toThrow(
      new RegExp(`process ${process.pid} on .*Stop that one.*RAPPORT_DATA`),
    )
    release()
    expect(isDataFolderTaken(folder)).toBe(false)
    takeDataFolder(folder)()
  })

  test('is free again when its process was killed', async () => {
    const child = await holder(folder)
    expect(() => takeDataFolder(folder)).toThrow(`process ${child.pid}`)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.on('exit', resolve))
    takeDataFolder(folder)()
  })

  test('is free when the number of its dead process was given to another', () => {
    claimAs({ pid: process.pid, host: hostname(), startedAt: 'another life' })
    takeDataFolder(folder)()
  })

  test('stays taken while its process is alive, known by number and start', () => {
    claimAs({ pid: process.pid, host: hostname(), startedAt: processFacts(process.pid)?.startedAt })
    expect(() => takeDataFolder(folder)).toThrow(DataFolderError)
  })

  test('is taken by a process of another machine that gave a sign of life', () => {
    claimAs({ pid: 1, host: 'another-machine', startedAt: '' })
    expect(() => takeDataFolder(folder)).toThrow('on another-machine')
  })

  test('goes to exactly one of many that find it abandoned at the same moment', async () => {
    claimAs({ pid: 2_147_483_646, host: hostname(), startedAt: '' })
    const racers = await Promise.all(Array.from({ length: 6 }, () => racer(folder)))
    expect(racers.filter((outcome) => outcome === 'taken')).toHaveLength(1)
  })

  test('keeps one secret, which only its owner can read', () => {
    const secret = keptSecret(folder)
    expect(secret.length).toBeGreaterThanOrEqual(32)
    expect(keptSecret(folder)).toBe(secret)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['secret'])
  })

  test('that cannot be made is reported with its name', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => takeDataFolder(join(folder, 'file', 'data'))).toThrow(/cannot be used.*RAPPORT_DATA/)
  })
})

function claimAs(claim: object): void {
  takeDataFolder(folder)()
  const lock = join(folder, 'lock')
  writeFileSync(
    join(lock, String(Math.max(...readdirSync(lock).map(Number)) + 1)),
    JSON.stringify({ ...claim, takenAt: 'now' }),
  )
}

const LOCK_MODULE = new URL('./folder-lock.js', import.meta.url).href

function lockScript(where: string, after: string): string[] {
  const take = `const { takeLock } = await import(${JSON.stringify(LOCK_MODULE)}); const { release } = takeLock(${JSON.stringify(join(where, 'lock'))});`
  return ['--input-type=module', '-e', `${take} console.log(release ? 'taken' : 'refused'); ${after}`]
}

/** Another process that has the folder until it is killed. */
async function holder(where: string) {
  const child = spawn(process.execPath, lockScript(where, 'setInterval(() => {}, 1000)'), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return child
}

/** Tries at a time of its own choosing near the others', and keeps what it got until all have tried. */
function racer(where: string): Promise<string> {
  const child = spawn(process.execPath, lockScript(where, 'setTimeout(() => {}, 1500)'), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())))
}
