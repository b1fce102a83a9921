// Narrower than what mail servers take and than what accounts sign in with, so that nobody is entered who could not
// sign in.
const shape = /^[\w+-]+(?:[.'][\w+-]+)*@(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i

/** Whether a text is an e-mail address to sign in with. */
export function isEmail(input: string): boolean {
  return shape.test(input)
}
