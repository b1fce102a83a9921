// A form that tells each problem at its field: silent until the first attempt to save, then live.
import { useState } from 'react'
import { problemsOf } from '#core/check.ts'
import type { Fields } from '#core/field.ts'
import { useLanguage } from './language.tsx'
import { problemText } from './refusal-text.ts'

interface FormProblems<K extends string> {
  /** The text under a field; null while it is fine or nobody has tried to save. */
  readonly problem: (name: K) => string | null
  /** Whether everything can be saved; from now on problems are shown, and the first field with one takes the focus. */
  readonly check: () => boolean
}

/** Checks `values` against their fields. Texts that are empty count as absent. */
export function useFormProblems<F extends Fields>(
  fields: F,
  values: { readonly [K in keyof F]: unknown },
): FormProblems<keyof F & string> {
  const { language } = useLanguage()
  const [isShown, show] = useState(false)
  const first = (name: keyof F & string) => {
    const field = fields[name]
    const value = values[name]
    const problem = field && problemsOf(field, value === '' ? null : value, name)[0]
    return problem ? problemText({ ...problem }, language) : null
  }
  return {
    problem: (name) => (isShown ? first(name) : null),
    check: () => {
      show(true)
      const isFine = Object.keys(fields).every((name) => first(name) === null)
      if (!isFine) requestAnimationFrame(focusFirstProblem)
      return isFine
    },
  }
}

function focusFirstProblem(): void {
  const invalid = document.querySelector('dialog[open] [aria-invalid="true"], [aria-invalid="true"]')
  if (invalid instanceof HTMLElement) invalid.focus()
}
