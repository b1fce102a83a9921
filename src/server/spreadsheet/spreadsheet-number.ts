// A number in a workbook, written as its reader sees it: dates as dates, postal codes with their zeros,
// telephone numbers with all digits.

/** How a cell's style shows a number. `padded`: at least so many digits, 00420. */
export type NumberShape =
  | { readonly kind: 'plain' }
  | { readonly kind: 'moment' }
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'percent' }

const plain: NumberShape = { kind: 'plain' }
const moment: NumberShape = { kind: 'moment' }

/** The shape of one of the formats that Excel knows by number: 14–22 and 45–47, and 27–36, 50–58 in Chinese. */
export function builtInShape(id: number): NumberShape {
  if (id === 9 || id === 10) return { kind: 'percent' }
  const isMoment =
    (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
  return isMoment ? moment : plain
}

/** The shape of a written format: `yyyy"年"m"月"d"日"`, `000000`, `0.0%`. */
export function writtenShape(format: string): NumberShape {
  const code = (format.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*./g, '')
  const zeros = /^(?:\[[^\]]*\])*(0{2,})$/.exec(code)
  if (zeros?.[1] !== undefined) return { kind: 'padded', digits: zeros[1].length }
  if (code.includes('%')) return { kind: 'percent' }
  const elapsed = /\[(h+|m+|s+)\]/i.test(code)
  // Colours, conditions and locales stand in brackets; `General` has none of the letters of a date.
  return elapsed || /[ymdhs]/i.test(code.replace(/\[[^\]]*\]|general|e[+-]/gi, '')) ? moment : plain
}

/** The text of a number as the file writes it (`1.3800138E10`, `45356`). Null when it is no number. */
export function numberText(raw: string, shape: NumberShape, from1904: boolean): string | null {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return null
  switch (shape.kind) {
    case 'moment':
      return momentText(value, from1904) ?? decimalText(value)
    case 'percent':
      return `${decimalText(value * 100)}%`
    case 'padded':
      return Number.isInteger(value) && value >= 0
        ? decimalText(value).padStart(shape.digits, '0')
        : decimalText(value)
    case 'plain':
      return decimalText(value)
  }
}

/** Excel keeps 15 digits; a longer whole number has lost its end before the file was saved. */
export function hasLostDigits(text: string): boolean {
  return /^-?\d{16,}$/.test(text)
}

/** Never with an exponent, and without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
function decimalText(value: number): string {
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  if (!text.includes('e')) return text
  if (Math.abs(rounded) >= 1) return BigInt(rounded).toString()
  return rounded.toFixed(20).replace(/0+$/, '')
}

const dayMs = 86_400_000
/** 9999-12-31, the last day a spreadsheet knows. */
const lastSerial = 2_958_465

function momentText(serial: number, from1904: boolean): string | null {
  const days = from1904 ? serial + 1_462 : serial
  if (days < 0 || days > lastSerial + 1) return null
  // To the second: 0.5 s of rounding error must not turn 08:00:00 into 07:59:59.
  const seconds = Math.round((days % 1) * 86_400)
  const whole = Math.floor(days) + (seconds === 86_400 ? 1 : 0)
  const clock = clockText(seconds % 86_400)
  if (whole === 0) return clock
  // Excel believes in 29 February 1900 (serial 60), so the days before it are counted from one day later.
  const epoch = Date.UTC(1899, 11, whole < 60 ? 31 : 30)
  const day = new Date(epoch + whole * dayMs).toISOString().slice(0, 10)
  return seconds % 86_400 === 0 ? day : `${day} ${clock}`
}

function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}`
  return seconds % 60 === 0 ? minutes : `${minutes}:${two(seconds % 60)}`
}
