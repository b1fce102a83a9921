import { describe, expect, it } from 'vitest'
import { mappingOf, matchColumns } from './column-matching.rules.ts'
import { customerTarget } from './customer-target.rules.ts'
import { forbiddenReason } from './forbidden-column.rules.ts'
import { institutionTarget } from './institution-target.rules.ts'

function match(headers: readonly string[], samples: readonly (readonly string[])[] = []) {
  return matchColumns(headers, institutionTarget.fields, samples).columns.map(({ field }) => field)
}

describe('columns of institutions', () => {
  it.each([
    [
      ['机构名称', '地址', '区县名称', '医院等级', '医院等次', '中类'],
      ['name', 'address', 'district', 'level', 'level', 'kind'],
    ],
    [
      ['ID', 'NAME', 'pinyin', 'place', 'ADD', 'tel', 'X', 'Y', 'class'],
      [null, 'name', null, 'district', 'address', 'phone', 'longitude', 'latitude', 'level'],
    ],
    [
      ['医院\n名称*（必填）', '详 细 地 址', '联系电话（座机）', '手机号'],
      ['name', 'address', 'phone', 'phone'],
    ],
    [
      ['单位名称', '省', '市', '区/县', '经度', '纬度'],
      ['name', 'province', 'city', 'district', 'longitude', 'latitude'],
    ],
    [
      ['机构名称', '区县代码', '经济类型名称', '机构管理名称', '序号'],
      ['name', null, null, null, null],
    ],
    [
      ['大类', '中类', '小类'],
      [null, 'kind', null],
    ],
    [
      ['Ｎａｍｅ', 'Address'],
      ['name', 'address'],
    ],
    [['等次'], ['level']],
  ])('%j go to %j', (headers, fields) => expect(match(headers)).toEqual(fields))

  it('keep cells that belong together in the order of their columns', () => {
    const { columns } = matchColumns(['医院等次', '名称', '医院等级'], institutionTarget.fields)
    expect(mappingOf(columns).get('level')).toEqual([0, 2])
  })

  it('are not trusted by their header alone when their cells say otherwise', () => {
    const words = Array.from({ length: 8 }, (_, at) => [`第${at}医院`, '见官网'])
    expect(match(['名称', '电话'], words)).toEqual(['name', null])
  })

  it('that nobody offers are named when they are required', () => {
    expect(matchColumns(['地址'], institutionTarget.fields).missing).toEqual(['name'])
    expect(matchColumns(['姓名', '手机'], customerTarget.fields).missing).toEqual(['institution'])
  })

  it('of customers are known too', () => {
    const headers = ['客户姓名', '性别', '医院', '科室', '职务', '职称', '手机号码', '电子邮箱', '备注']
    const { columns, missing } = matchColumns(headers, customerTarget.fields)
    const fields = ['name', 'sex', 'institution', 'department', 'role', 'title', 'phone', 'email', 'note']
    expect([columns.map(({ field }) => field), missing]).toEqual([fields, []])
  })
})

describe('a column that the law forbids', () => {
  it.each([
    ['处方量', 'prescriptions'],
    ['月均 处方数', 'prescriptions'],
    ['统方', 'prescriptions'],
    ['科室用量排名', 'prescriptions'],
    ['每月开单', 'prescriptions'],
    ['TRx', 'prescriptions'],
    ['Monthly prescriptions', 'prescriptions'],
    ['药品销量', 'sales'],
    ['销 售 额', 'sales'],
    ['金额（销售）', 'sales'],
    ['Sales 2024', 'sales'],
    ['回扣', 'benefits'],
    ['节日礼品', 'benefits'],
    ['银行卡号', 'benefits'],
    ['gift_value', 'benefits'],
    ['患者姓名', 'patients'],
    ['病人电话', 'patients'],
    ['住院号', 'patients'],
    ['patient name', 'patients'],
    ['身份证号', 'identity'],
    ['ID card', 'identity'],
  ])('%s is known: %s', (header, reason) => expect(forbiddenReason(header)).toBe(reason))

  it.each([
    ['处方权'],
    ['销售代表'],
    ['Sales rep'],
    ['ID'],
    ['礼堂地址'],
    ['床位数'],
    ['药剂科'],
    ['门诊量'],
    ['备注'],
    ['机构名称'],
    ['经度'],
  ])('%s is none', (header) => expect(forbiddenReason(header)).toBeNull())

  it('is listed with its reason and goes nowhere', () => {
    const { columns, refused } = matchColumns(['机构名称', '处方量'], institutionTarget.fields)
    expect(columns[1]?.field).toBeNull()
    expect(refused).toEqual([
      { column: 1, header: '处方量', code: 'import.forbidden_column', reason: 'prescriptions' },
    ])
  })
})
