// What the server knows a member's devices by, and what it gives them, without keeping anything of it: both follow from
// its secret.
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface MemberPasses {
  /** Says whose device it is. Nobody can make one for somebody else; it opens nothing by itself. */
  passOf(orgId: string, memberId: string): string
  /** Null for what is no pass of this server. */
  holderOf(pass: string): { readonly orgId: string; readonly memberId: string } | null
  /** 64 hexadecimal digits that unwrap the key of the member's devices; only for whoever has just proven who he is. */
  unlockOf(orgId: string, memberId: string): string
}

export function memberPasses(secret: string): MemberPasses {
  const digest = (what: 'pass' | 'unlock', orgId: string, memberId: string) =>
    createHmac('sha256', secret).update(`rapport ${what} ${orgId} ${memberId}`).digest('hex')
  const passOf = (orgId: string, memberId: string) =>
    `${orgId}.${memberId}.${digest('pass', orgId, memberId)}`
  return {
    passOf,
    holderOf(pass) {
      const [orgId = '', memberId = ''] = pass.split('.')
      const expected = Buffer.from(passOf(orgId, memberId))
      const given = Buffer.from(pass)
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
      return isOurs ? { orgId, memberId } : null
    },
    unlockOf: (orgId, memberId) => digest('unlock', orgId, memberId),
  }
}
