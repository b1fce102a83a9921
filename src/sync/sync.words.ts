import { words } from '#core/words.ts'

/** What the server says about the exchange with devices and programs, whatever it is about. */
export const syncWords = words({
  'device.cloned': {
    'zh-CN': '这台设备的资料似乎被复制到了别处，为避免重复已停止发送。请退出后重新登录。',
    en: 'The data of this device seems to have been copied elsewhere; sending has stopped so that nothing is doubled. Sign out and in again.',
  },
  dependency_refused: {
    'zh-CN': '它所依据的上一条没有被接受。请先处理那一条，再重新发送。',
    en: 'What this builds on was not accepted. Settle that one first, then send this again.',
  },
  'key.reused': {
    'zh-CN': '这个 Idempotency-Key 已用于另一次请求。请换一个新的。',
    en: 'This Idempotency-Key was used for another request. Take a new one.',
  },
  'pull.unknown_resume': {
    'zh-CN': '同步中断太久，需要从头取一次。应用会自动继续。',
    en: 'The exchange was interrupted too long ago and begins anew by itself.',
  },
  'app.outdated': {
    'zh-CN': '应用版本太旧，请更新后继续同步。未发送的内容都在本机。',
    en: 'This version of the app is too old. Update it to go on; unsent work is kept on this device.',
  },
  'member.inactive': {
    'zh-CN': '账号已停用。离开前做的已交给服务器，本机资料已清除。',
    en: 'The account has ended. What was done before was handed in; everything on this device is gone.',
  },
  'mutation.unknown': {
    'zh-CN': '服务器不认识这项操作，请更新应用后重试。',
    en: 'The server does not know this act. Update, then try again.',
  },
})
