// Attempts at guessing (passwords, codes, links) are counted in memory: each process allows its own share.
import { Refused } from '#core/refused.ts'
import { dropOldest } from '#server/brief-memory.ts'

export type RateLimit = {
  /**
   * Counts one attempt under each of these keys.
   * @throws Refused `rate_limited` with `retryAfterSeconds` when a key has had its share
   */
  count(keys: readonly string[]): void
  /** Forgets the attempts under a key, after one that succeeded. */
  forget(key: string): void
  /** Takes one attempt back that was none: many people may share an address. */
  giveBack(key: string): void
}

export type RateLimitOptions = {
  readonly most: number
  readonly windowMs: number
  /** The clock, in milliseconds; given by tests. */
  readonly now?: () => number
}

/** More keys than this at a time are somebody filling the memory; the oldest are dropped. */
const mostKeys = 50_000

/** At most `most` attempts under one key within `windowMs`, counted from the first. */
export function rateLimit({ most, windowMs, now = Date.now }: RateLimitOptions): RateLimit {
  const windows = new Map<string, { count: number; readonly until: number }>()
  return {
    count(keys) {
      const at = now()
      for (const key of keys) {
        const window = windows.get(key)
        if (!window || window.until <= at) {
          windows.delete(key)
          windows.set(key, { count: 1, until: at + windowMs })
          if (windows.size > mostKeys) dropOldest(windows)
          continue
        }
        window.count += 1
        if (window.count > most) {
          throw new Refused('rate_limited', { retryAfterSeconds: Math.ceil((window.until - at) / 1000) })
        }
      }
    },
    forget(key) {
      windows.delete(key)
    },
    giveBack(key) {
      const window = windows.get(key)
      if (window) window.count -= 1
    },
  }
}
