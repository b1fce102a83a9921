// The spreadsheets that go out: an empty list to fill in, and the rows that could not come in.
import type { Language } from '#core/words.ts'
import { customerTarget } from './customer-target.rules.ts'
import type { FaultyRows, ImportTargetName, ShownProblem } from './import-view.rules.ts'
import { institutionTarget } from './institution-target.rules.ts'

type Sheet = readonly (readonly string[])[]

/** Fictitious, and says so: whoever leaves it in the list sees it in the preview. */
const examples: { readonly [T in ImportTargetName]: { readonly [field: string]: string } } = {
  institution: {
    name: '示例市第一人民医院（虚构）',
    kind: '综合医院',
    level: '三级甲等',
    province: '示例省',
    city: '示例市',
    district: '示例区',
    address: '示例路1号',
    phone: '010-80000000',
  },
  customer: {
    name: '示例医生（虚构）',
    sex: '女',
    institution: '示例市第一人民医院（虚构）',
    department: '心内科',
    role: '临床医生',
    title: '主治医师',
    specialty: '心力衰竭',
    phone: '13800000000',
  },
}

export function templateSheet(target: ImportTargetName, language: Language): Sheet {
  const { fields } = target === 'institution' ? institutionTarget : customerTarget
  return [
    fields.map(({ labels, required }) => `${labels[language]}${required ? '*' : ''}`),
    fields.map(({ name }) => examples[target][name] ?? ''),
  ]
}

/** Each row as it was handed in, with what is wrong behind it, so that it is mended in place and handed in again. */
export function problemSheet(
  { headers, rows }: FaultyRows,
  texts: { readonly heading: string; readonly of: (problem: ShownProblem) => string },
): Sheet {
  return [
    [...headers, texts.heading],
    ...rows.map(({ cells, problems }) => [
      ...headers.map((_, column) => cells[column] ?? ''),
      problems.map(texts.of).join('\n'),
    ]),
  ]
}
