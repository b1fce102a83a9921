// Work by the clock, done once whatever the number of processes: Graphile Worker keeps its book in the same database.
import { Logger, type Runner, run } from 'graphile-worker'
import pg from 'pg'

export type DailyJob = {
  /** Letters and underscores; never changes, or the day of the change has it twice. */
  readonly name: string
  readonly run: () => Promise<void>
}

export type Jobs = { stop(): Promise<void> }

/** Midnight in Shanghai, when days of assignments begin and end; the hour is in UTC. */
const midnight = '0 16 * * *'

/** A server that was down at midnight does what it missed when it comes back within a day. */
const madeUpFor = '1d'

/**
 * Runs these jobs every midnight in Shanghai. A job that throws is tried again later, more and more rarely.
 * `connection` is the owner's.
 */
export async function startDailyJobs(
  connection: pg.PoolConfig,
  jobs: readonly DailyJob[],
  warn: (message: string) => void,
): Promise<Jobs> {
  // A pool of its own: the worker expects dates as the driver gives them.
  const pool = new pg.Pool({ ...connection, max: 3, application_name: 'rapport-jobs' })
  // A connection that breaks is replaced, idle or in use; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 1,
    // Nothing is queued between midnights, so there is nothing to look for more often.
    pollInterval: 60_000,
    noHandleSignals: true,
    taskList: Object.fromEntries(jobs.map((job) => [job.name, job.run])),
    crontab: jobs.map(({ name }) => `${midnight} ${name} ?fill=${madeUpFor}&jobKey=${name}`).join('\n'),
    // Only what went wrong, and only the message.
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') warn(message)
    }),
  })
  return {
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}
