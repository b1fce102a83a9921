// The server's side of an import, as the screen calls it.
import type { JsonObject } from '#core/json.ts'
import type { Language } from '#core/words.ts'
import type { ImportChoices } from '#features/imports/import-choices.rules.ts'
import type { ImportTargetName, ImportView } from '#features/imports/import-view.rules.ts'
import { call, callWithFile } from '#web/api.ts'

export interface HandedIn {
  readonly id: string
  readonly fileName: string
  readonly view: ImportView
}

export interface Run {
  readonly id: string
  readonly createdAt: string
  readonly target: ImportTargetName
  readonly fileName: string
  readonly status: 'done' | 'undone'
  readonly readRows: number
  readonly createdRows: number
  readonly filledRows: number
  readonly passedRows: number
  readonly refusedRows: number
}

export interface Undone {
  readonly removed: number
  readonly restored: number
  readonly kept: readonly {
    readonly entity: string
    readonly id: string
    readonly name: string
    readonly why: 'changed' | 'in_use'
  }[]
}

export function importHistory(): Promise<{
  readonly may: readonly ImportTargetName[]
  readonly runs: readonly Run[]
}> {
  return call('/api/imports')
}

export function handIn(target: ImportTargetName, file: File): Promise<HandedIn> {
  return callWithFile(`/api/imports?target=${target}`, file)
}

export function lookAgain(id: string, choices: ImportChoices): Promise<HandedIn> {
  return call(`/api/imports/${id}/preview`, { method: 'POST', body: asJson(choices) })
}

export async function bringIn(id: string, choices: ImportChoices): Promise<Run> {
  const { run } = await call<{ readonly run: Run }>(`/api/imports/${id}/run`, {
    method: 'POST',
    body: asJson(choices),
  })
  return run
}

export function takeBack(id: string): Promise<Undone> {
  return call(`/api/imports/${id}/undo`, { method: 'POST', body: {} })
}

export function problemsLink(id: string, format: 'xlsx' | 'csv', language: Language): string {
  return `/api/imports/${id}/problems?format=${format}&language=${language}`
}

export function templateLink(target: ImportTargetName, language: Language): string {
  return `/api/imports/template?target=${target}&format=xlsx&language=${language}`
}

/** Choices hold JSON by construction. */
function asJson(choices: ImportChoices): JsonObject {
  return { ...choices } as JsonObject
}
