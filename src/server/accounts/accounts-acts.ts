// The only doors to better-auth. What it answers is cut down to what screens need, so that no token reaches them.

import { checkFields } from '#core/check.ts'
import { type Fields, flag, maybe, text } from '#core/field.ts'
import type { Json, JsonObject } from '#core/json.ts'
import { Refused } from '#core/refused.ts'
import { type Auth, passwordLimits } from './accounts-auth.ts'
import { type Caller, headersOf } from './sessions.ts'

export type ActAnswer = {
  readonly body: Json
  /** `Set-Cookie` headers to hand on. */
  readonly cookies: readonly string[]
}

type Call = { readonly headers: Headers; readonly body: JsonObject }

type Act = {
  readonly fields: Fields
  /** Calls better-auth; `body` holds exactly these fields. */
  readonly call: (auth: Auth, call: Call) => Promise<Response>
  readonly answer?: (body: JsonObject) => Json
}

// A wrong password is wrong however short; only a new one has a least length.
const password = text({ max: passwordLimits.max })
const code = text({ max: 40 })
const trustDevice = maybe(flag())

export type AccountAct =
  | 'sign-in/email'
  | 'sign-out'
  | 'change-password'
  | 'two-factor/enable'
  | 'two-factor/disable'
  | 'two-factor/verify-totp'
  | 'two-factor/verify-backup-code'
  | 'two-factor/generate-backup-codes'

/** What a person can do with his own account, by the path below `/api/auth/`. */
export const accountActs: { readonly [A in AccountAct]: Act } = {
  'sign-in/email': {
    fields: { email: text({ max: 254 }), password },
    call: (auth, { headers, body }) =>
      auth.api.signInEmail({
        headers,
        asResponse: true,
        body: { email: textIn(body, 'email'), password: textIn(body, 'password') },
      }),
    answer: ({ twoFactorRedirect }) => ({ twoFactorRedirect: twoFactorRedirect === true }),
  },
  'sign-out': {
    fields: {},
    call: (auth, { headers }) => auth.api.signOut({ headers, asResponse: true }),
  },
  'change-password': {
    fields: { currentPassword: password, newPassword: text(passwordLimits) },
    call: (auth, { headers, body }) =>
      auth.api.changePassword({
        headers,
        asResponse: true,
        body: {
          currentPassword: textIn(body, 'currentPassword'),
          newPassword: textIn(body, 'newPassword'),
          // Whoever knew the old one is out.
          revokeOtherSessions: true,
        },
      }),
  },
  'two-factor/enable': {
    fields: { password },
    call: (auth, { headers, body }) =>
      auth.api.enableTwoFactor({
        headers,
        asResponse: true,
        body: { password: textIn(body, 'password'), method: 'totp' },
      }),
    answer: ({ totpURI, backupCodes }) => ({ totpURI: totpURI ?? null, backupCodes: backupCodes ?? [] }),
  },
  'two-factor/disable': {
    fields: { password },
    call: (auth, { headers, body }) =>
      auth.api.disableTwoFactor({ headers, asResponse: true, body: { password: textIn(body, 'password') } }),
  },
  'two-factor/verify-totp': {
    fields: { code, trustDevice },
    call: (auth, { headers, body }) =>
      auth.api.verifyTOTP({
        headers,
        asResponse: true,
        body: { code: textIn(body, 'code'), trustDevice: body.trustDevice === true },
      }),
  },
  'two-factor/verify-backup-code': {
    fields: { code, trustDevice },
    call: (auth, { headers, body }) =>
      auth.api.verifyBackupCode({
        headers,
        asResponse: true,
        body: { code: textIn(body, 'code'), trustDevice: body.trustDevice === true },
      }),
  },
  'two-factor/generate-backup-codes': {
    fields: { password },
    call: (auth, { headers, body }) =>
      auth.api.generateBackupCodes({
        headers,
        asResponse: true,
        body: { password: textIn(body, 'password') },
      }),
    answer: ({ backupCodes }) => ({ backupCodes: backupCodes ?? [] }),
  },
}

/** better-auth's codes → ours. What is not here is answered as malformed input, or is a bug. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['INVALID_EMAIL_OR_PASSWORD', 'sign_in.refused'],
  // Told apart, they would say which addresses have an account or belong to somebody who has left.
  ['INVALID_EMAIL', 'sign_in.refused'],
  ['FAILED_TO_CREATE_SESSION', 'sign_in.refused'],
  ['UNAUTHORIZED', 'session.required'],
  ['INVALID_PASSWORD', 'account.wrong_password'],
  ['INVALID_CODE', 'two_factor.wrong_code'],
  ['INVALID_BACKUP_CODE', 'two_factor.wrong_code'],
  ['INVALID_TWO_FACTOR_COOKIE', 'two_factor.start_again'],
  ['TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE', 'two_factor.start_again'],
  ['ACCOUNT_TEMPORARILY_LOCKED', 'two_factor.locked'],
  ['TOTP_ALREADY_ENABLED', 'two_factor.already_enabled'],
  ['TOTP_NOT_ENABLED', 'two_factor.not_enabled'],
  ['TWO_FACTOR_NOT_ENABLED', 'two_factor.not_enabled'],
  ['BACKUP_CODES_NOT_ENABLED', 'two_factor.not_enabled'],
])

/** @throws Refused what is wrong with the input, or why better-auth does not do it */
export async function callAct(
  auth: Auth,
  { fields, call, answer }: Act,
  { input, caller }: { readonly input: unknown; readonly caller: Caller },
): Promise<ActAnswer> {
  checkFields(fields, input ?? {})
  const response = await call(auth, { headers: headersOf(caller), body: asGiven(input) })
  const body = asGiven(await response.json())
  if (!response.ok) throw refusalOf(response.status, body)
  return { body: answer?.(body) ?? {}, cookies: response.headers.getSetCookie() }
}

function refusalOf(status: number, { code }: JsonObject): Error {
  const known = typeof code === 'string' ? refusals.get(code) : undefined
  if (known !== undefined) return new Refused(known)
  if (status < 500) return new Refused('input.malformed')
  return new Error(`better-auth answered ${status} ${String(code)}`)
}

/** Spaces at the ends of a password count, so values are taken as they were given, once they have been checked. */
function asGiven(input: unknown): JsonObject {
  // An object out of JSON: of ours, checked by checkFields, or better-auth's answer.
  return typeof input === 'object' && input !== null ? (input as JsonObject) : {}
}

function textIn(body: JsonObject, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? (name === 'email' ? value.trim() : value.normalize('NFC')) : ''
}
