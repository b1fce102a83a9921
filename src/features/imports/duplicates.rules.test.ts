import { describe, expect, it } from 'vitest'
import {
  type CustomerFacts,
  type InstitutionFacts,
  institutionIndex,
  proposeCustomerDuplicates,
  proposeInstitutionDuplicates,
} from './duplicates.rules.ts'

function hospital(name: string, facts: Partial<InstitutionFacts> = {}): InstitutionFacts {
  return {
    key: name,
    name,
    province: '北京市',
    city: '北京市',
    district: null,
    address: null,
    phone: null,
    ...facts,
  }
}

/** The score of one against the other, 0 when it is not proposed. */
function score(a: InstitutionFacts, b: InstitutionFacts): number {
  return institutionIndex([{ ...b, key: 'there' }]).find({ ...a, key: 'new' })[0]?.score ?? 0
}

const haidian = { district: '海淀区' }

describe('two institutions are proposed as one', () => {
  it.each([
    ['玉泉医院', '玉泉医院', {}],
    ['协和医院', '北京协和医院', { district: '东城区' }],
    ['北京市海淀区中医医院', '海淀区中医院', haidian],
    ['北京市第六医院', '北京第六医院', { district: '东城区' }],
    ['北京市第十一医院', '北京市第11医院', {}],
    ['中国人民解放军三〇一医院', '中国人民解放军301医院', {}],
    ['北大第三医院', '北京大学第三医院', haidian],
    ['首医大附属友谊医院', '首都医科大学附属北京友谊医院', { district: '西城区' }],
    ['应急管理部应急总医院(原煤炭总医院)', '煤炭总医院', { district: '朝阳区' }],
    ['北京市延庆区医院（北京大学第三医院延庆医院）', '北京大学第三医院延庆医院', {}],
    ['清华大学玉泉医院', '玉泉医院', { address: '北京市石景山区石景山路5号' }],
    ['北京爱尔英智眼科医院有限公司', '北京爱尔英智眼科医院', {}],
  ])('%s and %s', (a, b, facts) => {
    expect(score(hospital(a, facts), hospital(b, facts))).toBeGreaterThanOrEqual(0.8)
    expect(score(hospital(b, facts), hospital(a, facts))).toBeGreaterThanOrEqual(0.8)
  })
})

describe('two institutions stay two', () => {
  it.each([
    ['北京市第一医院', '北京市第二医院', {}],
    ['海淀医院', '海淀区中医医院', haidian],
    ['海淀区妇幼保健院', '海淀医院', haidian],
    ['北京口腔医院', '北京肿瘤医院', {}],
    ['鼓楼区东街街道社区卫生服务中心', '鼓楼区南街街道社区卫生服务中心', {}],
    ['永川区妇幼保健院', '合川区妇幼保健院', {}],
    ['协和医院', '协和医院西院', {}],
    ['漳州市医院', '东山县医院', { province: '福建省', city: '漳州市' }],
    ['湖北省中医院', '武汉市中医医院', { province: '湖北省', city: '武汉市' }],
    ['北京丰台中康中西医结合医院', '北京丰台国康中西医结合医院', {}],
  ])('%s and %s', (a, b, facts) => expect(score(hospital(a, facts), hospital(b, facts))).toBe(0))

  it('when they are in two cities', () => {
    const other = hospital('第一医院', { province: '福建省', city: '福州市' })
    expect(score(hospital('第一医院'), other)).toBe(0)
  })

  it('when they have one common name in two districts', () => {
    expect(
      score(hospital('昌平区医院', { district: '昌平区' }), hospital('怀柔医院', { district: '怀柔区' })),
    ).toBe(0)
  })
})

describe('a list of institutions', () => {
  it('is compared with itself too, each pair once, with reasons', () => {
    const facts = { district: '石景山区', address: '石景山路5号', phone: '010-88257755' }
    const list = [
      hospital('玉泉医院', { key: 'a', ...facts }),
      hospital('北京玉泉医院', { key: 'b', ...facts }),
    ]
    expect(proposeInstitutionDuplicates(list, [])).toEqual([
      {
        key: 'b',
        other: 'a',
        score: 1,
        reasons: ['similar_name', 'same_district', 'similar_address', 'same_phone'],
      },
    ])
  })

  it('is found the same by the index as by comparing all with all', () => {
    const names = Array.from('东西南北中').flatMap((side) =>
      Array.from('城山湖门桥').flatMap((thing) => [
        `${side}${thing}仁爱医院`,
        `北京市${side}${thing}仁爱综合医院`,
        `北京大学${side}${thing}仁爱医院`,
        `${thing}${side}和平医院`,
      ]),
    )
    const list = names.map((name, at) => hospital(name, { key: String(at) }))
    const pairs = list.map((a, at) => list.slice(0, at).filter((b) => score(a, b) > 0).length)
    const expected = pairs.reduce((sum, count) => sum + Math.min(3, count), 0)
    expect(expected).toBeGreaterThan(20)
    expect(proposeInstitutionDuplicates(list, [])).toHaveLength(expected)
  })

  it('is compared with those who do not say their city', () => {
    const nowhere = { province: null, city: null }
    const [placed, bare] = [hospital('玉泉仁爱医院'), hospital('玉泉仁爱医院', nowhere)]
    expect([score(placed, bare), score(bare, placed), score(bare, bare)]).toEqual([1, 1, 1])
  })

  it('finds one name whether its district is said or not', () => {
    const [bare, placed] = [
      hospital('北京市昌平区医院'),
      hospital('北京市昌平区医院', { district: '昌平区' }),
    ]
    expect([score(bare, placed), score(placed, bare)]).toEqual([1, 1])
    const addressed = hospital('昌平医院', { address: '昌平区鼓楼北街9号' })
    expect(score(addressed, placed)).toBeGreaterThan(0.8)
  })
})

describe('customers', () => {
  const there: CustomerFacts = {
    key: 'there',
    name: '示例甲',
    institution: '北京协和医院',
    phone: '13800138000; 010-69150000',
  }

  it.each([
    ['the same name and mobile', { name: '示例 甲', institution: null, phone: '13800138000' }, 1],
    [
      'the same name at the same institution',
      { name: '示例甲主任', institution: '北京协和医院', phone: null },
      0.92,
    ],
    ['the same mobile under another name', { name: '示例乙', institution: null, phone: '13800138000' }, 0.82],
    ['the same name elsewhere', { name: '示例甲', institution: '北京医院', phone: null }, 0],
    ['the same name alone', { name: '示例甲', institution: null, phone: null }, 0],
    ['the same switchboard', { name: '示例乙', institution: '北京协和医院', phone: '010-69150000' }, 0],
  ])('of %s score as they should', (_, facts, expected) => {
    expect(proposeCustomerDuplicates([{ key: 'new', ...facts }], [there])[0]?.score ?? 0).toBe(expected)
  })
})
