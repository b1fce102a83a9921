import { type Parsed, parsed, unreadable, type ValueProblem, warning } from './import-problem.rules.ts'
import { isNothing, tidyText } from './import-text.rules.ts'

/** Mainland and islands, with a little margin: longitude 73 to 136, latitude 3 to 54. The two do not overlap. */
const longitudes = { min: 73, max: 136 }
const latitudes = { min: 3, max: 54 }

/** Decimal degrees, or degrees, minutes and seconds: 116.240227, 116°14′24.8″E. */
export function parseDegrees(cell: string): Parsed<number> {
  const text = tidyText(cell)
  if (isNothing(text)) return parsed<number>(null)
  const decimal = /^[东北]?(?:经|纬)?\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[EN]?$/i.exec(text)
  if (decimal?.[1] !== undefined) return parsed(Number(decimal[1]))
  const parts =
    /^[东北]?(?:经|纬)?\s*(\d{1,3})[°度]\s*(\d{1,2})['′分]\s*(?:(\d{1,2}(?:\.\d+)?)(?:["″秒]|''|′′)?)?\s*[EN]?$/i.exec(
      text,
    )
  if (parts === null) return unreadable('import.coordinate_unreadable', { found: text.slice(0, 40) })
  const [degrees = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return parsed(Math.round((degrees + minutes / 60 + seconds / 3_600) * 1e6) / 1e6)
}

export interface Position {
  readonly longitude: number | null
  readonly latitude: number | null
  readonly problems: readonly ValueProblem[]
}

/** Longitude and latitude together: exchanged ones change places, and a place outside China is an error. */
export function checkPosition(longitude: number | null, latitude: number | null): Position {
  const none = { longitude: null, latitude: null }
  if (longitude === null && latitude === null) return { ...none, problems: [] }
  // 0, 0 is how maps say that they found nothing.
  if (longitude === 0 && latitude === 0)
    return { ...none, problems: [warning('import.coordinates_zero', {})] }
  if (longitude === null || latitude === null) {
    return {
      ...none,
      problems: [warning('import.coordinates_incomplete', { found: longitude ?? latitude ?? 0 })],
    }
  }
  if (isWithin(longitude, longitudes) && isWithin(latitude, latitudes))
    return { longitude, latitude, problems: [] }
  const found = `${longitude}, ${latitude}`
  if (isWithin(latitude, longitudes) && isWithin(longitude, latitudes)) {
    const problems = [warning('import.coordinates_swapped', { found })]
    return { longitude: latitude, latitude: longitude, problems }
  }
  return { ...none, problems: unreadable('import.coordinates_outside', { found }).problems }
}

function isWithin(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value >= min && value <= max
}
