import { words } from '#core/words.ts'

export const territoryWords = words({
  territory: { 'zh-CN': '辖区', en: 'Territory' },
  'territory.name': { 'zh-CN': '辖区名称', en: 'Name of the territory' },
  'territory.parentId': { 'zh-CN': '上级辖区', en: 'Belongs to' },
  assignment: { 'zh-CN': '任职', en: 'Assignment' },
  'assignment.memberId': { 'zh-CN': '同事', en: 'Colleague' },
  'assignment.territoryId': { 'zh-CN': '辖区', en: 'Territory' },
  'assignment.sinceOn': { 'zh-CN': '开始日期', en: 'First day' },
  'assignment.untilOn': { 'zh-CN': '结束日期', en: 'Last day' },

  'do.territory.create': { 'zh-CN': '新建辖区', en: 'New territory' },
  'do.territory.edit': { 'zh-CN': '改名', en: 'Rename' },
  'do.territory.move': { 'zh-CN': '移动辖区', en: 'Move territory' },
  'do.territory.remove': { 'zh-CN': '删除辖区', en: 'Remove territory' },
  'do.assignment.add': { 'zh-CN': '安排同事', en: 'Assign colleague' },
  'do.assignment.edit': { 'zh-CN': '改任职日期', en: 'Change days' },
  'do.assignment.remove': { 'zh-CN': '删除任职', en: 'Remove assignment' },

  'territory.in_use': {
    'zh-CN':
      '辖区里还有 {territories} 个下级、{assignments} 条任职、{customers} 位客户、{institutions} 家机构，不能删除。请先移走。',
    en: 'It still holds {territories} territories, {assignments} assignments, {customers} customers and {institutions} institutions. Move them first, then remove it.',
  },
  'territory.below_itself': {
    'zh-CN': '辖区不能放到自己或自己的下级里。请选择另一个上级。',
    en: 'A territory cannot go below itself. Choose another place for it.',
  },
  'assignment.ends_early': {
    'zh-CN': '结束日期 {untilOn} 早于开始日期 {sinceOn}。请改其中一个。',
    en: 'The last day {untilOn} comes before the first day {sinceOn}. Change one of them.',
  },
})
