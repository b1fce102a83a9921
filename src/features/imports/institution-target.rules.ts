import { checkPosition, parseDegrees } from './coordinates.rules.ts'
import {
  type Completed,
  type ImportField,
  type ImportTarget,
  type ImportValues,
  importField,
  numberOf,
  textOf,
} from './import-target.rules.ts'
import { parseText, tidyName } from './import-text.rules.ts'
import { kindFromName, parseKind, parseLevel } from './institution-values.rules.ts'
import { parsePhones } from './phone.rules.ts'
import { placeOfAddress } from './place.rules.ts'

const name =
  (max: number): ImportField['parse'] =>
  ([cell = '']) =>
    parseText(cell, max, tidyName)

/** Hospitals and the like, as registries and colleagues list them. */
export const institutionTarget: ImportTarget = {
  entity: 'institution',
  fields: [
    importField(
      'name',
      { 'zh-CN': '机构名称', en: 'Institution name' },
      [
        '医院名称',
        '单位名称',
        '医疗机构名称',
        '机构',
        '医院',
        '单位',
        '名称',
        'name',
        'hospital name',
        'hospital',
        'institution',
      ],
      { required: true, parse: name(120) },
    ),
    importField(
      'kind',
      { 'zh-CN': '机构类别', en: 'Kind' },
      ['中类', '机构类型', '医院类型', '医院类别', '类别', '类型', '大类', 'kind', 'type', 'category'],
      {
        parse: ([cell = '']) => parseKind(cell),
      },
    ),
    importField(
      'level',
      { 'zh-CN': '医院等级', en: 'Level' },
      ['等级', '级别', '医院级别', '机构等级', '等级等次', '评级', 'level', 'class', 'grade'],
      {
        companions: ['医院等次', '等次', '评审等次'],
        parse: parseLevel,
      },
    ),
    importField(
      'province',
      { 'zh-CN': '省份', en: 'Province' },
      ['省', '所在省', '省市区', '省/直辖市', 'province', 'state'],
      { parse: name(40) },
    ),
    importField(
      'city',
      { 'zh-CN': '城市', en: 'City' },
      ['市', '所在市', '地市', '所在城市', '地级市', 'city'],
      {
        parse: name(40),
      },
    ),
    importField(
      'district',
      { 'zh-CN': '区县', en: 'District' },
      ['区县名称', '区/县', '区', '县', '所在区县', '行政区', 'district', 'county', 'place'],
      {
        parse: name(40),
      },
    ),
    importField(
      'address',
      { 'zh-CN': '地址', en: 'Address' },
      ['详细地址', '机构地址', '医院地址', '单位地址', '通讯地址', '执业地址', 'address', 'add', 'addr'],
      {
        parse: name(200),
      },
    ),
    importField(
      'phone',
      { 'zh-CN': '电话', en: 'Phone' },
      [
        '联系电话',
        '机构电话',
        '医院电话',
        '电话号码',
        '联系方式',
        '座机',
        '总机',
        'tel',
        'telephone',
        'phone number',
        'phone',
      ],
      {
        companions: ['手机', '手机号', '联系电话2', '电话2', '备用电话'],
        parse: (cells, row, { city }) => parsePhones(cells.join(';'), textOf(row, 'city') ?? city, 80),
      },
    ),
    importField(
      'territory',
      { 'zh-CN': '辖区', en: 'Territory' },
      ['所属辖区', '负责辖区', '辖区名称', 'territory'],
      { parse: name(200) },
    ),
    importField(
      'longitude',
      { 'zh-CN': '经度', en: 'Longitude' },
      ['x', 'lng', 'lon', 'long', 'longitude', '东经', 'x坐标'],
      {
        parse: ([cell = '']) => parseDegrees(cell),
      },
    ),
    importField('latitude', { 'zh-CN': '纬度', en: 'Latitude' }, ['y', 'lat', 'latitude', '北纬', 'y坐标'], {
      parse: ([cell = '']) => parseDegrees(cell),
    }),
  ],
  complete: (row, context): Completed => {
    const position = checkPosition(numberOf(row, 'longitude'), numberOf(row, 'latitude'))
    const problems = position.problems.map((problem) => ({ ...problem, field: 'longitude' }))
    const { longitude, latitude } = position
    const kind = textOf(row, 'kind') ?? kindFromName(textOf(row, 'name') ?? '')
    return { values: { ...row, ...placeOf(row, context), kind, longitude, latitude }, problems }
  },
}

/** Columns first, then what was said for the whole file, then what the address begins with. */
function placeOf(row: ImportValues, context: Parameters<ImportTarget['complete']>[1]): ImportValues {
  const written = placeOfAddress(textOf(row, 'address') ?? '')
  return {
    province: textOf(row, 'province') ?? context.province ?? written.province,
    city: textOf(row, 'city') ?? context.city ?? written.city,
    district: textOf(row, 'district') ?? written.district,
  }
}
