import { words } from '#core/words.ts'

export const conflictWords = words({
  conflict: { 'zh-CN': '两处同时修改', en: 'Changed in two places' },
  'conflict.memberId': { 'zh-CN': '待谁查看', en: 'For' },
  'conflict.entity': { 'zh-CN': '记录', en: 'Record' },
  'conflict.rowId': { 'zh-CN': '记录编号', en: 'Record id' },
  'conflict.customerId': { 'zh-CN': '客户', en: 'Customer' },
  'conflict.field': { 'zh-CN': '内容', en: 'Field' },
  'conflict.kept': { 'zh-CN': '现在的值', en: 'Stands now' },
  'conflict.lost': { 'zh-CN': '另一个值', en: 'The other value' },
  'conflict.keptBy': { 'zh-CN': '现在的值由谁写', en: 'Standing value by' },
  'conflict.lostBy': { 'zh-CN': '另一个值由谁写', en: 'Other value by' },
  'conflict.keptAt': { 'zh-CN': '现在的值写于', en: 'Standing value at' },
  'conflict.lostAt': { 'zh-CN': '另一个值写于', en: 'Other value at' },
  'conflict.settledAt': { 'zh-CN': '处理时间', en: 'Settled at' },
  'conflict.choice': { 'zh-CN': '选择', en: 'Choice' },
  'conflict.choice.kept': { 'zh-CN': '保留现在的', en: 'Leave what stands' },
  'conflict.choice.lost': { 'zh-CN': '换回另一个', en: 'Take the other' },
  'do.conflict.settle': { 'zh-CN': '处理同时修改', en: 'Settle the difference' },
})
