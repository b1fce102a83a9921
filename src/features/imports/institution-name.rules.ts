import { chineseNumber } from './chinese-number.rules.ts'
import { tidyText } from './import-text.rules.ts'

/** A name made comparable: what it is called, and what tells it from its neighbours. */
export interface ComparableName {
  /** Without place, company form and separators; numbers in figures: 海淀区第2医院 → 第2医院. */
  readonly core: string
  /** The same with its place. */
  readonly full: string
  /** The innermost place in front of it: 海淀 of 北京市海淀区第二医院. */
  readonly seat: string | null
  /** Numbers in it: two hospitals that differ in them are two. */
  readonly numbers: string
  /** Words of speciality and rank in it: 中医, 儿童, 社区, 门诊. They too make two of one. */
  readonly marks: string
  /** 西院, 海淀院区: a part of a hospital on another site. */
  readonly site: string | null
}

export interface NamePlace {
  readonly province: string | null
  readonly city: string | null
  readonly district: string | null
}

/** How long names are shortened in lists; both spellings become the first. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/中医医院/g, '中医院'],
  [/北大(?!荒|街|道|桥)/g, '北京大学'],
  [/首都?医科?大学?(?=附属|[^学生])/g, '首都医科大学'],
  [/医科大(?!学)/g, '医科大学'],
  [/中国?中医(?:科学|研究)院/g, '中医科学院'],
  [/妇产儿童/g, '妇儿'],
  [/妇女儿童/g, '妇儿'],
  [/(?:有限)?(?:责任)?公司$|股份有限公司$|附属/g, ''],
]

const marks =
  /中西医结合|中医|民族医|藏医|妇幼|妇儿|妇产|儿童|口腔|眼科|肿瘤|精神|骨科|骨伤|胸科|传染|皮肤|整形|美容|康复|护理|肛肠|心血管|脑科|耳鼻喉|肝病|结核|老年|针灸|按摩|社区|卫生院|卫生室|卫生所|卫生站|服务站|保健|门诊|诊所|急救|急诊|疾控|体检|总医院|分院|国医|男科|研究所/g

/**
 * The names of an institution: the first, and each alias that stands in brackets at its end,
 * 北京市延庆区医院（北京大学第三医院延庆医院）. A site in brackets (东院区) belongs to the name.
 */
export function comparableNames(name: string, place: NamePlace): readonly ComparableName[] {
  const text = tidyText(name).toLowerCase().replace(/\s+/g, '')
  const bracket = /^(.{2,})\(([^()]+)\)$/.exec(text)
  const [, first = text, second = ''] = bracket ?? []
  const isAlias =
    second.length >= 4 && /医院|中心|院$|所$|站$|室$|部$/.test(second) && !/^.{0,4}院区?$/.test(second)
  const names = isAlias ? [first, ...second.split(/[、,;/]/)] : [text]
  const written = names.map((each) => spelt(each.replace(/^(?:原|又名|即|简称)/, '')))
  return [...written, ...written.flatMap(hospitalOfUniversity)].map((each) => comparable(each, place))
}

function spelt(name: string): string {
  return spellings.reduce((text, [pattern, word]) => text.replace(pattern, word), figures(name))
}

/** 首都医科大学附属北京天坛医院 goes by 北京天坛医院; 北京大学第一医院 and 北京大学人民医院 go by nothing shorter. */
function hospitalOfUniversity(name: string): readonly string[] {
  const short = /大学(?:附属)?(.{4,})$/.exec(name)?.[1] ?? ''
  return short === '' || /^(?:第|附属|医院|人民|中心|口腔|妇|儿童|肿瘤|中医|眼科)/.test(short) ? [] : [short]
}

function comparable(name: string, place: NamePlace): ComparableName {
  const full = name.replace(/[\p{P}\p{S}\s]/gu, '')
  const site =
    /(?:[东西南北新老]|\p{Script=Han}{2})院区$|(?<=院)[东西南北新老]院$|(?<=院)\p{Script=Han}{0,4}分院$|(?<=医院)\p{Script=Han}{2,5}(?:中心|医院|门诊部)$/u.exec(
      full,
    )
  return {
    ...withoutPlace(full, place),
    full,
    numbers: [...full.matchAll(/\d+/g)].map(([number]) => number).join(','),
    marks: [...new Set(full.match(marks) ?? [])].sort().join(','),
    site: site?.[0] ?? null,
  }
}

/** 第十一 → 第11, 四0一 → 401, 三〇一 → 301. A lone 一 in a name is no number. */
function figures(name: string): string {
  return name
    .replace(/第([一二三四五六七八九十百]+)/g, (whole, number: string) => {
      const value = chineseNumber(number)
      return value === null ? whole : `第${value}`
    })
    .replace(/[〇零○一二三四五六七八九0-9]{3,}/g, (whole) => String(chineseNumber(arabic(whole)) ?? whole))
}

function arabic(text: string): string {
  return text.replace(/[〇零○一二三四五六七八九]/g, (figure) =>
    String('〇一二三四五六七八九'.indexOf(figure.replace(/[零○]/, '〇'))),
  )
}

/** Takes the province, city and district off the front, also without their last character: 北京市, 北京. */
function withoutPlace(
  name: string,
  { province, city, district }: NamePlace,
): Pick<ComparableName, 'core' | 'seat'> {
  let core = name
  let seat: string | null = null
  for (const part of [province, city, district]) {
    if (part === null || part.length < 2) continue
    const short = part.length > 2 ? part.replace(/(?:省|市|区|县|自治区|自治州)$/, '') : part
    if (!core.startsWith(short)) continue
    const rest = core.slice(core.startsWith(part) ? part.length : short.length)
    // 荆州区 lies in 荆州市 and is not it.
    if (!core.startsWith(part) && /^[省市区县]/.test(rest)) continue
    core = rest
    seat = short
  }
  return { core, seat }
}

/** The district that an address or a name begins with, behind its province and city: 昌平区鼓楼北街9号. */
export function districtIn(text: string, { province, city }: NamePlace): string | null {
  const rest = [province, city, city?.replace(/市$/, '')].reduce<string>(
    (left, part) => (part && left.startsWith(part) ? left.slice(part.length) : left),
    text,
  )
  return /^\p{Script=Han}{2,3}?(?:县|(?<![园小发社院校厂])区)/u.exec(rest)?.[0] ?? null
}
