// Who is signed in, and the ways in and out.
import type { Role } from '#core/role.ts'
import type { Lease } from '#sync/protocol.ts'
import { call } from './api.ts'

export interface SessionOptions {
  /** The server carries the demo: its logins are offered. */
  readonly demo: boolean
  /** Nobody has set the server up yet. */
  readonly setUpNeeded: boolean
}

export function sessionOptions(): Promise<SessionOptions> {
  return call('/api/session/options')
}

export interface Me {
  readonly user: { readonly email: string; readonly twoFactorEnabled: boolean }
  readonly lease: Lease
  /** Unwraps the key of this member's devices; null for a program. To be given to the device and kept nowhere. */
  readonly unlock: string | null
}

/** @throws Refused `session.required` when nobody is signed in */
export function whoAmI(): Promise<Me> {
  return call('/api/me')
}

/** @returns whether the second factor is still to come. @throws Refused `sign_in.refused`, `rate_limited` */
export async function signIn(email: string, password: string): Promise<'done' | 'second_factor'> {
  const answer = await call<{ readonly twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', {
    method: 'POST',
    body: { email: email.trim(), password },
  })
  return answer.twoFactorRedirect === true ? 'second_factor' : 'done'
}

/** @throws Refused `two_factor.wrong_code`, `two_factor.locked`, `two_factor.start_again` */
export async function verifyCode(code: string): Promise<void> {
  await call('/api/auth/two-factor/verify-totp', { method: 'POST', body: { code } })
}

/** In place of a code, when the phone is lost. @throws Refused as `verifyCode` does */
export async function verifyBackupCode(code: string): Promise<void> {
  await call('/api/auth/two-factor/verify-backup-code', { method: 'POST', body: { code: code.trim() } })
}

export async function endSession(): Promise<void> {
  await call('/api/auth/sign-out', { method: 'POST', body: {} })
}

export interface SetUp {
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Makes the organisation and its first administrator, who is then signed in. @throws Refused `set_up.done_already` */
export async function setUp({ organisation, name, email, password }: SetUp): Promise<void> {
  await call('/api/set-up', { method: 'POST', body: { organisation, name, email, password } })
}

export interface Invitation {
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
}

/** @throws Refused `link.not_valid` when it was used, has run out or never was */
export function invitationOf(token: string): Promise<Invitation> {
  return call(`/api/invitations/${encodeURIComponent(token)}`)
}

/** Sets the password of a link's holder, who is then signed in. @throws Refused `link.not_valid` */
export async function acceptInvitation(token: string, password: string): Promise<void> {
  await call(`/api/invitations/${encodeURIComponent(token)}`, { method: 'POST', body: { password } })
}

export interface SecondFactor {
  /** `otpauth://…`, for the QR code. */
  readonly totpURI: string
  /** Each works once, for the day the phone is lost. */
  readonly backupCodes: readonly string[]
}

/** Begins the second factor; it counts after `verifyCode`. @throws Refused `account.wrong_password` */
export function beginSecondFactor(password: string): Promise<SecondFactor> {
  return call('/api/auth/two-factor/enable', { method: 'POST', body: { password } })
}

export async function endSecondFactor(password: string): Promise<void> {
  await call('/api/auth/two-factor/disable', { method: 'POST', body: { password } })
}

/** Every other session of this person ends with it. @throws Refused `account.wrong_password` */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call('/api/auth/change-password', { method: 'POST', body: { currentPassword, newPassword } })
}

/** Somewhere this person is signed in. */
export interface Session {
  readonly id: string
  readonly createdAt: string
  readonly usedAt: string
  readonly address: string | null
  /** What the browser calls itself. */
  readonly agent: string | null
  readonly isThisOne: boolean
}

export async function ownSessions(): Promise<readonly Session[]> {
  const { sessions } = await call<{ readonly sessions: readonly Session[] }>('/api/auth/list-sessions')
  return sessions
}

export async function endOneSession(id: string): Promise<void> {
  await call(`/api/auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export async function endOtherSessions(): Promise<void> {
  await call('/api/auth/revoke-other-sessions', { method: 'POST', body: {} })
}

export interface ApiToken {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
}

export async function apiTokens(): Promise<readonly ApiToken[]> {
  const { tokens } = await call<{ readonly tokens: readonly ApiToken[] }>('/api/tokens')
  return tokens
}

/** @returns the token itself, which is shown once and kept nowhere. */
export async function createApiToken(name: string): Promise<string> {
  const { token } = await call<{ readonly token: string }>('/api/tokens', { method: 'POST', body: { name } })
  return token
}

export async function revokeApiToken(id: string): Promise<void> {
  await call(`/api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
