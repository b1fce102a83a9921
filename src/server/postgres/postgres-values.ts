// How values come out of Postgres here, for our pools only: other users of `pg` in the process keep theirs.
import pg from 'pg'

const INT8 = 20
const DATE = 1082
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
// Declared a number because the driver's typings list no array types.
const TEXT_ARRAY: number = 1009
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182
const TIMESTAMPTZ_ARRAY = 1185

type Parse = (text: string) => unknown

const PARSERS = new Map<number, Parse>([
  [INT8, safeInteger],
  [DATE, asWritten],
  [TIMESTAMP, asWritten],
  [TIMESTAMPTZ, instant],
  [INT8_ARRAY, arrayOf(safeInteger)],
  [DATE_ARRAY, arrayOf(asWritten)],
  [TIMESTAMPTZ_ARRAY, arrayOf(instant)],
])

/** For the `types` option of a pool: bigint as number, date as '2026-08-31', timestamptz as instant text. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : PARSERS.get(oid)
    // Overloaded per format in the typings; a parser of either format takes what the driver hands it.
    return (
      own ??
      (format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text'))
    )
  },
}

/** The driver takes the array apart as one of texts; its items, nested ones too, are then read as what they are. */
function arrayOf(parse: Parse): Parse {
  const read = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(read)
    return typeof item === 'string' ? parse(item) : item
  }
  return (text) => read(pg.types.getTypeParser(TEXT_ARRAY, 'text')(text))
}

function asWritten(text: string): string {
  return text
}

/** A bigint as a number; throws rather than give a wrong one. */
export function safeInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new Error(`${text} from the database is too large for a number`)
}

/** '2026-08-31 09:30:00.5+00' → '2026-08-31T09:30:00.500Z', as `Date.toISOString` writes it; microseconds are cut. */
export function instant(text: string): string {
  const isPlainUtc = text.endsWith('+00') && text.charCodeAt(10) === 32 && text.length >= 22
  if (isPlainUtc) return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds(text)}Z`
  // Another time zone, a year beyond 9999, infinity: rare, so worth a real parser.
  const date = pg.types.getTypeParser(TIMESTAMPTZ, 'text')(text)
  return date instanceof Date ? date.toISOString() : text
}

function milliseconds(text: string): string {
  return text.charAt(19) === '.' ? text.slice(20, -3).slice(0, 3).padEnd(3, '0') : '000'
}
