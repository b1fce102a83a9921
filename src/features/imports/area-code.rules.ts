// Area codes of the provinces' capitals and larger cities, for numbers written without one.
// A city that is not listed only means that such a number is kept as it stands, with a warning.
const table = `
010 北京 020 广州 021 上海 022 天津 023 重庆 024 沈阳 025 南京 027 武汉 028 成都 029 西安
0310 邯郸 0311 石家庄 0312 保定 0315 唐山 0316 廊坊 0317 沧州 0335 秦皇岛 0351 太原 0352 大同
0371 郑州 0372 安阳 0379 洛阳 0373 新乡 0377 南阳 0411 大连 0412 鞍山 0431 长春 0432 吉林
0451 哈尔滨 0452 齐齐哈尔 0459 大庆 0471 呼和浩特 0472 包头
0510 无锡 0511 镇江 0512 苏州 0513 南通 0514 扬州 0515 盐城 0516 徐州 0517 淮安 0518 连云港 0519 常州
0523 泰州 0527 宿迁 0531 济南 0532 青岛 0533 淄博 0534 德州 0535 烟台 0536 潍坊 0537 济宁 0538 泰安
0539 临沂 0530 菏泽 0543 滨州 0546 东营 0631 威海 0632 枣庄 0633 日照 0635 聊城
0551 合肥 0552 蚌埠 0553 芜湖 0571 杭州 0572 湖州 0573 嘉兴 0574 宁波 0575 绍兴 0576 台州 0577 温州
0578 丽水 0579 金华 0570 衢州 0580 舟山
0591 福州 0592 厦门 0593 宁德 0594 莆田 0595 泉州 0596 漳州 0597 龙岩 0598 三明 0599 南平
0710 襄阳 0711 鄂州 0712 孝感 0713 黄冈 0714 黄石 0715 咸宁 0716 荆州 0717 宜昌 0718 恩施 0719 十堰
0722 随州 0724 荆门 0728 仙桃 0731 长沙 0730 岳阳 0734 衡阳
0750 江门 0752 惠州 0754 汕头 0755 深圳 0756 珠海 0757 佛山 0759 湛江 0760 中山 0769 东莞
0771 南宁 0772 柳州 0773 桂林 0791 南昌 0792 九江 0797 赣州
0816 绵阳 0830 泸州 0851 贵阳 0852 遵义 0871 昆明 0872 大理 0891 拉萨 0898 海口
0931 兰州 0951 银川 0971 西宁 0991 乌鲁木齐
`

const codeOfCity = new Map(
  [...table.matchAll(/(\d+) (\p{Script=Han}+)/gu)].map(([, code = '', city = '']) => [city, code]),
)
const codes = new Set(codeOfCity.values())

/** The area code of a city as people write it: 漳州市, 漳州, 恩施土家族苗族自治州. Null when it is not listed. */
export function areaCodeOf(city: string): string | null {
  const plain = city.replace(/市$/, '')
  return codeOfCity.get(plain) ?? codeOfCity.get(plain.slice(0, 2)) ?? null
}

export function isAreaCode(code: string): boolean {
  return codes.has(code)
}
