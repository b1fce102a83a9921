import type { Words } from '#core/words.ts'
import { accountWords } from '#features/access/account.words.ts'
import { memberWords } from '#features/access/member.words.ts'
import { commitmentWords } from '#features/commitments/commitment.words.ts'
import { conflictWords } from '#features/conflicts/conflict.words.ts'
import { affiliationWords, customerWords } from '#features/customers/customer.words.ts'
import { importWords } from '#features/imports/import.words.ts'
import { importRunWords } from '#features/imports/import-run.words.ts'
import { departmentWords, institutionWords } from '#features/institutions/institution.words.ts'
import { territoryWords } from '#features/territories/territory.words.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { syncWords } from '#sync/sync.words.ts'
import { problemWords } from '#web/problem.words.ts'
import { accessWords } from './screens/access.words.ts'

/**
 * The texts of what is known only by its code: refusals, labels of fields and options, names of acts. A
 * subject is added here and in `registry.ts`. Texts that only one screen uses stay with the screen.
 */
export const catalogue: Words = together([
  accessWords,
  accountWords,
  affiliationWords,
  commitmentWords,
  conflictWords,
  customerWords,
  departmentWords,
  importRunWords,
  importWords,
  institutionWords,
  memberWords,
  problemWords,
  syncWords,
  territoryWords,
  visitWords,
])

/** @throws Error when two files say different things under one key */
function together(all: readonly Words[]): Words {
  const texts = new Map<string, Words[string]>()
  for (const [key, text] of all.flatMap((words) => Object.entries(words))) {
    const known = texts.get(key)
    if (known && (known['zh-CN'] !== text['zh-CN'] || known.en !== text.en)) {
      throw new Error(`two texts for ${key}`)
    }
    texts.set(key, text)
  }
  return Object.fromEntries(texts)
}
