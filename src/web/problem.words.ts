import { words } from '#core/words.ts'

/** What can be wrong with one value (the codes of core/check.ts), and refusals that belong to no subject. */
export const problemWords = words({
  'problem.required': { 'zh-CN': '还没有填写', en: 'needs a value' },
  'problem.not_an_option': { 'zh-CN': '请从列表里选择', en: 'choose one from the list' },
  'problem.not_a_flag': { 'zh-CN': '只能是“是”或“否”', en: 'must be yes or no' },
  'problem.not_a_day': {
    'zh-CN': '不是有效的日期，例如 2026-11-23',
    en: 'is not a date, for example 2026-11-23',
  },
  'problem.not_an_instant': { 'zh-CN': '不是有效的时间', en: 'is not a valid time' },
  'problem.not_an_id': { 'zh-CN': '所指的记录无效，请重新选择', en: 'points to no record, choose again' },
  'problem.not_text': { 'zh-CN': '请填写文字', en: 'must be text' },
  'problem.unreadable_characters': {
    'zh-CN': '含有无法保存的字符，请删去后重填',
    en: 'has characters that cannot be kept, retype it',
  },
  'problem.one_line_only': { 'zh-CN': '只能写一行', en: 'must be a single line' },
  'problem.too_long': {
    'zh-CN': '最多 {max} 字，现在 {length} 字',
    en: 'at most {max} characters, now {length}',
  },
  'problem.too_short': { 'zh-CN': '至少 {min} 字', en: 'at least {min} characters' },
  'problem.not_a_number': { 'zh-CN': '请填写数字', en: 'must be a number' },
  'problem.not_whole': { 'zh-CN': '请填写整数', en: 'must be a whole number' },
  'problem.out_of_range': { 'zh-CN': '应在 {min} 到 {max} 之间', en: 'must be between {min} and {max}' },
  'problem.not_a_list': { 'zh-CN': '格式不对，请重新填写', en: 'has the wrong form, enter it again' },
  'problem.too_many': {
    'zh-CN': '最多 {max} 项，现在 {length} 项',
    en: 'at most {max} entries, now {length}',
  },
  'problem.not_an_object': { 'zh-CN': '格式不对，请重新填写', en: 'has the wrong form, enter it again' },
  'problem.unknown_field': {
    'zh-CN': '这个版本不认识这一项，请更新后再试',
    en: 'is unknown to this version, update and try again',
  },
  'problem.not_json': { 'zh-CN': '格式不对，请重新填写', en: 'has the wrong form, enter it again' },
  'problem.other': { 'zh-CN': '不能这样保存，请检查', en: 'cannot be saved like this, check it' },
  'input.invalid': {
    'zh-CN': '有内容需要修改后再保存。',
    en: 'Some of this needs mending before it can be saved.',
  },
  not_allowed: {
    'zh-CN': '当前角色不能做这件事，需要时请联系管理员。',
    en: 'This role may not do that. The administrator can help.',
  },
  not_found: {
    'zh-CN': '找不到这条记录：它可能已移交或删除。',
    en: 'The record is not there: it may have been handed over or removed.',
  },
  already_exists: {
    'zh-CN': '这条记录已经存在，没有重复保存。',
    en: 'This record exists already; it was not saved twice.',
  },
  'mutation.unknown_version': {
    'zh-CN': '这条内容由别的版本写成，请更新应用后重新发送。',
    en: 'Another version of the app wrote this. Update, then send it again.',
  },
  'device.locked': {
    'zh-CN': '本机已锁上，请重新登录后再保存。',
    en: 'This device is locked. Sign in again, then save.',
  },
  'device.online_only': {
    'zh-CN': '这件事需要联网才能做。请连上网络后再试。',
    en: 'This needs the network. Try again once it is there.',
  },
  'filter.unknown_field': {
    'zh-CN': '不能按“{field}”筛选，请换一个字段。',
    en: 'Cannot filter by “{field}”. Take another field.',
  },
  'sort.unknown_field': {
    'zh-CN': '不能按“{field}”排序，请换一个字段。',
    en: 'Cannot sort by “{field}”. Take another field.',
  },
  'search.not_possible': {
    'zh-CN': '这里不能按文字查找。',
    en: 'This cannot be searched by text.',
  },
  'list.unknown_cursor': {
    'zh-CN': '翻页的位置已失效，请从第一页重新开始。',
    en: 'That place in the list is no longer known. Begin again at the first page.',
  },
  'refusal.unknown': {
    'zh-CN': '服务器没有接受（{code}）。内容仍保留在本机，可修改后重发。',
    en: 'The server did not accept this ({code}). It is kept on this device and can be mended and sent again.',
  },
})
