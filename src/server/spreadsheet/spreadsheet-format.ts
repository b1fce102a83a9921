// What a file is by its content. The extension is a claim; 医院.xlsx is often a web page saved by another system.

export type FileFormat =
  | { readonly kind: 'zip' }
  | { readonly kind: 'text' }
  | { readonly kind: 'encrypted' }
  /** A spreadsheet that we do not read; saved as .xlsx we do. */
  | { readonly kind: 'unsupported'; readonly format: 'xls' | 'html' | 'xml' }
  | { readonly kind: 'foreign'; readonly format: string }

const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex')

const foreignMagic: readonly (readonly [string, Buffer])[] = [
  ['pdf', Buffer.from('%PDF-')],
  ['png', Buffer.from('89504e47', 'hex')],
  ['jpeg', Buffer.from('ffd8ff', 'hex')],
  ['gif', Buffer.from('GIF8')],
  ['gzip', Buffer.from('1f8b', 'hex')],
  ['rar', Buffer.from('Rar!')],
  ['7z', Buffer.from('377abcaf271c', 'hex')],
  ['rtf', Buffer.from('{\\rtf')],
  ['sqlite', Buffer.from('SQLite format 3\0')],
]

/** The first record (BOF) of Excel 2 to 4, which had no container around it. */
const oldExcel = [
  Buffer.from('09000400', 'hex'),
  Buffer.from('09020600', 'hex'),
  Buffer.from('09040600', 'hex'),
]

export function formatOf(bytes: Buffer): FileFormat {
  if (startsWith(bytes, Buffer.from('PK'))) return { kind: 'zip' }
  if (startsWith(bytes, compoundFile)) return compoundFormat(bytes)
  if (oldExcel.some((magic) => startsWith(bytes, magic))) return { kind: 'unsupported', format: 'xls' }
  const foreign = foreignMagic.find(([, magic]) => startsWith(bytes, magic))
  if (foreign !== undefined) return { kind: 'foreign', format: foreign[0] }
  return isText(bytes) ? markupFormat(bytes) : { kind: 'foreign', format: 'binary' }
}

/**
 * Excel 5 to 2003 and WPS's .et keep a stream `Book` or `Workbook` in an OLE container; a workbook with a
 * password is an `EncryptedPackage` in one. Directory entries are 128 bytes, aligned, name first in UTF-16.
 */
function compoundFormat(bytes: Buffer): FileFormat {
  const encrypted = Buffer.from('EncryptedPackage\0', 'utf16le')
  const books = [Buffer.from('Workbook\0', 'utf16le'), Buffer.from('Book\0', 'utf16le')]
  let found: FileFormat = { kind: 'foreign', format: 'ole' }
  for (let at = 512; at + 128 <= bytes.length; at += 128) {
    const entry = bytes.subarray(at, at + 64)
    if (startsWith(entry, encrypted)) return { kind: 'encrypted' }
    if (books.some((book) => startsWith(entry, book))) found = { kind: 'unsupported', format: 'xls' }
  }
  return found
}

/** Text has no control characters but tab and line ends. UTF-16 is known by its byte order mark only. */
function isText(bytes: Buffer): boolean {
  if (startsWith(bytes, Buffer.from('fffe', 'hex')) || startsWith(bytes, Buffer.from('feff', 'hex')))
    return true
  return !bytes
    .subarray(0, 65_536)
    .some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27))
}

function markupFormat(bytes: Buffer): FileFormat {
  const start = bytes
    .subarray(0, 2_000)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
  if (/^(<!doctype html|<html|<table|<meta|<head)/.test(start)) return { kind: 'unsupported', format: 'html' }
  if (start.includes('office:spreadsheet')) return { kind: 'unsupported', format: 'xml' }
  if (!/^<[!?a-z]/.test(start)) return { kind: 'text' }
  return start.includes('<html')
    ? { kind: 'unsupported', format: 'html' }
    : { kind: 'foreign', format: 'xml' }
}

function startsWith(bytes: Buffer, magic: Buffer): boolean {
  return bytes.length >= magic.length && bytes.subarray(0, magic.length).equals(magic)
}
