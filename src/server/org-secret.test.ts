import { expect, test } from 'vitest'
import { newSecret, readSecret } from './org-secret.ts'

const orgId = '0192f5a0-0000-7000-8000-00000000000a'

test('a secret tells its organisation and its hash', () => {
  const { secret, hash } = newSecret(orgId)
  expect(readSecret(secret)).toEqual({ orgId, hash })
})

test('two secrets differ and what is kept of one does not contain it', () => {
  const one = newSecret(orgId)
  const other = newSecret(orgId)
  expect(one.secret).not.toBe(other.secret)
  expect(one.hash.toString('base64url')).not.toContain(one.secret.slice(0, 20))
})

test.each(['', 'short', `${'a'.repeat(63)}!`, 'a'.repeat(65), `${'a'.repeat(60)}/../`])(
  '%j is no secret',
  (text) => {
    expect(readSecret(text)).toBeNull()
  },
)
