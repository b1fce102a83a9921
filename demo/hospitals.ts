import type { institutionKinds, institutionLevels } from '#features/institutions/institution.entity.ts'

/** A real public hospital: its public name, level, place and, where a public list had them, coordinates. */
export interface DemoHospital {
  readonly name: string
  readonly kind: (typeof institutionKinds)[number]
  readonly level: (typeof institutionLevels)[number]
  readonly city: string
  readonly district: string
  readonly address: string
  readonly longitude: number | null
  readonly latitude: number | null
}

type Place = readonly [longitude: number, latitude: number] | null
type Row = readonly [
  name: string,
  kind: DemoHospital['kind'],
  district: string,
  address: string,
  place?: Place,
]

const beijing: readonly Row[] = [
  [
    '中国医学科学院北京协和医院',
    'general_hospital',
    '东城区',
    '北京市东城区帅府园1号',
    [116.417512, 39.91246],
  ],
  ['北京医院', 'general_hospital', '东城区', '北京市东城区东单大华路1号', [116.415597, 39.903467]],
  [
    '首都医科大学附属北京同仁医院',
    'general_hospital',
    '东城区',
    '北京市东城区东交民巷1号',
    [116.417781, 39.903198],
  ],
  ['北京中医药大学东直门医院', 'tcm_hospital', '东城区', '北京市东城区海运仓5号', [116.426535, 39.936717]],
  ['北京市和平里医院', 'general_hospital', '东城区', '北京市东城区和平里北街18号', [116.413916, 39.959063]],
  ['北京大学第一医院', 'general_hospital', '西城区', '北京市西城区西什库大街8号', [116.380165, 39.931883]],
  ['北京大学人民医院', 'general_hospital', '西城区', '北京市西城区西直门南大街11号', [116.354386, 39.937581]],
  ['北京积水潭医院', 'general_hospital', '西城区', '北京市西城区新街口东街31号', [116.375979, 39.943288]],
  ['首都医科大学附属北京友谊医院', 'general_hospital', '西城区', '北京市西城区永安路95号'],
  ['首都医科大学宣武医院', 'general_hospital', '西城区', '北京市西城区长椿街45号', [116.36314, 39.891696]],
  [
    '首都医科大学附属北京儿童医院',
    'specialist_hospital',
    '西城区',
    '北京市西城区南礼士路56号',
    [116.356184, 39.912765],
  ],
  ['中国医学科学院阜外医院', 'specialist_hospital', '西城区', '北京市西城区北礼士路167号'],
  [
    '首都医科大学附属北京安贞医院',
    'general_hospital',
    '朝阳区',
    '北京市朝阳区安贞路2号',
    [116.402452, 39.973873],
  ],
  [
    '首都医科大学附属北京朝阳医院',
    'general_hospital',
    '朝阳区',
    '北京市朝阳区工体南路8号',
    [116.453126, 39.926704],
  ],
  ['中日友好医院', 'general_hospital', '朝阳区', '北京市朝阳区和平里樱花园东街2号', [116.424955, 39.973354]],
  [
    '中国医学科学院肿瘤医院',
    'specialist_hospital',
    '朝阳区',
    '北京市朝阳区潘家园南里17号',
    [116.445142, 39.873347],
  ],
  ['首都儿科研究所附属儿童医院', 'specialist_hospital', '朝阳区', '北京市朝阳区雅宝路2号'],
  ['北京大学第三医院', 'general_hospital', '海淀区', '北京市海淀区花园北路49号', [116.359393, 39.981915]],
  ['北京肿瘤医院', 'specialist_hospital', '海淀区', '北京市海淀区阜成路52号', [116.290494, 39.923761]],
  ['中国中医科学院西苑医院', 'tcm_hospital', '海淀区', '北京市海淀区西苑操场1号'],
  ['首都医科大学附属北京天坛医院', 'general_hospital', '丰台区', '北京市丰台区南四环西路119号'],
  [
    '北京中医药大学东方医院',
    'tcm_hospital',
    '丰台区',
    '北京市丰台区方庄芳星园一区6号',
    [116.430884, 39.864453],
  ],
]

const wuhan: readonly Row[] = [
  ['华中科技大学同济医学院附属协和医院', 'general_hospital', '江汉区', '武汉市江汉区解放大道1277号'],
  ['华中科技大学同济医学院附属同济医院', 'general_hospital', '硚口区', '武汉市硚口区解放大道1095号'],
  ['武汉大学人民医院', 'general_hospital', '武昌区', '武汉市武昌区张之洞路99号'],
  ['武汉大学中南医院', 'general_hospital', '武昌区', '武汉市武昌区东湖路169号'],
  ['中部战区总医院', 'general_hospital', '武昌区', '武汉市武昌区武珞路627号'],
  ['湖北省中医院', 'tcm_hospital', '武昌区', '武汉市武昌区花园山4号'],
  ['湖北省妇幼保健院', 'maternity_hospital', '洪山区', '武汉市洪山区武珞路745号'],
  ['湖北省肿瘤医院', 'specialist_hospital', '洪山区', '武汉市洪山区卓刀泉南路116号'],
  ['武汉市中心医院', 'general_hospital', '江岸区', '武汉市江岸区胜利街26号'],
  ['武汉儿童医院', 'specialist_hospital', '江岸区', '武汉市江岸区香港路100号'],
  ['武汉市第一医院', 'general_hospital', '硚口区', '武汉市硚口区中山大道215号'],
  ['武汉市第三医院', 'general_hospital', '武昌区', '武汉市武昌区彭刘杨路241号'],
  ['武汉市第四医院', 'general_hospital', '硚口区', '武汉市硚口区汉正街473号'],
  ['武汉市肺科医院', 'specialist_hospital', '硚口区', '武汉市硚口区宝丰路28号'],
  ['武汉亚洲心脏病医院', 'specialist_hospital', '江汉区', '武汉市江汉区京汉大道753号'],
  ['武汉科技大学附属天佑医院', 'general_hospital', '武昌区', '武汉市武昌区涂家岭9号'],
  ['武汉市中医医院', 'tcm_hospital', '江岸区', '武汉市江岸区黎黄陂路49号'],
  ['湖北省第三人民医院', 'general_hospital', '硚口区', '武汉市硚口区中山大道26号'],
]

/** All are 三级甲等 by the public registers. */
export const hospitals: { readonly [city in '北京市' | '武汉市']: readonly DemoHospital[] } = {
  北京市: beijing.map((row) => hospitalOf('北京市', row)),
  武汉市: wuhan.map((row) => hospitalOf('武汉市', row)),
}

function hospitalOf(city: string, [name, kind, district, address, place]: Row): DemoHospital {
  return {
    name,
    kind,
    level: '3A',
    city,
    district,
    address,
    longitude: place?.[0] ?? null,
    latitude: place?.[1] ?? null,
  }
}
