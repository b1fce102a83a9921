// Builds the web app into dist/ if its sources have changed since the last time.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alone, fail, ROOT, runNpm } from './install.js'

/** All that ends up in dist/ or decides how it is made. */
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'vite.service-worker.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Builds if need be; ends the process with a clear line when that fails. */
export async function ensureBuilt(root = ROOT) {
  if (isBuilt(root)) return
  await alone(root, 'build', () => {
    if (isBuilt(root)) return
    // Taken before: sources saved while the build runs must make it stale.
    const fingerprint = sourceFingerprint(root)
    console.log('Building the web app …')
    if (runNpm(root, ['run', 'build', '--silent']) !== 0)
      fail('The web app could not be built; the reason is above.')
    writeFileSync(join(root, 'dist/.stamp'), fingerprint)
  })
}

/** Whether dist/ was made of the sources as they are. */
export function isBuilt(root) {
  const stamp = join(root, 'dist/.stamp')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceFingerprint(root)
}

function sourceFingerprint(root) {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((name) => filesUnder(root, name))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Paths relative to the root, in a fixed order; tests are no part of what is built. */
function filesUnder(root, name) {
  const path = join(root, name)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return /\.test\.tsx?$/.test(name) ? [] : [name]
  return readdirSync(path)
    .sort()
    .flatMap((child) => filesUnder(root, join(name, child)))
}
