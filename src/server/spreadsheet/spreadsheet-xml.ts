import { SaxesParser } from 'saxes'
import { Refused } from '#core/refused.ts'

export type XmlAttributes = { readonly [name: string]: string }

/** What a reader of one part listens to. Names come without their namespace prefix. */
export interface XmlListener {
  readonly open?: (name: string, attributes: XmlAttributes) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** A tag or a piece of text longer than this is no spreadsheet's; the parser would keep it all in memory. */
const longestToken = 4_000_000

/**
 * Reads one XML part as it is unpacked. A document type, and with it every entity of its own making (entity
 * bombs, files of this machine), is refused: office documents have none.
 *
 * @throws Refused `import.damaged` with the part's name; whatever the listener throws
 */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  listener: XmlListener,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let sinceToken = 0
  const refuse = (): never => {
    throw new Refused('import.damaged', { part })
  }
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('opentag', ({ name, attributes }) => {
    sinceToken = 0
    listener.open?.(localName(name), localNames(attributes))
  })
  parser.on('closetag', ({ name }) => {
    sinceToken = 0
    listener.close?.(localName(name))
  })
  if (listener.text !== undefined) {
    parser.on('text', listener.text)
    parser.on('cdata', listener.text)
  }
  let decoder: TextDecoder | null = null
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(isUtf16(chunk) ? 'utf-16le' : 'utf-8')
    sinceToken += chunk.length
    parser.write(decoder.decode(chunk, { stream: true }))
    if (sinceToken > longestToken) refuse()
  }
  parser.write(decoder?.decode() ?? '')
  parser.close()
}

function isUtf16(chunk: Uint8Array): boolean {
  return chunk[0] === 0xff && chunk[1] === 0xfe
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function localNames(attributes: XmlAttributes): XmlAttributes {
  const names = Object.keys(attributes)
  if (!names.some((name) => name.includes(':'))) return attributes
  // `r:id` is asked for as `id`; an attribute's own plain name wins over a prefixed one.
  const prefixed = names.filter((name) => name.includes(':'))
  return {
    ...Object.fromEntries(prefixed.map((name) => [localName(name), attributes[name] ?? ''])),
    ...attributes,
  }
}
