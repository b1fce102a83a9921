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
  'session.over': {
    'zh-CN': '登录已结束。可以继续看和写，重新登录后再发送。',
    en: 'The session has ended. Reading and writing go on; sending waits for a new sign-in.',
  },
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
  'locked.title': { 'zh-CN': '离线时间已到', en: 'The offline time is over' },
  'locked.text': {
    'zh-CN': '为保护客户信息，本机资料已锁上；未发送的内容完好，登录后继续发送。',
    en: 'To protect customers, what is on this device is locked. Unsent work is safe and goes on after signing in.',
  },
  'locked.sign_in': { 'zh-CN': '登录', en: 'Sign in' },
})
