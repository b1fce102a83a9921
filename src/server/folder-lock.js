// One process at a time in a folder. Plain JavaScript because the start-up scripts need it before any
// dependency is installed.
//
// Node has no flock, and deleting a dead holder's lock file races with others who do the same. So claims are
// numbered files that are never reused: the highest number holds the lock, and whoever finds its holder dead
// links the next number. A slow claimer who links a low number late sees a higher one and steps back.
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { processFacts } from './process-facts.js'

const HEARTBEAT_MS = 5_000
/** Another machine's process cannot be looked up: its claim counts while its file is touched. */
const FOREIGN_SILENCE_MS = 30_000

/**
 * Takes the lock kept in `folder`, or says who has it.
 * Gives `{ release, holder: null }` or `{ release: null, holder: { pid, host, startedAt, takenAt } }`.
 */
export function takeLock(folder) {
  mkdirSync(folder, { recursive: true })
  for (;;) {
    const latest = newestClaim(folder)
    const holder = latest === 0 ? null : livingHolder(claimFile(folder, latest))
    if (holder) return { release: null, holder }
    const mine = latest + 1
    if (!claim(folder, mine)) continue
    if (newestClaim(folder) !== mine) {
      rmSync(claimFile(folder, mine), { force: true })
      continue
    }
    forgetOlder(folder, mine)
    return { release: hold(claimFile(folder, mine)), holder: null }
  }
}

/** Takes the lock, waiting for as long as another process has it; `onWait` is told once who that is. */
export async function waitForLock(folder, onWait) {
  for (let isFirst = true; ; isFirst = false) {
    const { release, holder } = takeLock(folder)
    if (release) return release
    if (isFirst) onWait(holder)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The living process that has the lock of `folder`, or null. */
export function lockHolder(folder) {
  const latest = newestClaim(folder)
  return latest === 0 ? null : livingHolder(claimFile(folder, latest))
}

function claimFile(folder, number) {
  return join(folder, String(number))
}

function newestClaim(folder) {
  return Math.max(
    0,
    ...namesIn(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
  )
}

function namesIn(folder) {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

function livingHolder(file) {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'))
    if (holder.released) return null
    if (holder.host !== hostname())
      return Date.now() - statSync(file).mtimeMs < FOREIGN_SILENCE_MS ? holder : null
    const facts = processFacts(holder.pid)
    return facts && !facts.isZombie && facts.startedAt === holder.startedAt ? holder : null
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

/** Writes the claim aside and links it, so that a claim is never seen half written. False when the number is taken. */
function claim(folder, number) {
  const aside = join(folder, `claim-${process.pid}-${number}`)
  const startedAt = processFacts(process.pid)?.startedAt ?? ''
  writeFileSync(
    aside,
    JSON.stringify({ pid: process.pid, host: hostname(), startedAt, takenAt: new Date().toISOString() }),
  )
  try {
    linkSync(aside, claimFile(folder, number))
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function forgetOlder(folder, mine) {
  for (const name of namesIn(folder)) {
    if (/^\d+$/.test(name) && Number(name) < mine) rmSync(join(folder, name), { force: true })
  }
}

function hold(file) {
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS)
  heartbeat.unref()
  return function release() {
    clearInterval(heartbeat)
    if (!touch(file)) return
    // Renamed over, not deleted: the number must stay used, or a slow claimer could take it a second time.
    const aside = `${file}-released`
    writeFileSync(aside, JSON.stringify({ released: true }))
    renameSync(aside, file)
  }
}

function touch(file) {
  try {
    const now = new Date()
    utimesSync(file, now, now)
    return true
  } catch {
    return false
  }
}
