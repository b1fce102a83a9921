// better-auth as we use it: its options and its tables in the schema `auth`. Nothing of it is on the network but
// what accounts.ts calls.
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'

/** Shortest and longest password, in UTF-16 units. */
export const passwordLimits = { min: 10, max: 200 }

/** A session ends when it has not been used for this long. */
const sessionSeconds = 30 * 86_400

export type AuthOptions = {
  /** As the owner, with the search path set to `auth`. */
  readonly pool: Pool
  readonly publicUrl: string
  readonly secret: string
  /** Whether the person behind this account may have a session now. */
  readonly maySignIn: (authUserId: string) => Promise<boolean>
  /** Told what better-auth complains of; the text names no person. */
  readonly warn: (message: string) => void
}

/** The header by which we tell better-auth the address of the caller; what the caller sends is not handed on. */
export const addressHeader = 'x-rapport-address'

export const cookiePrefix = 'rapport'

export type Auth = ReturnType<typeof openAuth>

/** The options are also what the schema test compares the migrated database with. */
export function authOptions({ pool, publicUrl, secret, maySignIn, warn }: AuthOptions) {
  return {
    appName: 'Rapport',
    baseURL: publicUrl,
    secret,
    database: pool,
    emailAndPassword: {
      enabled: true,
      // Accounts come by set-up, invitation, command line or demo.
      disableSignUp: true,
      minPasswordLength: passwordLimits.min,
      maxPasswordLength: passwordLimits.max,
    },
    user: {
      // The member this account belongs to; never given from outside.
      additionalFields: {
        orgId: { type: 'string', required: true, input: false },
        memberId: { type: 'string', required: true, input: false },
      },
    },
    // Sessions are remembered in our own memory (sessions.ts): better-auth's cookie cache would let a copied
    // cookie live on for minutes after sign-out.
    session: { expiresIn: sessionSeconds, updateAge: 86_400, cookieCache: { enabled: false } },
    plugins: [twoFactor({ issuer: 'Rapport' })],
    databaseHooks: {
      session: { create: { before: async ({ userId }: { userId: string }) => maySignIn(userId) } },
    },
    // Counted by us, by address and account; better-auth counts only requests to its own router.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages only: arguments may hold what somebody typed.
    logger: { level: 'error', log: (_level: string, message: string) => warn(message) },
    advanced: {
      cookiePrefix,
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => uuidv7(), validateSchema: false },
    },
  } satisfies BetterAuthOptions
}

export function openAuth(options: AuthOptions) {
  return betterAuth(authOptions(options))
}
