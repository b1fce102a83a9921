import pg from 'pg'

/** The five-character SQLSTATE of an error from Postgres; '' for any other error. */
export function sqlState(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}
