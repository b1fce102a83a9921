#!/usr/bin/env node
import { join } from 'node:path'
// The command line: installs what is missing, then runs src/app/cli.ts in this very process, so that signals
// and the exit code are its own.
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from '../scripts/build.js'
import { ensureInstalled, ROOT } from '../scripts/install.js'

await ensureInstalled()
if (process.argv[2] === 'serve') await ensureBuilt()
const { register } = await import('tsx/esm/api')
process.setSourceMapsEnabled(true)
register()
await import(pathToFileURL(join(ROOT, 'src/app/cli.ts')).href)
