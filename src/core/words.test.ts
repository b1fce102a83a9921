import { expect, test } from 'vitest'
import { fill } from './words.ts'

test('parameters are put in; one that is missing stays visible', () => {
  expect(fill('{count} 个承诺今天到期，{who}', { count: 2 })).toBe('2 个承诺今天到期，{who}')
})
