import { words } from '#core/words.ts'

/** The texts of the panels with which visits are planned, reported and called off. */
export const visitFormWords = words({
  minutes: { 'zh-CN': '{count} 分钟', en: '{count} min' },
  change_when: { 'zh-CN': '改方式或时间', en: 'Change channel or time' },
  day: { 'zh-CN': '日期', en: 'Day' },
  time: { 'zh-CN': '时间', en: 'Time' },
  objective: { 'zh-CN': '拜访目标', en: 'Objective' },
  objective_hint: {
    'zh-CN': '一个动词加一件事，例如：确认科室会时间',
    en: 'A verb and one thing, such as: settle the date of the ward talk',
  },
  result: { 'zh-CN': '达成了吗', en: 'Was it reached?' },
  note: { 'zh-CN': '谈了什么', en: 'What was said' },
  note_hint: {
    'zh-CN': '写学术交流与客户的话。不写患者信息和处方数量。',
    en: 'Scientific exchange and the customer’s own words. No patients, no prescription figures.',
  },
  phrases: { 'zh-CN': '常用句', en: 'Phrases' },
  'label.guideline': { 'zh-CN': '指南更新', en: 'Guideline' },
  'label.safety': { 'zh-CN': '用药安全', en: 'Safety' },
  'label.inquiry': { 'zh-CN': '转医学部', en: 'To Medical' },
  'label.next': { 'zh-CN': '约好下次', en: 'Next time' },
  'phrase.guideline': { 'zh-CN': '交流了指南更新要点。', en: 'Went through what is new in the guideline.' },
  'phrase.safety': {
    'zh-CN': '客户关注用药安全性，已按说明书说明。',
    en: 'Asked about safety; answered by the label.',
  },
  'phrase.inquiry': {
    'zh-CN': '客户提出医学问题，转医学部答复。',
    en: 'Raised a medical question; passed on to Medical.',
  },
  'phrase.next': { 'zh-CN': '约好下次再谈。', en: 'Agreed to talk again.' },
  'lack.time': { 'zh-CN': '还差日期和时间', en: 'Day and time are missing' },
  'lack.result': { 'zh-CN': '选一下目标达成了没有', en: 'Say whether the objective was reached' },
  'lack.note': { 'zh-CN': '写一句谈了什么', en: 'Write a line on what was said' },

  'miss.title': { 'zh-CN': '没见成', en: 'The visit did not happen' },
  'miss.act': { 'zh-CN': '记为没见成', en: 'Mark as missed' },
  'miss.done': { 'zh-CN': '已记为没见成', en: 'Marked as missed' },
  'cancel.title': { 'zh-CN': '取消这次拜访', en: 'Call off this visit' },
  'cancel.act': { 'zh-CN': '取消拜访', en: 'Call off' },
  'cancel.done': { 'zh-CN': '拜访已取消', en: 'Visit called off' },
  reason: { 'zh-CN': '原因', en: 'Reason' },
  'reason.meeting': { 'zh-CN': '客户临时开会', en: 'Called into a meeting' },
  'reason.surgery': { 'zh-CN': '客户在手术', en: 'In surgery' },
  'reason.away': { 'zh-CN': '客户外出', en: 'Away' },
  'reason.rules': { 'zh-CN': '医院当天不接待', en: 'The hospital receives nobody today' },
  'reason.postponed': { 'zh-CN': '客户改期', en: 'The customer postponed' },
  'reason.own': { 'zh-CN': '自己有变动', en: 'A change on our side' },
})
