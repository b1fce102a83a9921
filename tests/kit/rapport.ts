import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A server started as a newcomer starts it, on a port and a data folder of its own. */
export interface RunningRapport {
  readonly url: string
  readonly port: number
  readonly dataFolder: string
  readonly process: ChildProcess
  /** All that it printed so far. */
  readonly printed: () => string
  /** Ends it as a person does, and waits until it has ended. The data stays. */
  readonly stop: () => Promise<void>
  /** Ends it and takes the data away. */
  readonly dispose: () => Promise<void>
}

interface Options {
  readonly isDemo?: boolean
  readonly dataFolder?: string
  readonly port?: number
  /** The checkout to start; this one by default. */
  readonly root?: string
  readonly environment?: { readonly [name: string]: string }
}

const readyLine = /Rapport is ready at (\S+)/
const longestStart = 180_000

/** Starts the product with `npm start`'s own script and waits until it says that it is ready. */
export async function startRapport(options: Options = {}): Promise<RunningRapport> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'rapport-e2e-')))
  const port = options.port ?? (await freePort())
  const child = spawn(process.execPath, ['scripts/start.js'], {
    cwd: options.root ?? process.cwd(),
    env: {
      ...process.env,
      PORT: String(port),
      RAPPORT_DATA: dataFolder,
      RAPPORT_DEMO: options.isDemo === false ? '0' : '1',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string) => reject(new Error(`${why}\n${output}`))
    const timer = setTimeout(() => giveUp('the server did not get ready in time'), longestStart)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const match = readyLine.exec(output)
      if (!match?.[1]) return
      clearTimeout(timer)
      resolve(match[1])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => giveUp(`the server ended with ${code}`))
  })
  const stop = () => ended(child)
  return {
    url: url.replace('localhost', '127.0.0.1'),
    port,
    dataFolder,
    process: child,
    printed: () => output,
    stop,
    dispose: async () => {
      await stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
