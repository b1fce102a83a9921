import type { Random } from './random.ts'

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const compoundSurnames = ['欧阳', '上官', '诸葛', '司徒']

const women = [...'芳娜敏静丽娟霞燕玲萍红梅莉兰洁慧琳颖婷雪倩蓉薇岚怡欣悦瑶菲宁']
const men = [...'伟强磊军洋勇杰涛明超刚平辉鹏斌波宇浩凯健俊帆晨旭峰毅博涵然哲翔']
const middle = [...'晓小建志国文海春玉永家思子雅一立德学景正庆瑞云天书新嘉']

/** A generated name; nobody in particular is meant. */
export function personName(random: Random, sex: 'female' | 'male'): string {
  const surname = random.chance(0.012) ? random.pick(compoundSurnames) : random.pick(surnames)
  const last = random.pick(sex === 'female' ? women : men)
  return random.chance(0.72) ? `${surname}${random.pick(middle)}${last}` : `${surname}${last}`
}
