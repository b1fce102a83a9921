import { dirname, join, normalize } from 'node:path'

/** One import of one file, as the three laws see it. */
export interface Import {
  readonly from: string
  /** A file of ours from the root (`src/core/field.ts`), or the name of a package. */
  readonly to: string
}

export interface Breach {
  readonly law: 1 | 2 | 3
  readonly from: string
  readonly to: string
  readonly why: string
}

const layers = ['core', 'server', 'sync', 'web', 'features', 'demo', 'app'] as const
type Layer = (typeof layers)[number]
type Place = 'everywhere' | 'node' | 'browser'

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'|import\s*\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g

/** The imports of a source text, types included: a type that points the wrong way binds as well. */
export function importsOf(file: string, source: string): readonly Import[] {
  return [...source.matchAll(importPattern)].map((match) => {
    const written = match[1] ?? match[2] ?? match[3] ?? ''
    return { from: file, to: resolved(file, written) }
  })
}

function resolved(file: string, written: string): string {
  if (written.startsWith('#demo/')) return `demo/${written.slice(6)}`
  if (written.startsWith('#')) return `src/${written.slice(1)}`
  return written.startsWith('.') ? normalize(join(dirname(file), written)) : written
}

function layerOf(file: string): Layer | undefined {
  if (file.startsWith('demo/')) return 'demo'
  return layers.find((layer) => file.startsWith(`src/${layer}/`))
}

/** Where a file runs, by its folder and its suffix. */
export function placeOf(file: string): Place {
  if (/\.server\.tsx?$/.test(file) || /\/cli(\.|\/)/.test(file)) return 'node'
  if (file.startsWith('src/server/') || file.startsWith('src/sync/server/')) return 'node'
  if (/^src\/app\/(server|rest|demo)/.test(file)) return 'node'
  if (/\.(entity|rules|mutations|queries|words)\.ts$/.test(file)) return 'everywhere'
  if (/^src\/app\/(web|service-worker)/.test(file)) return 'browser'
  if (file.startsWith('src/web/') || file.startsWith('src/sync/device/') || file.endsWith('.tsx'))
    return 'browser'
  if (file.startsWith('src/app/screens/')) return 'browser'
  return 'everywhere'
}

const browserPackages = ['react', 'react-dom', 'react-router', '@mantine', 'idb']
const nodePackages = [
  'node:',
  'pg',
  'kysely',
  'fastify',
  '@fastify',
  'better-auth',
  'graphile-worker',
  'prom-client',
  'pg-copy-streams',
]

function isOneOf(packages: readonly string[], name: string): boolean {
  return packages.some((each) => name === each || name.startsWith(each.endsWith(':') ? each : `${each}/`))
}

/** What the import breaks; nothing when it is lawful. */
export function breachesOf({ from, to }: Import): readonly Breach[] {
  return [pointsRight(from, to), sharesMachinery(from, to), runsElsewhere(from, to)].filter(
    (breach) => breach !== undefined,
  )
}

function pointsRight(from: string, to: string): Breach | undefined {
  const [here, there] = [layerOf(from), layerOf(to)]
  if (here === undefined || there === undefined) return undefined
  if (layers.indexOf(there) <= layers.indexOf(here)) return undefined
  return { law: 1, from, to, why: `${here} stands left of ${there} and knows nothing of it` }
}

function sharesMachinery(from: string, to: string): Breach | undefined {
  const [, here] = /^src\/features\/([^/]+)\//.exec(from) ?? []
  const [, there] = /^src\/features\/([^/]+)\//.exec(to) ?? []
  if (here === undefined || there === undefined || here === there) return undefined
  if (/\.(entity|rules)\.ts$/.test(to)) return undefined
  return {
    law: 2,
    from,
    to,
    why: `${here} may know the facts of ${there} (.entity, .rules), not its machinery`,
  }
}

function runsElsewhere(from: string, to: string): Breach | undefined {
  const [here, there] = [placeOf(from), layerOf(to) === undefined ? packagePlace(to) : placeOf(to)]
  if (there === 'everywhere' || here === there) return undefined
  return {
    law: 3,
    from,
    to,
    why: `${from} runs ${here === 'everywhere' ? 'everywhere' : `in ${here}`}, ${to} only in ${there}`,
  }
}

function packagePlace(name: string): Place {
  if (isOneOf(browserPackages, name)) return 'browser'
  return isOneOf(nodePackages, name) ? 'node' : 'everywhere'
}

/** Words that a file which runs everywhere may not contain: the clock, chance, the network, the page. */
export const worldly: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\bDate\.now\(|new Date\(\)/, 'the clock'],
  [/\bMath\.random\(|\bcrypto\./, 'chance'],
  [/\bfetch\(|\blocalStorage\b|\bdocument\.|\bwindow\./, 'the page or the network'],
  [/\bprocess\./, 'the process'],
]
