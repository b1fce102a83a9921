import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const fileName = 'service-worker.js'

/**
 * Tells the service worker which files the build has made, and names the version by what is in them: a
 * build of the same sources is the same version.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'rapport-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const entry = bundle[fileName]
      if (entry?.type !== 'chunk') throw new Error(`the build made no ${fileName}`)
      const built = Object.values(bundle).filter((file) => file !== entry && !file.fileName.endsWith('.map'))
      const hash = createHash('sha256').update(entry.code)
      for (const file of built)
        hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source)
      const kept = readdirSync('public', { recursive: true, withFileTypes: true }).filter((each) =>
        each.isFile(),
      )
      const fromPublic = kept.map(
        (each) => `${each.parentPath.replace(/^public\/?/, '/').replace(/\/?$/, '/')}${each.name}`,
      )
      for (const path of fromPublic) hash.update(path).update(readFileSync(`public${path}`))
      const paths = [...built.map((file) => `/${file.fileName}`), ...fromPublic].sort()
      const version = hash.digest('hex').slice(0, 16)
      entry.code = `const builtFiles=${JSON.stringify({ version, paths })};\n${entry.code}`
    },
  }
}
