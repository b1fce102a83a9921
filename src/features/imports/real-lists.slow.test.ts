// The real public lists, beside the project where they are at hand. The counts were verified by eye.
import { beforeAll, describe, expect, it } from 'vitest'
import { readSpreadsheet } from '#server/spreadsheet/spreadsheet.ts'
import { hasSharedData, sharedData } from '#tests/fixtures/spreadsheets/shared-data.ts'
import { type InstitutionFacts, proposeInstitutionDuplicates } from './duplicates.rules.ts'
import { acceptedMapping, type ImportReading, proposeSheet, readRows } from './import-rows.rules.ts'
import { textOf } from './import-target.rules.ts'
import { institutionTarget } from './institution-target.rules.ts'

async function readList(name: string, city: string | null) {
  const { sheets, encoding } = await readSpreadsheet(sharedData(`hospitals/${name}`), { fileName: name })
  const rows = sheets[0]?.rows ?? []
  const proposal = proposeSheet(rows, institutionTarget)
  if (proposal === null) throw new Error(`no header in ${name}`)
  const context = { province: null, city }
  const mapping = acceptedMapping(proposal)
  return {
    encoding,
    ...readRows(rows, { header: proposal.header, mapping, target: institutionTarget, context }),
  }
}

function statuses({ rows }: ImportReading) {
  const count = (status: string) => rows.filter((row) => row.status === status).length
  return { clean: count('clean'), warning: count('warning'), error: count('error') }
}

function codes({ rows }: ImportReading): readonly string[] {
  return [...new Set(rows.flatMap(({ problems }) => problems.map(({ code }) => code)))]
}

function facts(list: string, { rows }: ImportReading): readonly InstitutionFacts[] {
  return rows.map(({ line, values }) => ({
    key: `${list}:${line}`,
    name: textOf(values, 'name') ?? '',
    province: textOf(values, 'province'),
    city: textOf(values, 'city'),
    district: textOf(values, 'district'),
    address: textOf(values, 'address'),
    phone: textOf(values, 'phone'),
  }))
}

describe.runIf(hasSharedData)('real hospital lists (not applicable where ../shared/data is absent)', () => {
  let registry: Awaited<ReturnType<typeof readList>>
  let positions: Awaited<ReturnType<typeof readList>>
  let provinces: Awaited<ReturnType<typeof readList>>
  beforeAll(async () => {
    registry = await readList('beijing-hospitals-724.csv', '北京市')
    positions = await readList('beijing-hospitals-xy-126.csv', '北京市')
    provinces = await readList('wuhan2020map-hospitals.csv', null)
  })

  it("Beijing's registry in GBK: 724 rows, all clean, with levels, kinds and districts", () => {
    expect(registry.encoding).toBe('gb18030')
    expect(statuses(registry)).toEqual({ clean: 724, warning: 0, error: 0 })
    const levels = registry.rows.map(({ values }) => values.level)
    const of = (level: string) => levels.filter((each) => each === level).length
    expect([of('3A'), of('3B'), of('3'), of('2A'), of('1'), of('none'), of('null')]).toEqual([
      54, 1, 46, 40, 395, 31, 0,
    ])
    expect(new Set(registry.rows.map(({ values }) => values.district)).size).toBe(16)
  })

  it('126 hospitals with positions: 124 telephone numbers get their lost zero back, two have none', () => {
    expect(positions.encoding).toBe('gb18030')
    expect(statuses(positions)).toEqual({ clean: 2, warning: 124, error: 0 })
    expect(codes(positions)).toEqual(['import.phone_zero_restored'])
    expect(positions.rows[0]?.values).toMatchObject({
      phone: '010-83211441',
      longitude: 116.240227,
      latitude: 39.838136,
      level: '1',
      address: '北京市丰台区晓月苑清音街1号',
    })
  })

  it('2,083 institutions of seven provinces: 29 numbers of Zhangzhou get their area code', () => {
    expect(provinces.encoding).toBe('utf-8')
    expect(statuses(provinces)).toEqual({ clean: 2_054, warning: 29, error: 0 })
    expect(codes(provinces)).toEqual(['import.phone_area_added'])
    const cities = provinces.rows
      .filter(({ status }) => status === 'warning')
      .map(({ values }) => values.city)
    expect(new Set(cities)).toEqual(new Set(['漳州市']))
    const phones = provinces.rows.flatMap(({ values }) =>
      values.phone === null ? [] : [String(values.phone)],
    )
    expect(phones).toHaveLength(151)
    expect(phones.filter((phone) => !/^(?:0\d{3}-\d{7}|1\d{10})$/.test(phone))).toEqual([
      '0592-5911111转8120（白天）; 0592-8570120（晚间）',
      '0596-7359051（急诊科）',
      '0596-7362256（急诊科）',
    ])
  })

  it('finds the eight institutions that the list of provinces has twice, and six that a person should look at', () => {
    const found = proposeInstitutionDuplicates(facts('p', provinces), [])
    const certain = found.filter(({ reasons }) => reasons.includes('same_name'))
    expect([certain.length, found.length - certain.length]).toEqual([8, 6])
  })

  it('finds who is who between the lists', () => {
    const known = facts('r', registry)
    const name = new Map(known.map((each) => [each.key, each.name]))
    const found = proposeInstitutionDuplicates(facts('x', positions), known).filter(({ other }) =>
      name.has(other),
    )
    const pairs = new Map(found.map(({ key, other }) => [key, name.get(other)]))
    expect(pairs.get('x:25')).toBe('首都医科大学附属北京佑安医院')
    expect(pairs.get('x:87')).toBe('应急管理部应急总医院（原煤炭总医院）')
    expect(pairs.get('x:45')).toBe('北京大学第六医院')
    expect(pairs.size).toBe(52)
  })
})
