// Times taken in turn, and the lines they become. Absolute times say little on a busy machine; ratios of what ran
// in turn say more.
import { appendFileSync } from 'node:fs'

/** Times of one thing, in milliseconds. */
export interface Times {
  readonly all: readonly number[]
  readonly median: number
  readonly p95: number
  readonly worst: number
}

export function timesOf(all: readonly number[]): Times {
  const sorted = [...all].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { all, median: at(0.5), p95: at(0.95), worst: sorted.at(-1) ?? 0 }
}

type Work = (round: number) => Promise<unknown>

/** Runs each of these once a round, in turn, so that whatever else the machine does meets all of them alike. */
export async function inTurn<K extends string>(
  rounds: number,
  works: { readonly [name in K]: Work },
  warmUp = Math.ceil(rounds / 5),
): Promise<{ readonly [name in K]: Times }> {
  // Keys of `works` are exactly K.
  const names = Object.keys(works) as K[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of names) {
      const begun = performance.now()
      await works[name](round)
      if (round >= 0) times.get(name)?.push(performance.now() - begun)
    }
  }
  // One entry for every name.
  return Object.fromEntries(names.map((name) => [name, timesOf(times.get(name) ?? [])])) as {
    [name in K]: Times
  }
}

/** How many times a second `work` is done by so many at once; runs for `seconds`. */
async function ratePerSecond(work: Work, atOnce: number, seconds: number): Promise<number> {
  const begun = performance.now()
  const until = begun + seconds * 1000
  let done = 0
  let next = 0
  const one = async () => {
    while (performance.now() < until) {
      next += 1
      await work(next)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return done / ((performance.now() - begun) / 1000)
}

/** Rates of several, each for several short stretches in turn; the middle stretch of each. */
export async function ratesInTurn<K extends string>(
  works: { readonly [name in K]: Work },
  { atOnce, seconds = 1.5, rounds = 3 }: { readonly atOnce: number; seconds?: number; rounds?: number },
): Promise<{ readonly [name in K]: number }> {
  // Keys of `works` are exactly K.
  const names = Object.keys(works) as K[]
  const rates = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) rates.get(name)?.push(await ratePerSecond(works[name], atOnce, seconds))
  }
  // One entry for every name.
  return Object.fromEntries(names.map((name) => [name, timesOf(rates.get(name) ?? []).median])) as {
    [name in K]: number
  }
}

export interface Line {
  readonly what: string
  readonly figure: number
  /** `×` for ratios. */
  readonly unit: '×' | 'ms' | '/s' | 'frames' | 'kB' | 'rows'
  readonly most?: number
  readonly least?: number
  /** What the ratio was made of, or how it was measured. */
  readonly note?: string
}

/** Where lines are gathered for the table at the end of `npm run bench`. */
const gathered = process.env.RAPPORT_BENCH_LINES

/** Prints one figure beside its target. Missing it fails nothing: it is for people to read. */
export function tell(line: Line): void {
  console.log(textOf(line))
  if (gathered) appendFileSync(gathered, `${JSON.stringify(line)}\n`)
}

function textOf({ what, figure, unit, most, least, note }: Line): string {
  const target = most !== undefined ? `≤ ${most} ${unit}` : least !== undefined ? `≥ ${least} ${unit}` : ''
  const isMet = (most === undefined || figure <= most) && (least === undefined || figure >= least)
  const verdict = target === '' ? '' : isMet ? 'met' : 'MISSED'
  return `${what.padEnd(58)} ${inDigits(figure).padStart(8)} ${unit.padEnd(6)} ${target.padEnd(13)} ${verdict.padEnd(6)} ${note ?? ''}`
}

/** Three significant digits are as many as a busy machine gives. */
export function inDigits(figure: number): string {
  if (figure >= 100) return String(Math.round(figure))
  return figure >= 10 ? figure.toFixed(1) : figure.toFixed(2)
}

/** A size that `name` may make smaller for a quick look: RAPPORT_BENCH_SHARE=0.05 takes a twentieth of all. */
export function sized(full: number): number {
  const share = Number(process.env.RAPPORT_BENCH_SHARE ?? '1')
  return Math.max(1, Math.round(full * (share > 0 && share <= 1 ? share : 1)))
}
