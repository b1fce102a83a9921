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
  'today.loading': {
    'zh-CN': '正在取今天的安排，很快就好。',
    en: 'Fetching the day; it will not take long.',
  },
  'today.role.medical': {
    'zh-CN': '可以查看所分配辖区的客户、拜访和承诺。答复医学问题的工作台还不在这个版本里。',
    en: 'Customers, visits and promises of the territories assigned can be read. A desk for medical questions is not part of this version yet.',
  },
  'today.role.content': {
    'zh-CN': '资料的审批、发布和撤回还不在这个版本里。现在可以先设好自己的账号。',
    en: 'Approving, publishing and withdrawing content is not part of this version yet. For now one’s own account can be set up.',
  },
  'today.role.compliance': {
    'zh-CN':
      '全机构的客户、拜访和承诺可以通过 API 读取，令牌在“我的”里建。规则、审批和审阅的页面还不在这个版本里。',
    en: 'Customers, visits and promises of the whole organisation can be read through the API, with a token made under Me. Screens for rules, approvals and review are not part of this version yet.',
  },
  'today.role.safety': {
    'zh-CN': '可以查看所分配辖区的客户和拜访。不良反应与质量投诉的上报还不在这个版本里。',
    en: 'Customers and visits of the territories assigned can be read. Reporting adverse events and complaints is not part of this version yet.',
  },
  'today.role.steward': {
    'zh-CN': '从表格导入医疗机构和客户，先检查再写入，写错了可以整次撤销。',
    en: 'Import institutions and customers from spreadsheets: checked first, written whole, taken back whole.',
  },
  'today.role.admin': {
    'zh-CN': '邀请同事，划分辖区，安排谁在哪里工作。客户资料不在这里。',
    en: 'Invite colleagues, divide the territories, say who works where. Customers are not shown here.',
  },
  'today.role.auditor': {
    'zh-CN':
      '全机构的记录可以通过 API 读取，不能更改，令牌在“我的”里建。服务器上的 rapport verify-audit 核对审计链。审阅的页面还不在这个版本里。',
    en: 'Records of the whole organisation can be read through the API and not changed, with a token made under Me. On the server, rapport verify-audit checks the audit chain. Screens for review are not part of this version yet.',
  },
  'today.manager': {
    'zh-CN': '今天没有自己的拜访。可以看看团队的承诺，或陪同一次拜访。',
    en: 'No visits of one’s own today. A look at the team’s promises, or a joint visit, may help most.',
  },
  'today.see_team': { 'zh-CN': '看团队', en: 'See the team' },
  'today.see_customers': { 'zh-CN': '看客户', en: 'See customers' },
  'today.see_imports': { 'zh-CN': '导入名单', en: 'Import a list' },
  'today.see_admin': { 'zh-CN': '去管理', en: 'Go to Admin' },
  'today.see_me': { 'zh-CN': '看账号', en: 'See the account' },
  'today.team': {
    'zh-CN': '团队今天 {visits} 场拜访，已完成 {done} 场',
    en: 'The team has {visits} visits today, {done} done',
  },
  'today.team_overdue': { 'zh-CN': '{overdue} 个承诺逾期', en: '{overdue} promises overdue' },
})
