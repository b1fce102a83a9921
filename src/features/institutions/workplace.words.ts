import { words } from '#core/words.ts'

export const workplaceWords = words({
  'workplace.find': { 'zh-CN': '医院名称、拼音首字母或城市', en: 'Name, initials or city' },
  'workplace.other_department': { 'zh-CN': '不在列表里，另写一个', en: 'Not in the list, write another' },
  'workplace.choose_department': { 'zh-CN': '从列表里选', en: 'Choose from the list' },
  'workplace.department_example': { 'zh-CN': '心内科', en: 'Cardiology' },
})
