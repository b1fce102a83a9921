import { describe, expect, it } from 'vitest'
import { customerTarget } from './customer-target.rules.ts'
import type { SourceRow } from './header-row.rules.ts'
import { acceptedMapping, proposeSheet, readRows } from './import-rows.rules.ts'
import type { ImportContext, ImportTarget } from './import-target.rules.ts'
import { institutionTarget } from './institution-target.rules.ts'

const nowhere: ImportContext = { province: null, city: null }

function sheet(text: string): readonly SourceRow[] {
  const rows = text.trim().split('\n')
  return rows.map((line, at) => ({ line: at + 1, cells: line.split('|').map((cell) => cell.trim()) }))
}

function read(text: string, target: ImportTarget = institutionTarget, context = nowhere) {
  const rows = sheet(text)
  const proposal = proposeSheet(rows, target)
  if (proposal === null) throw new Error('no header')
  const { header } = proposal
  return { header, ...readRows(rows, { header, mapping: acceptedMapping(proposal), target, context }) }
}

const messy = `
2024年北京市医疗机构名单|2024年北京市医疗机构名单|2024年北京市医疗机构名单|2024年北京市医疗机构名单
制表单位：卫健委
序号|机构名称|联系方式|联系方式
    |        |电话     |地址
1|玉泉医院|1088257755|北京市石景山区石景山路5号
石景山区|石景山区|石景山区|石景山区
序号|机构名称|电话|地址
2| |010-88257755|北京市石景山区石景山路6号
3|儿童医院|见官网|=HYPERLINK("x")
合计：3家
第 1 页，共 1 页`

describe('a messy sheet', () => {
  it('has its header found under title lines, over two rows, and what is no row passed over in sight', () => {
    const { header, rows, passed } = read(messy)
    expect([header.line, header.headers]).toEqual([4, ['序号', '机构名称', '电话', '地址']])
    expect(rows.map(({ line, status }) => [line, status])).toEqual([
      [5, 'warning'],
      [8, 'error'],
      [9, 'error'],
    ])
    expect(passed).toEqual([
      { line: 1, reason: 'above_header' },
      { line: 2, reason: 'above_header' },
      { line: 3, reason: 'above_header' },
      { line: 6, reason: 'remark' },
      { line: 7, reason: 'repeated_header' },
      { line: 10, reason: 'remark' },
      { line: 11, reason: 'remark' },
    ])
  })

  it('gives each problem its cell, its words and its figures', () => {
    const problems = read(messy).rows.flatMap((row) => row.problems)
    expect(
      problems.map(({ line, header, field, found, code }) => [line, header, field, found, code]),
    ).toEqual([
      [5, '电话', 'phone', '1088257755', 'import.phone_zero_restored'],
      [8, '机构名称', 'name', '', 'import.value_missing'],
      [9, '地址', 'address', '=HYPERLINK("x")', 'import.formula_in_text'],
      [9, '电话', 'phone', '见官网', 'import.phone_unreadable'],
    ])
    expect(problems[0]?.params).toEqual({ found: '1088257755', mended: '010-88257755' })
  })
})

describe('a row', () => {
  it('of an institution is read whole, with what its columns and its address say together', () => {
    const [row] = read(
      '名称|等级|等次|地址|电话|经度|纬度\n玉泉医院|三级|甲等|北京市石景山区石景山路５号|88257755|39.9|116.2',
    ).rows
    expect(row?.values).toEqual({
      name: '玉泉医院',
      kind: 'general_hospital',
      level: '3A',
      province: '北京市',
      city: '北京市',
      district: '石景山区',
      address: '北京市石景山区石景山路5号',
      phone: '88257755',
      territory: null,
      longitude: 116.2,
      latitude: 39.9,
    })
    expect(row?.problems.map(({ code }) => code)).toEqual([
      'import.phone_without_area',
      'import.coordinates_swapped',
    ])
  })

  it('takes the city said for the whole file', () => {
    const [row] = read('名称|电话\n玉泉医院|88257755', institutionTarget, {
      province: null,
      city: '北京市',
    }).rows
    expect([row?.values.phone, row?.values.city]).toEqual(['010-88257755', '北京市'])
  })

  it('of a customer is read whole', () => {
    const [row] = read(
      '姓名|医院|科室|职称|手机\n示例甲|玉泉医院|心内科|副主任医师|138 0013 8000',
      customerTarget,
    ).rows
    expect(row?.values).toMatchObject({
      name: '示例甲',
      role: 'physician',
      title: 'associate_chief_physician',
      phone: '13800138000',
    })
    expect(row?.status).toBe('clean')
  })
})

describe('a sheet that cannot be read', () => {
  it('has no header', () => {
    expect(proposeSheet(sheet('a|b\n1|2'), institutionTarget)).toBeNull()
    expect(proposeSheet([], institutionTarget)).toBeNull()
  })

  it('has a column that the law forbids: it is refused with the reason, mapped or not', () => {
    expect(() => read('名称|处方量|患者姓名\n玉泉医院|3|x')).toThrow(
      expect.objectContaining({
        code: 'import.forbidden_column',
        details: {
          columns: [
            { header: '处方量', reason: 'prescriptions' },
            { header: '患者姓名', reason: 'patients' },
          ],
        },
      }),
    )
  })

  it('lacks a required column', () => {
    expect(() => read('地址|电话\nx|1')).toThrow(
      expect.objectContaining({ code: 'import.column_missing', details: { fields: ['name'] } }),
    )
  })
})
