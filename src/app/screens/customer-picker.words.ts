import { words } from '#core/words.ts'

export const customerPickerWords = words({
  search: { 'zh-CN': '姓名、拼音或医院', en: 'Name, pinyin or hospital' },
  customers: { 'zh-CN': '客户', en: 'Customers' },
  none: {
    'zh-CN': '还没有客户。先在“客户”里新建或导入一位。',
    en: 'There are no customers yet. Add or import one under Customers.',
  },
  nothing: {
    'zh-CN': '没有相符的客户。换姓名的一部分，或写医院名。',
    en: 'Nobody fits. Try part of the name, or the hospital.',
  },
})
