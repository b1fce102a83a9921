/** All pairs of neighbouring characters, a pair as often as it occurs; a single character is its own pair. */
export function pairsOf(text: string): readonly string[] {
  const characters = [...text]
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)
}

/** Sørensen–Dice over character pairs: 1 the same, 0 nothing in common. */
export function bigramSimilarity(a: string, b: string): number {
  return a === b ? 1 : pairSimilarity(pairsOf(a), pairsOf(b))
}

/** The same for pairs made before. Names are short: looking through a list beats building a map. */
export function pairSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  const left = [...a]
  let shared = 0
  for (const pair of b) {
    const at = left.indexOf(pair)
    if (at < 0) continue
    shared += 1
    left[at] = ''
  }
  return (2 * shared) / (a.length + b.length)
}
