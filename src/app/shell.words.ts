import { words } from '#core/words.ts'

export const shellWords = words({
  'shell.places': { 'zh-CN': '主要页面', en: 'Main places' },
  'shell.skip': { 'zh-CN': '跳到内容', en: 'Skip to content' },
  'shell.search': { 'zh-CN': '搜索', en: 'Search' },
  'place.today': { 'zh-CN': '今日', en: 'Today' },
  'place.customers': { 'zh-CN': '客户', en: 'Customers' },
  'place.plan': { 'zh-CN': '计划', en: 'Plan' },
  'place.team': { 'zh-CN': '团队', en: 'Team' },
  'place.imports': { 'zh-CN': '导入', en: 'Imports' },
  'place.admin': { 'zh-CN': '管理', en: 'Admin' },
  'place.me': { 'zh-CN': '我的', en: 'Me' },
  'update.ready': { 'zh-CN': '新版本已就绪', en: 'A new version is ready' },
  'update.take': { 'zh-CN': '更新', en: 'Update' },
  'lost.title': { 'zh-CN': '没有这个页面', en: 'There is no such page' },
  'lost.text': {
    'zh-CN': '地址可能写错了，或者这条记录已经移交。',
    en: 'The address may be mistyped, or the record has been handed over.',
  },
  'lost.home': { 'zh-CN': '回到今日', en: 'Go to Today' },
  'broken.title': { 'zh-CN': '这个页面出了问题', en: 'This page broke' },
  'broken.text': {
    'zh-CN': '已经保存的内容都在本机，没有丢失。重新打开页面通常就好；如果反复出现，请把下面这行发给管理员。',
    en: 'Everything that was saved is still on this device. Opening the page again usually helps; if it keeps happening, send the line below to the administrator.',
  },
  'broken.again': { 'zh-CN': '重新打开', en: 'Open again' },
})
