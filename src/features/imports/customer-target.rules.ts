import { customerRoles, professionalTitles, sexes } from '#features/customers/customer.entity.ts'
import { type Parsed, parsed, unreadable } from './import-problem.rules.ts'
import { type ImportField, type ImportTarget, importField } from './import-target.rules.ts'
import { isNothing, parseText, tidyName, tidyText } from './import-text.rules.ts'
import { parsePhones } from './phone.rules.ts'

type Role = (typeof customerRoles)[number]
type Title = (typeof professionalTitles)[number]
type Sex = (typeof sexes)[number]

/** Most telling first: 副院长 holds 院长, 药剂科主任 holds 主任. */
const roleWords: readonly (readonly [Role, RegExp])[] = [
  ['vice_president', /副院长|vice president/i],
  ['president', /院长|president/i],
  [
    'pharmacy_director',
    /药(?:剂科|学部|剂|学|房|械科).{0,3}(?:主任|负责人|部长|科长)|pharmacy (?:director|head)/i,
  ],
  ['medical_affairs_director', /医务(?:科|处|部)|medical affairs/i],
  ['head_nurse', /护士长|head nurse/i],
  ['procurement', /采购|招标|设备科|procurement|purchas/i],
  ['department_head', /(?:科室?|部|中心)(?:副)?主任|科长|学科带头人|大主任|department head|chief of/i],
  ['physician', /医师|医生|大夫|physician|doctor/i],
]

const titleWords: readonly (readonly [Title, RegExp])[] = [
  ['associate_chief_physician', /副主任医师|副主任中医师|副高|associate chief physician/i],
  ['chief_physician', /主任医师|主任中医师|正高|chief physician/i],
  ['attending_physician', /主治|attending/i],
  ['resident_physician', /住院医|resident/i],
  ['associate_chief_pharmacist', /副主任药师|associate chief pharmacist/i],
  ['chief_pharmacist', /主任药师|chief pharmacist/i],
  ['pharmacist', /药师|药士|pharmacist/i],
  ['chief_nurse', /主任护师|chief nurse/i],
  ['nurse', /护师|护士|nurse/i],
]

/** A word of a closed list by its own name, or by how people write it. */
function parseWord<T extends string>(
  cell: string,
  options: readonly T[],
  words: readonly (readonly [T, RegExp])[],
): Parsed<T> {
  const text = tidyText(cell)
  if (isNothing(text)) return parsed<T>(null)
  const found =
    options.find((option) => option === text) ?? words.find(([, pattern]) => pattern.test(text))?.[0]
  return found === undefined ? unreadable('import.word_unknown', { found: text.slice(0, 40) }) : parsed(found)
}

export function parseRole(cell: string): Parsed<Role> {
  return parseWord(cell, customerRoles, roleWords)
}

export function parseTitle(cell: string): Parsed<Title> {
  return parseWord(cell, professionalTitles, titleWords)
}

export function parseSex(cell: string): Parsed<Sex> {
  return parseWord(cell, sexes, [
    ['female', /^(?:女性?|f|female|woman|ms\.?|女士)$/i],
    ['male', /^(?:男性?|m|male|man|mr\.?|先生)$/i],
  ])
}

export function parseEmail(cell: string): Parsed<string> {
  const text = tidyText(cell).replace(/\s/g, '')
  if (isNothing(text)) return parsed<string>(null)
  const isEmail = /^[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$/i.test(text) && text.length <= 254
  return isEmail
    ? parsed(text.toLowerCase())
    : unreadable('import.email_unreadable', { found: text.slice(0, 60) })
}

const text =
  (max: number): ImportField['parse'] =>
  ([cell = '']) =>
    parseText(cell, max, tidyName)

/** People at institutions. `institution` and `department` are names, found among the institutions later. */
export const customerTarget: ImportTarget = {
  entity: 'customer',
  fields: [
    importField(
      'name',
      { 'zh-CN': '姓名', en: 'Name' },
      ['客户姓名', '医生姓名', '医生', '客户', '客户名称', '名字', 'name', 'full name', 'customer', 'doctor'],
      {
        required: true,
        parse: text(60),
      },
    ),
    importField('sex', { 'zh-CN': '性别', en: 'Sex' }, ['sex', 'gender'], {
      parse: ([cell = '']) => parseSex(cell),
    }),
    importField(
      'institution',
      { 'zh-CN': '医疗机构', en: 'Institution' },
      [
        '医院名称',
        '医院',
        '所在医院',
        '单位',
        '工作单位',
        '单位名称',
        '机构名称',
        '机构',
        'hospital',
        'institution',
      ],
      {
        required: true,
        parse: text(120),
      },
    ),
    importField(
      'department',
      { 'zh-CN': '科室', en: 'Department' },
      ['科室名称', '所在科室', '部门', 'department', 'dept'],
      { parse: text(60) },
    ),
    importField(
      'role',
      { 'zh-CN': '角色', en: 'Role' },
      ['客户角色', '角色定位', '职务', '行政职务', '岗位', 'role', 'position'],
      {
        parse: ([cell = '']) => parseRole(cell),
      },
    ),
    importField(
      'title',
      { 'zh-CN': '职称', en: 'Title' },
      ['技术职称', '专业技术职称', 'title', 'professional title'],
      {
        parse: ([cell = '']) => parseTitle(cell),
      },
    ),
    importField(
      'specialty',
      { 'zh-CN': '专业方向', en: 'Specialty' },
      ['专业', '擅长', '专长', '研究方向', 'specialty', 'speciality'],
      { parse: text(120) },
    ),
    importField(
      'phone',
      { 'zh-CN': '电话', en: 'Phone' },
      ['手机', '手机号', '手机号码', '联系电话', '联系方式', '电话号码', 'mobile', 'tel', 'phone'],
      {
        companions: ['座机', '办公电话', '电话2', '备用电话'],
        parse: (cells, _row, { city }) => parsePhones(cells.join(';'), city, 40),
      },
    ),
    importField(
      'email',
      { 'zh-CN': '邮箱', en: 'Email' },
      ['电子邮箱', '电子邮件', '邮件', 'e-mail', 'mail', 'email'],
      {
        parse: ([cell = '']) => parseEmail(cell),
      },
    ),
    importField(
      'territory',
      { 'zh-CN': '辖区', en: 'Territory' },
      ['所属辖区', '负责辖区', '辖区名称', 'territory'],
      { parse: text(200) },
    ),
    importField(
      'note',
      { 'zh-CN': '备注', en: 'Note' },
      ['说明', '附注', 'note', 'notes', 'remark', 'remarks'],
      {
        parse: ([cell = '']) => parseText(cell, 2000),
      },
    ),
  ],
  // The title says of most physicians what the list leaves out; anybody else is looked at later.
  complete: (row) => {
    const role = row.role ?? (/physician$/.test(String(row.title ?? '')) ? 'physician' : 'other')
    return { values: { ...row, role }, problems: [] }
  },
}
