import type { JsonObject } from './json.ts'

/**
 * An expected "no": the act is understood and not allowed as it stands. It travels as `{ code, details }`
 * and looks the same whether the device or the server said it; the text for people is in `*.words.ts`
 * under the code. Anything else that is thrown is a bug.
 */
export class Refused extends Error {
  readonly code: string
  readonly details: JsonObject

  constructor(code: string, details: JsonObject = {}) {
    super(code)
    this.name = 'Refused'
    this.code = code
    this.details = details
  }
}

/** Not allowed and not there are one answer, so that nobody learns what exists by asking. */
export function notFound(entity: string): Refused {
  return new Refused('not_found', { entity })
}
