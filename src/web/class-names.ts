/** The class names that apply, joined; CSS modules type every name as possibly absent. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
