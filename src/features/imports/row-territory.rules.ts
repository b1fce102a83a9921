// The territory of each row: its own column first, then what was said for the whole list.
import type { KnownTerritory } from './import-existing.rules.ts'
import { textOf } from './import-target.rules.ts'
import { tidyName } from './import-text.rules.ts'
import { type JudgedRow, note } from './judged-row.rules.ts'

/** @param isNeeded a row without a territory cannot come in */
export function settleTerritories(
  rows: readonly JudgedRow[],
  territories: readonly KnownTerritory[],
  { chosen, isNeeded }: { readonly chosen: string | null; readonly isNeeded: boolean },
): void {
  const named = idsByName(territories)
  const fallback = territories.some(({ id }) => id === chosen) ? chosen : null
  for (const judged of rows) {
    const found = textOf(judged.row.values, 'territory')
    judged.territoryId = found === null ? fallback : idOf(judged, found, named)
    if (found === null && fallback === null && isNeeded) {
      note(judged, { field: 'territory', found: '', code: 'import.territory_needed', params: {} })
    }
  }
}

/** Null, and the row is out, where the name means none or several. */
function idOf(
  judged: JudgedRow,
  found: string,
  named: ReadonlyMap<string, readonly string[]>,
): string | null {
  const [id, ...others] = named.get(keyOf(found)) ?? []
  if (id !== undefined && others.length === 0) return id
  const code = id === undefined ? 'import.territory_unknown' : 'import.territory_ambiguous'
  note(judged, { field: 'territory', found, code, params: { found } })
  return null
}

function idsByName(territories: readonly KnownTerritory[]): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>()
  for (const { id, name, path } of territories) {
    for (const key of new Set([keyOf(name), keyOf(path)])) named.set(key, [...(named.get(key) ?? []), id])
  }
  return named
}

/** 华东/上海 and 华东 / 上海 are one path. */
function keyOf(name: string): string {
  return tidyName(name)
    .replace(/\s*\/\s*/g, '/')
    .toLowerCase()
}
