// What was looked up a moment ago and may be used again for a short while, so that a request costs no query.

export type BriefMemory<V> = {
  /** The value under this key, looked up when it is not remembered. Null is not remembered. */
  get(key: string): Promise<V | null>
  /** From now on no value of which this holds is given any more, one that is being looked up included. */
  forget(isMeant: (value: V, key: string) => boolean): void
}

export type BriefMemoryOptions<V> = {
  readonly forMs: number
  /** At most so many values; the oldest go first. */
  readonly most: number
  readonly lookUp: (key: string) => Promise<V | null>
  /** The clock, in milliseconds; given by tests. */
  readonly now?: () => number
}

/** Remembers values for `forMs`. */
export function briefMemory<V>({
  forMs,
  most,
  lookUp,
  now = Date.now,
}: BriefMemoryOptions<V>): BriefMemory<V> {
  const kept = new Map<string, { readonly value: V; readonly until: number }>()
  let forgotten = 0
  return {
    async get(key) {
      const known = kept.get(key)
      if (known && known.until > now()) return known.value
      kept.delete(key)
      const before = forgotten
      const value = await lookUp(key)
      // What was forgotten while this was under way may be what was read.
      if (value === null || before !== forgotten) return value
      kept.set(key, { value, until: now() + forMs })
      if (kept.size > most) dropOldest(kept)
      return value
    },
    forget(isMeant) {
      forgotten += 1
      for (const [key, { value }] of kept) if (isMeant(value, key)) kept.delete(key)
    },
  }
}

/** A Map gives its keys in the order in which they came. */
export function dropOldest(kept: Map<string, unknown>): void {
  for (const oldest of kept.keys()) {
    kept.delete(oldest)
    return
  }
}
