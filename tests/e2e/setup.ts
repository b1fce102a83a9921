// Runs once before the browser tests: the product with its demo, as a newcomer sees it.
import type { TestProject } from 'vitest/node'
import { startRapport } from '#tests/kit/rapport.ts'

declare module 'vitest' {
  interface ProvidedContext {
    rapport: { readonly url: string; readonly dataFolder: string }
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const rapport = await startRapport()
  project.provide('rapport', { url: rapport.url, dataFolder: rapport.dataFolder })
  return rapport.dispose
}
