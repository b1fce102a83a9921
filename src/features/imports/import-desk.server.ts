// The steps of an import as people take them: hand in, look, say otherwise, bring in. Screen and command line alike.
import type { Readable } from 'node:stream'
import type { JsonObject } from '#core/json.ts'
import { notFound, Refused } from '#core/refused.ts'
import type { Role } from '#core/role.ts'
import type { Principal, ServerDeps } from '#sync/server/principal.ts'
import { type ImportChoices, noChoices } from './import-choices.rules.ts'
import { type Draft, DraftFolder } from './import-draft.server.ts'
import type { Existing } from './import-existing.rules.ts'
import { existingCustomers, existingInstitutions, knownTerritories } from './import-existing.server.ts'
import { readList } from './import-reading.server.ts'
import { mayImport } from './import-rights.rules.ts'
import { importTargets } from './import-run.entity.ts'
import { doneImport, runImport } from './import-run.server.ts'
import { type Undone, undoImport } from './import-undo.server.ts'
import type { Examined, FaultyRows, ImportTargetName, ImportView } from './import-view.rules.ts'

export interface HandedIn {
  readonly id: string
  readonly fileName: string
  readonly view: ImportView
}

/** Where lists are handed in. Whoever may not import is told that there is nothing: `not_found`. */
export class ImportDesk {
  readonly #deps: ServerDeps
  readonly #drafts: DraftFolder

  /** @param folder for files that were handed in; made when needed, theirs alone */
  constructor(deps: ServerDeps, folder: string) {
    this.#deps = deps
    this.#drafts = new DraftFolder(folder)
  }

  /** What this member may bring in. @throws Refused `not_found` when nothing */
  mayImport({ roles }: { readonly roles: readonly Role[] }): readonly ImportTargetName[] {
    const { mutations } = this.#deps.registry
    const allowed = importTargets.filter((target) => mayImport(roles, target, mutations))
    if (allowed.length === 0) throw notFound('import_run')
    return allowed
  }

  /**
   * Keeps the file for a day and says what it holds. A file that cannot be an import is not kept.
   * @throws Refused what is wrong with the file
   */
  async handIn(
    principal: Principal,
    given: { readonly target: ImportTargetName; readonly fileName: string; readonly choices?: ImportChoices },
    content: Readable,
  ): Promise<HandedIn> {
    if (!this.mayImport(principal).includes(given.target)) throw notFound('import_run')
    const { orgId, userId } = principal
    const fileName = shownName(given.fileName)
    const draft: Draft = { id: this.#deps.newId(), orgId, userId, fileName, target: given.target }
    try {
      await this.#drafts.keep(draft, content)
      const { view } = await this.#look(draft, given.choices ?? noChoices)
      return { id: draft.id, fileName, view }
    } catch (error) {
      await this.#drafts.remove(draft)
      throw error
    }
  }

  /** The list as it would be brought in with these choices. @throws Refused `not_found` after a day */
  async preview(principal: Principal, id: string, choices: ImportChoices): Promise<HandedIn> {
    const draft = await this.#open(principal, id)
    const { view } = await this.#look(draft, choices)
    return { id, fileName: draft.fileName, view }
  }

  /** Brings the list in; once, however often it is asked. @throws Refused what stands in the way, and nothing is written */
  async run(principal: Principal, id: string, choices: ImportChoices): Promise<JsonObject> {
    this.mayImport(principal)
    const done = await doneImport(this.#deps, principal, id)
    if (done !== null) return done
    const draft = await this.#open(principal, id)
    const examined = await this.#look(draft, choices)
    const [blocked] = examined.view.blocked
    if (blocked !== undefined) throw new Refused(blocked.code, blocked.details)
    return runImport(this.#deps, principal, { id, fileName: draft.fileName, examined })
  }

  /** The rows that did not come in, each with what is wrong with it. */
  async problems(principal: Principal, id: string): Promise<FaultyRows & { readonly fileName: string }> {
    const draft = await this.#open(principal, id)
    return { ...(await this.#drafts.faulty(draft)), fileName: draft.fileName }
  }

  /** @throws Refused see undoImport */
  async undo(principal: Principal, id: string): Promise<Undone> {
    this.mayImport(principal)
    const run = await doneImport(this.#deps, principal, id)
    const allowed: readonly unknown[] = this.mayImport(principal)
    if (run === null || !allowed.includes(run.target)) throw notFound('import_run')
    return undoImport(this.#deps, principal, id)
  }

  async #open(principal: Principal, id: string): Promise<Draft> {
    const draft = await this.#drafts.open(id, principal)
    if (!this.mayImport(principal).includes(draft.target)) throw notFound('import_run')
    return draft
  }

  async #look(draft: Draft, choices: ImportChoices): Promise<Examined> {
    const { pool } = this.#deps
    const { orgId, target, fileName } = draft
    const [institutions, territories] = await Promise.all([
      existingInstitutions(pool, orgId),
      knownTerritories(pool, orgId),
    ])
    const customers: Existing['customers'] = (names, mobiles) =>
      existingCustomers(pool, orgId, { names, mobiles })
    const path = this.#drafts.fileOf(draft)
    const existing = { institutions, territories }
    const examined = await readList({ path, fileName, target, choices, existing }, customers)
    // What the law forbids to collect does not stay for a day either.
    if (examined.view.columns.some(({ forbidden }) => forbidden !== null)) await this.#drafts.remove(draft)
    else await this.#drafts.keepFaulty(draft, examined.faulty)
    return examined
  }
}

/** The name without a path, without what cannot be shown, of bounded length. */
function shownName(given: string): string {
  const [last = ''] = given.split(/[\\/]/).slice(-1)
  const name = last.normalize('NFC').replace(/\p{C}/gu, '').trim()
  return name === '' ? '名单' : name.slice(-200)
}
