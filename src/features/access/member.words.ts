import { words } from '#core/words.ts'

export const memberWords = words({
  member: { 'zh-CN': '同事', en: 'Colleague' },
  'member.name': { 'zh-CN': '姓名', en: 'Name' },
  'member.email': { 'zh-CN': '邮箱', en: 'Email' },
  'member.roles': { 'zh-CN': '角色', en: 'Roles' },
  'member.isActive': { 'zh-CN': '在用', en: 'Active' },
  'role.rep': { 'zh-CN': '医药代表', en: 'Representative' },
  'role.manager': { 'zh-CN': '地区经理', en: 'Area manager' },
  'role.medical': { 'zh-CN': '医学', en: 'Medical' },
  'role.content': { 'zh-CN': '内容审核', en: 'Content review' },
  'role.compliance': { 'zh-CN': '合规', en: 'Compliance' },
  'role.safety': { 'zh-CN': '药物警戒', en: 'Drug safety' },
  'role.steward': { 'zh-CN': '数据管理员', en: 'Data steward' },
  'role.admin': { 'zh-CN': '系统管理员', en: 'Administrator' },
  'role.auditor': { 'zh-CN': '审计员', en: 'Auditor' },

  'do.member.add': { 'zh-CN': '邀请同事', en: 'Invite colleague' },
  'do.member.edit': { 'zh-CN': '更正姓名', en: 'Correct name' },
  'do.member.set_roles': { 'zh-CN': '改角色', en: 'Change roles' },
  'do.member.deactivate': { 'zh-CN': '停用账号', en: 'End access' },
  'do.member.reactivate': { 'zh-CN': '恢复账号', en: 'Give access again' },

  'member.email_taken': {
    'zh-CN': '{email} 已经有账号。请换一个邮箱，或在名单里找到这位同事。',
    en: '{email} is in use already. Take another address, or look for the colleague in the list.',
  },
  'member.has_left': {
    'zh-CN': '{name} 已停用，不能再分派工作。请选择一位在职的同事。',
    en: '{name} has left and cannot be given work. Choose a colleague who is active.',
  },
  'member.needs_role': {
    'zh-CN': '至少要有一个角色，否则登录后什么也看不到。请选择角色。',
    en: 'Without a role there is nothing to see after signing in. Choose at least one.',
  },
  'member.not_oneself': {
    'zh-CN': '不能停用自己，也不能去掉自己的管理员角色，以免无人管理。请由另一位管理员来做。',
    en: 'Nobody ends his own access or administrator’s role, so that one always remains. Ask another administrator.',
  },
})
