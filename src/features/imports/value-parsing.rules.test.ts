import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chineseNumber } from './chinese-number.rules.ts'
import { checkPosition, parseDegrees } from './coordinates.rules.ts'
import { parseEmail, parseRole, parseSex, parseTitle } from './customer-target.rules.ts'
import { parseDay } from './import-date.rules.ts'
import type { Parsed } from './import-problem.rules.ts'
import { parseText, tidyName } from './import-text.rules.ts'
import { parseKind, parseLevel } from './institution-values.rules.ts'
import { parsePhones } from './phone.rules.ts'
import { placeOfAddress } from './place.rules.ts'

/** The value, or the code of what is wrong; with `?` behind it the code of a warning. */
function told({ value, problems }: Parsed): unknown {
  const codes = problems.map(({ code, severity }) => `${code}${severity === 'warning' ? '?' : ''}`)
  return codes.length === 0 ? value : value === null ? codes[0] : [value, ...codes]
}

describe('a telephone number', () => {
  it.each([
    ['0592-2137188', '厦门市', '0592-2137188'],
    ['0592—2137188', null, '0592-2137188'],
    ['（0592）2137188', null, '0592-2137188'],
    ['05922137188', null, '0592-2137188'],
    ['010 8321 1441', null, '010-83211441'],
    ['+86 10 8321 1441', null, ['010-83211441', 'import.phone_zero_restored?']],
    ['86-010-83211441', null, '010-83211441'],
    ['\u202d13605026822', null, '13605026822'],
    ['138\u200b0013 8000', null, '13800138000'],
    ['+86 138-0013-8000', null, '13800138000'],
    ['０１３８００１３８０００', null, '13800138000'],
    ['1083211441', null, ['010-83211441', 'import.phone_zero_restored?']],
    ['3885120', '漳州市', ['0596-3885120', 'import.phone_area_added?']],
    ['7359051（急诊科）', '漳州市', ['0596-7359051（急诊科）', 'import.phone_area_added?']],
    ['3885120', null, ['3885120', 'import.phone_without_area?']],
    ['3885120', '无名市', ['3885120', 'import.phone_without_area?']],
    [
      '（白天）0592-5911111-8120（晚间）0592-8570120',
      '厦门市',
      '0592-5911111转8120（白天）; 0592-8570120（晚间）',
    ],
    ['010-62017691转8001', null, '010-62017691转8001'],
    ['010-62017691 ext. 12', null, '010-62017691转12'],
    ['0592-5911111/5911112', null, '0592-5911111; 0592-5911112'],
    ['0592-5911111/2', null, '0592-5911111; 0592-5911112'],
    ['0592-5911111 0592-8570120', null, '0592-5911111; 0592-8570120'],
    ['13800138000、010-83211441；13800138000', null, '13800138000; 010-83211441'],
    ['电话：010-83211441', null, '010-83211441'],
    ['400 810 1234', null, '400-810-1234'],
    ['120', null, '120'],
    ['无', null, null],
    ['', null, null],
    ['见官网', null, 'import.phone_unreadable'],
    ['010-8321144', null, 'import.phone_unreadable'],
    ['1380013800', null, 'import.phone_unreadable'],
    ['123456789012345', null, 'import.phone_unreadable'],
  ])('%j of %s is %j', (cell, city, expected) => {
    expect(told(parsePhones(cell, city, 80))).toEqual(expected)
  })

  it('read once stays as it is', () => {
    const local = fc.integer({ min: 2_000_000, max: 9_999_999 })
    const land = fc
      .tuple(fc.constantFrom('0592', '0596', '0571'), local)
      .map(([code, number]) => `${code}-${number}`)
    const mobile = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String)
    const list = fc.uniqueArray(fc.oneof(land, mobile), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(list, (numbers) => told(parsePhones(numbers.join('，'), null, 80)) === numbers.join('; ')),
    )
  })

  it('is never invented: whatever stands in a cell, the figures of its answer come from it or from its city', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (cell) => {
        const { value, problems } = parsePhones(cell, null, 80)
        expect(value === null || problems.every(({ severity }) => severity === 'warning')).toBe(true)
      }),
    )
  })
})

describe('a day', () => {
  it.each([
    ['2024-3-5', '2024-03-05'],
    ['2024/03/05', '2024-03-05'],
    ['2024.3.5', '2024-03-05'],
    ['２０２４年３月５日', '2024-03-05'],
    ['二〇二四年三月十五日', '2024-03-15'],
    ['二零二四年十二月三十一日', '2024-12-31'],
    ['20240305', '2024-03-05'],
    ['45356', '2024-03-05'],
    ['45356.75', '2024-03-05'],
    ['2024-03-05 08:30:00', '2024-03-05'],
    ['5 Mar 2024', '2024-03-05'],
    ['March 5, 2024', '2024-03-05'],
    ['', null],
    ['3/5/2024', 'import.date_ambiguous'],
    ['24-3-5', 'import.date_ambiguous'],
    ['2024-02-30', 'import.date_unreadable'],
    ['2024-3', 'import.date_unreadable'],
    ['99999', 'import.date_unreadable'],
    ['下周', 'import.date_unreadable'],
  ])('%j is %j', (cell, expected) => expect(told(parseDay(cell))).toEqual(expected))
})

describe('a hospital level', () => {
  it.each([
    [['三级甲等'], '3A'],
    [['三甲'], '3A'],
    [['三级', '甲等'], '3A'],
    [['甲等', '三级'], '3A'],
    [['Ⅲ级 乙等'], '3B'],
    [['３Ａ'], '3A'],
    [['三级特等'], '3S'],
    [['二级', '未评'], '2'],
    [['一级', '合格'], '1'],
    [['2'], '2'],
    [['三级甲等综合医院'], 'import.level_unreadable'],
    [['三级综合医院'], '3'],
    [['未评', '未评'], 'none'],
    [['未定级'], 'none'],
    [['', ''], null],
    [['四级'], 'import.level_unreadable'],
    [['甲等'], 'import.level_unreadable'],
    [['32'], 'import.level_unreadable'],
    [['未评', '甲等'], 'import.level_unreadable'],
  ])('%j is %j', (cells, expected) => expect(told(parseLevel(cells))).toEqual(expected))
})

describe('a position', () => {
  it.each([
    [116.24, 39.83, { longitude: 116.24, latitude: 39.83, problems: [] }],
    [
      39.83,
      116.24,
      {
        longitude: 116.24,
        latitude: 39.83,
        problems: [{ code: 'import.coordinates_swapped', severity: 'warning' }],
      },
    ],
    [0, 0, { longitude: null, latitude: null, problems: [{ code: 'import.coordinates_zero' }] }],
    [
      116.24,
      null,
      { longitude: null, latitude: null, problems: [{ code: 'import.coordinates_incomplete' }] },
    ],
    [2.35, 48.85, { longitude: null, problems: [{ code: 'import.coordinates_outside', severity: 'error' }] }],
    [null, null, { longitude: null, latitude: null, problems: [] }],
  ])('of %s, %s is judged', (longitude, latitude, expected) => {
    expect(checkPosition(longitude, latitude)).toMatchObject(expected)
  })

  it.each([
    ['116.240227', 116.240227],
    ['116°14′24.8″E', 116.240222],
    ['东经116度14分', 116.233333],
    ['北', 'import.coordinate_unreadable'],
    ['', null],
  ])('%j is %j degrees', (cell, expected) => expect(told(parseDegrees(cell))).toEqual(expected))
})

describe('texts and words', () => {
  it.each([
    ['  北京 华信医院 (清华大学第一附属医院)\u200b', '北京华信医院（清华大学第一附属医院）'],
    ['Ｂｅｉｊｉｎｇ  Hospital', 'Beijing Hospital'],
    ['清街１号', '清街1号'],
    ['－', null],
    ['=HYPERLINK("x")', 'import.formula_in_text'],
    ['医\ufffd', 'import.broken_characters'],
    ['长'.repeat(31), 'import.text_too_long'],
  ])('the name %j is %j', (cell, expected) => expect(told(parseText(cell, 30, tidyName))).toEqual(expected))

  it.each([
    [parseKind('A2.中医医院'), 'tcm_hospital'],
    [parseKind('A7.护理院(站)'), 'other'],
    [parseKind('A5.专科医院'), 'specialist_hospital'],
    [parseKind('A.医院'), null],
    [parseKind('社区卫生服务中心'), 'community_centre'],
    [parseSex('女'), 'female'],
    [parseSex('M'), 'male'],
    [parseSex('不男不女'), 'import.word_unknown'],
    [parseRole('副院长'), 'vice_president'],
    [parseRole('药剂科副主任'), 'pharmacy_director'],
    [parseRole('心内科主任'), 'department_head'],
    [parseRole('护士长'), 'head_nurse'],
    [parseTitle('副主任医师'), 'associate_chief_physician'],
    [parseTitle('主任医师'), 'chief_physician'],
    [parseEmail(' A.B@Example.com '), 'a.b@example.com'],
    [parseEmail('a@b'), 'import.email_unreadable'],
  ])('%#: a word of a closed list', (parsed, expected) => expect(told(parsed)).toBe(expected))

  it.each([
    ['十', 10],
    ['二十三', 23],
    ['一百零二', 102],
    ['一百一十', 110],
    ['三〇一', 301],
    ['23', 23],
    ['百', null],
    ['医', null],
  ])('the number %s is %s', (text, expected) => expect(chineseNumber(text)).toBe(expected))

  it.each([
    ['北京市海淀区双榆树二街', { province: '北京市', city: '北京市', district: '海淀区' }],
    ['福建省漳州市芗城区胜利路', { province: '福建省', city: '漳州市', district: '芗城区' }],
    ['昌平区鼓楼北街9号', { province: null, city: null, district: null }],
  ])('the place of %s', (address, expected) => expect(placeOfAddress(address)).toEqual(expected))
})
