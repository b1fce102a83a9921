import { institutionKinds, institutionLevels } from '#features/institutions/institution.entity.ts'
import { type Parsed, parsed, unreadable } from './import-problem.rules.ts'
import { isNothing, tidyText } from './import-text.rules.ts'

export type InstitutionLevel = (typeof institutionLevels)[number]
export type InstitutionKind = (typeof institutionKinds)[number]

const noLevel = /^(?:未(?:评|定)(?:级|等|等级|等次|审)?|无(?:级|等级)?|不详|暂无|合格|-+|—+|\/)+$/
const figures: { readonly [figure: string]: string } = {
  一: '1',
  二: '2',
  三: '3',
  i: '1',
  ii: '2',
  iii: '3',
}
const grades: { readonly [grade: string]: string } = {
  特: 'S',
  甲: 'A',
  乙: 'B',
  丙: 'C',
  s: 'S',
  a: 'A',
  b: 'B',
  c: 'C',
}

/**
 * 医院等级 and 等次, from one cell or from two side by side: 三级甲等, 三甲, 三级 + 甲等, Ⅲ级甲等, 3A, 3, 未评.
 * 合格 is no grade: 一级合格 is level 1.
 */
export function parseLevel(cells: readonly string[]): Parsed<InstitutionLevel> {
  // The column of the grade may stand before that of the level.
  const ordered = cells.map(tidyText).sort((a, b) => Number(b.includes('级')) - Number(a.includes('级')))
  const text = ordered.join('').replace(/\s/g, '').toLowerCase()
  if (text === '') return parsed<InstitutionLevel>(null)
  if (noLevel.test(text)) return parsed<InstitutionLevel>('none')
  const match =
    /^(?:国家)?([123一二三]|i{1,3})级?(?:综合|专科|医院)?(?:([特甲乙丙]|[sabc](?![a-z]))等?)?(?:医院)?(.*)$/.exec(
      text,
    )
  const [, figure = '', grade = '', rest = ''] = match ?? []
  const level = `${figures[figure] ?? figure}${grades[grade] ?? ''}`
  const isKnown = match !== null && (rest === '' || noLevel.test(rest))
  const known = isKnown ? institutionLevels.find((each) => each === level) : undefined
  return known === undefined
    ? unreadable('import.level_unreadable', { found: text.slice(0, 40) })
    : parsed(known)
}

/** Most telling first: 中医妇幼门诊部 is a clinic. Chinese, Chinese-Western and ethnic medicine are one kind. */
const kindWords: readonly (readonly [InstitutionKind, RegExp])[] = [
  ['pharmacy', /药店|药房|大药|pharmacy|drug ?store/i],
  ['community_centre', /社区卫生|卫生院|卫生服务(?:中心|站)|community/i],
  ['clinic', /诊所|门诊部|卫生(?:室|所|站)|医务室|clinic/i],
  ['maternity_hospital', /妇幼|maternity|mother/i],
  ['tcm_hospital', /中医|中西医|民族医|藏医|蒙医|维医|傣医|国医|tcm/i],
  [
    'specialist_hospital',
    /专科|口腔|眼科|肿瘤|精神|儿童|妇产|妇科|妇儿|骨科|胸科|胸部|传染病|皮肤|整形|康复|肛肠|心血管|脑科|耳鼻喉|肝病|结核|specialist/i,
  ],
  ['general_hospital', /综合|医院|hospital/i],
]

/** The kind by name, when the list does not say it. */
export function kindFromName(name: string): InstitutionKind {
  return kindWords.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'
}

/** 类别 as registries write it (`A2.中医医院`). A bare 医院 says too little and leaves it to the name. */
export function parseKind(cell: string): Parsed<InstitutionKind> {
  const text = tidyText(cell).replace(/^[a-z]\d*[.、\s]\s*/i, '')
  if (isNothing(text) || text === '医院') return parsed<InstitutionKind>(null)
  const written = institutionKinds.find((kind) => kind === text)
  return parsed(written ?? kindFromName(text))
}
