import { tidyText } from './import-text.rules.ts'

/** Why a column may not come in at all; the words say it in full. */
export type ForbiddenReason = 'prescriptions' | 'sales' | 'benefits' | 'patients' | 'identity'

/**
 * Columns that the law forbids a representative to keep (R-B02; 医药代表管理办法 art. 24 ④ counting
 * prescriptions, ③ sales, ⑥ gifts and kickbacks, ⑧ patients' and internal information), by their headers.
 * Written so that 处方权, 销售代表 and 礼堂 stay allowed.
 */
const forbidden: readonly (readonly [ForbiddenReason, RegExp])[] = [
  ['patients', /患者|病人|病患|病历|病案|病例号|住院号|门诊号|就诊卡|医保卡|社保卡|\bpatients?\b/],
  [
    'prescriptions',
    /统方|处方(?!权|集|药|资格)|开单|开方|开药|用量|用药(?:量|金额|数)|月均|年均用|\b(?:rx|trx|nrx|nbrx)\b|prescri/,
  ],
  [
    'sales',
    /销量|销售(?:额|量|数|金额|收入|目标|任务|指标|排名|占比|潜力)|金额|回款|进货量|采购量|纯销|流向|产出|单产|指标完成|\bsales\b(?! ?rep)|\brevenue\b|\bamount\b/,
  ],
  [
    'benefits',
    /回扣|返利|返点|提成|佣金|礼(?:品|金|物|卡)|红包|购物卡|好处费|讲课费|劳务费|赞助费|兑费|银行(?:卡|账)|开户行|支付宝|\bgifts?\b|kickback|rebate|bank (?:card|account)/,
  ],
  ['identity', /身份证|证件号|护照号|\bid ?(?:card|number)\b|passport/],
]

/** The reason why this header is refused, or null when it may come in. */
export function forbiddenReason(header: string): ForbiddenReason | null {
  const text = tidyText(header).toLowerCase()
  const joined = text.replace(/[\s_\-·./]/g, '')
  const spaced = text.replace(/[_\-./]/g, ' ')
  return forbidden.find(([, pattern]) => pattern.test(joined) || pattern.test(spaced))?.[0] ?? null
}
