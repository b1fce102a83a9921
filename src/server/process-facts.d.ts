export type ProcessFacts = {
  /** Dead, but not yet collected by its parent: its number still counts as taken. */
  isZombie: boolean
  startedAt: string
  command: string
}
export function processFacts(pid: number): ProcessFacts | null
