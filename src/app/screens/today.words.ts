import { words } from '#core/words.ts'

export const todayWords = words({
  'today.title': { 'zh-CN': '今日', en: 'Today' },
  'today.lunar': { 'zh-CN': '农历{day}', en: '' },
  'today.visits': { 'zh-CN': '{count} 场拜访', en: '{count} visits' },
  'today.visit_one': { 'zh-CN': '1 场拜访', en: '1 visit' },
  'today.due': { 'zh-CN': '{count} 个承诺今天到期', en: '{count} promises due today' },
  'today.due_one': { 'zh-CN': '1 个承诺今天到期', en: '1 promise due today' },
  'today.overdue': { 'zh-CN': '{count} 个逾期', en: '{count} overdue' },
  'today.promise_one': { 'zh-CN': '1 个承诺到期', en: '1 promise due' },
  'today.promise_count': { 'zh-CN': '{count} 个承诺到期', en: '{count} promises due' },
  'today.free': { 'zh-CN': '今天没有安排', en: 'Nothing planned today' },
  'today.week': { 'zh-CN': '本周', en: 'This week' },
  'today.week_day': {
    'zh-CN': '：完成 {done}，待访 {planned}，到期承诺 {due}',
    en: ': {done} done, {planned} to come, {due} promises due',
  },
  'today.promises': { 'zh-CN': '先兑现', en: 'Keep first' },
  'today.visits_title': { 'zh-CN': '今天见谁', en: 'Visits today' },
  'today.unreported': { 'zh-CN': '补写报告', en: 'Reports owed' },
  'today.ahead': { 'zh-CN': '接下来', en: 'Coming up' },
  'today.due_word': { 'zh-CN': '承诺', en: 'Due' },
  'today.keep': { 'zh-CN': '兑现', en: 'Kept' },
  'today.kept': { 'zh-CN': '已兑现：{what}', en: 'Kept: {what}' },
  'today.report': { 'zh-CN': '写报告', en: 'Report' },
  'today.prepare': { 'zh-CN': '准备', en: 'Prepare' },
  'today.minutes': { 'zh-CN': '{count} 分钟', en: '{count} min' },
  'today.now': { 'zh-CN': '现在 {time}', en: 'Now {time}' },
  'today.plan': { 'zh-CN': '安排拜访', en: 'Plan a visit' },
  'today.customer_gone': { 'zh-CN': '已移交的客户', en: 'A customer handed over' },
  'today.nothing': {
    'zh-CN': '今天还没有安排。从最久没见、又等着回音的客户开始，往往最有用。',
    en: 'Nothing is planned for today. Those who have waited longest for an answer are a good place to begin.',
  },
  'today.weekend': {
    'zh-CN': '周末，没有安排。下周的事已经排好在下面。',
    en: 'The weekend is free. What comes next week is below.',
  },
  'today.first': {
    'zh-CN': '这里会是每天的第一页：该兑现的承诺、今天要见的人。先安排一次拜访。',
    en: 'This will be the first page of every day: promises to keep, people to see. Begin by planning a visit.',
  },
  'today.colleague': {
    'zh-CN': '这里只列自己的拜访和承诺。客户资料和团队记录在各自的页面里。',
    en: 'Only one’s own visits and promises are listed here. Customers and records have pages of their own.',
  },
  'today.manager': {
    'zh-CN': '今天没有自己的拜访。可以看看团队的承诺，或陪同一次拜访。',
    en: 'No visits of one’s own today. A look at the team’s promises, or a joint visit, may help most.',
  },
  'today.see_team': { 'zh-CN': '看团队', en: 'See the team' },
  'today.customers': { 'zh-CN': '看客户', en: 'See customers' },
  'today.team': {
    'zh-CN': '团队今天 {visits} 场拜访，已完成 {done} 场',
    en: 'The team has {visits} visits today, {done} done',
  },
  'today.team_overdue': { 'zh-CN': '{overdue} 个承诺逾期', en: '{overdue} promises overdue' },
})
