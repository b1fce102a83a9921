import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { importWords } from './import.words.ts'
import { importRunWords } from './import-run.words.ts'

const words = { ...importWords, ...importRunWords }
/** Names of acts in the audit. */
const acts = ['import.run', 'import.undo']

it('every code that reading or importing a file can give has its text', () => {
  const files = ['src/server/spreadsheet', 'src/features/imports'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^(?!.*\.(?:test|words)\.ts$)/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  const codes = new Set(
    files.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=')import\.[a-z_0-9]+(?=')/g) ?? []),
  )
  expect(codes.size).toBeGreaterThan(40)
  expect([...codes].filter((code) => !acts.includes(code) && !Object.hasOwn(words, code))).toEqual([])
})
