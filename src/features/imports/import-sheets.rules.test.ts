import { expect, it } from 'vitest'
import { customerTarget } from './customer-target.rules.ts'
import { proposeSheet } from './import-rows.rules.ts'
import { problemSheet, templateSheet } from './import-sheets.rules.ts'
import { institutionTarget } from './institution-target.rules.ts'

it('rows go back as they were handed in, with what is wrong behind them', () => {
  const problem = { field: 'name', found: '', severity: 'error' as const, params: {} }
  const faulty = {
    headers: ['序号', '机构名称', '电话'],
    rows: [
      {
        line: 4,
        cells: ['2', '', '见官网'],
        problems: [
          { ...problem, code: 'import.value_missing' },
          { ...problem, code: 'import.phone_unreadable' },
        ],
      },
      { line: 7, cells: ['5'], problems: [] },
    ],
  }
  expect(problemSheet(faulty, { heading: '问题', of: ({ code }) => code })).toEqual([
    ['序号', '机构名称', '电话', '问题'],
    ['2', '', '见官网', 'import.value_missing\nimport.phone_unreadable'],
    ['5', '', '', ''],
  ])
})

it.each([
  ['institution', institutionTarget],
  ['customer', customerTarget],
] as const)(
  'every column of the template of a list of %s is known again, in both languages',
  (name, target) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const rows = templateSheet(name, language).map((cells, at) => ({ line: at + 1, cells }))
      const proposal = proposeSheet(rows, target)
      expect(proposal?.columns.map(({ field }) => field)).toEqual(target.fields.map((field) => field.name))
    }
  },
)
