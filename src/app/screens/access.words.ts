import { words } from '#core/words.ts'

/** The way in: sign-in, first set-up, invitation, and what the server says about them. */
export const accessWords = words({
  'access.motto': { 'zh-CN': '知其所需，行其所诺。', en: 'Know what is needed. Do what was promised.' },
  'access.about': {
    'zh-CN': '与客户长期、合规、专业相处的工作本。没有信号也能用。',
    en: 'A working notebook for lawful, lasting, professional relations. It works without a signal.',
  },
  'access.language': { 'zh-CN': 'English', en: '中文' },
  'sign_in.title': { 'zh-CN': '登录', en: 'Sign in' },
  'sign_in.email': { 'zh-CN': '邮箱', en: 'Email' },
  'sign_in.password': { 'zh-CN': '密码', en: 'Password' },
  'sign_in.act': { 'zh-CN': '登录', en: 'Sign in' },
  'sign_in.demo': {
    'zh-CN': '演示数据，人物均为虚构。选一个角色进入：',
    en: 'A demo with fictitious people. Come in as:',
  },
  'sign_in.second': { 'zh-CN': '再确认一步', en: 'One more step' },
  'sign_in.second_text': {
    'zh-CN': '打开验证器应用，填写现在显示的 6 位数字。',
    en: 'Open the authenticator app and enter the six digits it shows now.',
  },
  'sign_in.code': { 'zh-CN': '6 位验证码', en: 'Six-digit code' },
  'sign_in.verify': { 'zh-CN': '验证并登录', en: 'Verify and sign in' },
  'sign_in.use_backup': { 'zh-CN': '手机不在身边，用备用码', en: 'No phone at hand: use a backup code' },
  'sign_in.use_code': { 'zh-CN': '用验证器的验证码', en: 'Use the authenticator’s code' },
  'sign_in.backup': { 'zh-CN': '备用码', en: 'Backup code' },
  'sign_in.backup_text': {
    'zh-CN': '填写开启两步验证时抄下的一个备用码。每个只能用一次。',
    en: 'Enter one of the backup codes noted when the second factor was switched on. Each works once.',
  },
  'sign_in.again': { 'zh-CN': '换一个账号', en: 'Another account' },
  'set_up.title': { 'zh-CN': '从这里开始', en: 'Begin here' },
  'set_up.lead': {
    'zh-CN': '这台服务器还没有人使用。先写下机构和第一位管理员，其他同事之后用链接邀请。',
    en: 'Nobody uses this server yet. Name the organisation and its first administrator; colleagues are invited by link later.',
  },
  'set_up.organisation': { 'zh-CN': '机构名称', en: 'Organisation' },
  'set_up.name': { 'zh-CN': '管理员姓名', en: 'Administrator’s name' },
  'set_up.act': { 'zh-CN': '建立机构并登录', en: 'Set up and sign in' },
  'invitation.title': { 'zh-CN': '接受邀请', en: 'Accept the invitation' },
  'invitation.lead': {
    'zh-CN': '{organisation}邀请{name}加入知行。',
    en: '{organisation} invites {name} to Rapport.',
  },
  'invitation.roles': { 'zh-CN': '角色', en: 'Roles' },
  'invitation.act': { 'zh-CN': '设好密码并登录', en: 'Set the password and sign in' },
  'password.hint': {
    'zh-CN': '至少 10 个字符，一句好记的话最好。',
    en: 'At least 10 characters; a sentence is best.',
  },
  'password.short': { 'zh-CN': '还差 {count} 个字符', en: '{count} more characters' },
  'problem.email': {
    'zh-CN': '请填写完整的邮箱，例如 name@company.cn',
    en: 'Enter a whole address, such as name@company.com',
  },
  'sign_in.refused': {
    'zh-CN': '邮箱或密码不对。忘记密码时，管理员可以发一条重设链接。',
    en: 'Email or password is wrong. The administrator can send a link to set a new password.',
  },
  'two_factor.wrong_code': {
    'zh-CN': '验证码不对或已过期，请填写现在显示的 6 位数字。',
    en: 'That code is wrong or has run out. Enter the one shown now.',
  },
  'two_factor.start_again': {
    'zh-CN': '等待太久了，请重新填写密码。',
    en: 'That took too long. Enter the password again.',
  },
  'two_factor.locked': {
    'zh-CN': '尝试次数太多，请过几分钟再试。',
    en: 'Too many attempts. Try again in a few minutes.',
  },
  'account.wrong_password': {
    'zh-CN': '密码不对，请再填一次。',
    en: 'The password is wrong. Enter it again.',
  },
  rate_limited: {
    'zh-CN': '尝试太频繁，请稍等一会儿再试。',
    en: 'Too many attempts. Wait a little, then try again.',
  },
  'link.not_valid': {
    'zh-CN': '这条链接已经用过或已过期。请管理员再发一条。',
    en: 'This link was used already or has run out. Ask the administrator for a new one.',
  },
  'out.locked': {
    'zh-CN': '离线时间已到，本机资料已锁上。未发送的内容完好，登录后继续发送。',
    en: 'The offline time is over and this device is locked. Unsent work is safe and goes on after signing in.',
  },
  'out.signed_out': {
    'zh-CN': '登录已结束，本机资料已锁上。未发送的内容完好，登录后继续发送。',
    en: 'The session has ended and this device is locked. Unsent work is safe and goes on after signing in.',
  },
  'session.required': {
    'zh-CN': '登录已结束，请重新登录。本机未发送的内容都在。',
    en: 'The session has ended. Sign in again; unsent work is still here.',
  },
  'server.unreachable': {
    'zh-CN': '连不上服务器。请检查网络后再试。',
    en: 'The server cannot be reached. Check the network and try again.',
  },
  'server.unavailable': {
    'zh-CN': '服务器正在重启或暂时不可用，请稍后再试。',
    en: 'The server is starting or not available. Try again shortly.',
  },
  'server.failed': {
    'zh-CN': '服务器没有给出可用的回答，请稍后再试。',
    en: 'The server gave no usable answer. Try again shortly.',
  },
  'request.cross_site': { 'zh-CN': '请从本站页面操作。', en: 'This has to be done from the site itself.' },
})
