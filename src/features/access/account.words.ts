import { words } from '#core/words.ts'

/** What the server says about accounts, links, tokens and requests as such. */
export const accountWords = words({
  'account.email_taken': {
    'zh-CN': '这个邮箱在本服务器上已有账号。请管理员换一个邮箱重新邀请。',
    en: 'This address has an account on this server already. Ask the administrator to invite another address.',
  },
  'two_factor.already_enabled': {
    'zh-CN': '两步验证已经开启。要换手机，请先关闭再重新开启。',
    en: 'The second factor is on already. To change phones, turn it off and on again.',
  },
  'two_factor.not_enabled': {
    'zh-CN': '这个账号没有开启两步验证。',
    en: 'This account has no second factor.',
  },
  'token.too_many': {
    'zh-CN': '最多同时使用 {max} 个令牌。请先撤销不再用的。',
    en: 'At most {max} tokens can be in use. Revoke one that is no longer needed.',
  },
  'token.not_enough': {
    'zh-CN': '程序不能代替本人做这件事。请登录后再操作。',
    en: 'A program may not do this for its owner. Sign in and do it yourself.',
  },
  'set_up.done_already': {
    'zh-CN': '这台服务器已经建立了机构。请登录，或向管理员要一条邀请链接。',
    en: 'This server has been set up already. Sign in, or ask the administrator for an invitation.',
  },
  'input.malformed': {
    'zh-CN': '服务器读不懂收到的内容。请刷新页面后再试。',
    en: 'The server could not read what it was sent. Reload the page and try again.',
  },
  'input.too_large': {
    'zh-CN': '内容太大，服务器没有接收。请分成几次发送。',
    en: 'That is too large for the server to take. Send it in parts.',
  },
  'input.content_type': {
    'zh-CN': '这个接口只接收 {accepted}。',
    en: 'Only {accepted} is taken here.',
  },
  'input.content_encoding': {
    'zh-CN': '服务器不接收压缩过的请求（{encoding}）。请不压缩发送。',
    en: 'Compressed requests ({encoding}) are not taken. Send it uncompressed.',
  },
  internal: {
    'zh-CN': '服务器出了问题，内容没有丢失。请稍后再试；如果反复出现，请把编号 {trace} 发给管理员。',
    en: 'Something went wrong on the server; nothing is lost. Try again later, and if it keeps happening, give the administrator the number {trace}.',
  },
  'problem.not_utf8': { 'zh-CN': '不是 UTF-8 编码', en: 'is not encoded in UTF-8' },
  'problem.too_deep': { 'zh-CN': '嵌套超过 {max} 层', en: 'is nested deeper than {max} levels' },
  'problem.forbidden_key': { 'zh-CN': '含有不允许的键名', en: 'has a key that is not allowed' },
})
