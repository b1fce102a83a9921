// Brings node_modules to what package-lock.json says, if it is not there already.
// Plain Node without dependencies: it is what installs them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitForLock } from '../src/server/folder-lock.js'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

const OLDEST_NODE = [20, 19, 0]

/** Installs what is missing; ends the process with a clear line when that cannot be done. */
export async function ensureInstalled(root = ROOT) {
  const tooOld = nodeProblem(process.versions.node)
  if (tooOld) fail(tooOld)
  if (isInstalled(root)) return
  await alone(root, 'install', () => {
    if (isInstalled(root)) return
    if (!matchesInstalled(root)) install(root)
    // A project without dependencies is left without the folder by npm.
    mkdirSync(join(root, 'node_modules'), { recursive: true })
    writeFileSync(stampFile(root), fingerprint(root))
  })
}

/** What is wrong with a version of Node, or null. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number)
  const isNew =
    major > 22 || (major === 22 && minor >= 12) || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  if (isNew) return null
  return `Rapport needs Node 20.19 or later (of version 22: 22.12), but this is ${version}. Install a newer one from https://nodejs.org.`
}

/** Whether the stamp in node_modules is that of this lock file on this machine. */
export function isInstalled(root) {
  const stamp = stampFile(root)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root)
}

/**
 * Whether npm has already installed what the lock file asks for, by its own record: after an `npm install` by
 * hand there is nothing to do. npm writes the record last, so a broken-off installation does not match.
 */
export function matchesInstalled(root) {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const installed = packagesIn(record)
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true
    // Optional packages are those of other machines too, and may rightly be absent.
    const found = installed[path]
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional)
  })
}

/** Runs `work` while no other process does the same for this checkout. */
export async function alone(root, purpose, work) {
  // Not in node_modules, which the installation deletes, nor in a public folder, where others could wait for us.
  const folder = join(root, '.setup', purpose)
  const release = await waitForLock(folder, (holder) => {
    console.log(`Waiting for process ${holder.pid} to finish the ${purpose} of this folder …`)
  })
  try {
    return await work()
  } finally {
    release()
  }
}

/** Ends the process with one line for the person who started it. */
export function fail(line) {
  console.error(line)
  process.exit(1)
}

/** Runs npm, the one that started this process if there is one, and shows what it says. Gives its exit code. */
export function runNpm(root, args) {
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  const isWindows = process.platform === 'win32'
  return (
    spawnSync(command, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: isWindows,
    }).status ?? 1
  )
}

function install(root) {
  console.log('Installing dependencies (once, about a minute) …')
  // Development dependencies build the web app, so they are wanted where NODE_ENV=production is set too.
  const code = runNpm(root, ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'])
  if (code !== 0)
    fail('The dependencies could not be installed; npm says why above. Start again when that is mended.')
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function stampFile(root) {
  return join(root, 'node_modules/.rapport-install')
}

/** The platform is part of it: a folder shared between machines holds programs of one of them. */
function fingerprint(root) {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex')
}
