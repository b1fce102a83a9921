/** What fictitious reps talk about: professional, without products, counts of prescriptions, patients or gifts. */
export interface Specialty {
  readonly department: string
  readonly directions: readonly string[]
  readonly topics: readonly string[]
}

export const specialties: readonly Specialty[] = [
  {
    department: '心内科',
    directions: ['心力衰竭', '冠心病介入', '心律失常', '高血压'],
    topics: ['慢性心衰管理指南更新', '双抗疗程的个体化选择', '房颤卒中风险评估', '难治性高血压的筛查路径'],
  },
  {
    department: '内分泌科',
    directions: ['糖尿病', '甲状腺疾病', '肥胖与代谢'],
    topics: ['基层血糖管理路径', '持续葡萄糖监测的适用人群', '肾功能不全时的用药调整', '甲状腺结节随访间隔'],
  },
  {
    department: '呼吸内科',
    directions: ['慢阻肺', '哮喘', '肺部感染', '间质性肺病'],
    topics: ['慢阻肺急性加重的识别', '吸入装置的正确使用', '哮喘分级治疗更新', '肺功能检查的基层推广'],
  },
  {
    department: '神经内科',
    directions: ['脑血管病', '癫痫', '帕金森病', '头痛'],
    topics: ['卒中二级预防要点', '抗癫痫治疗的换药原则', '帕金森病非运动症状', '偏头痛预防治疗'],
  },
  {
    department: '消化内科',
    directions: ['炎症性肠病', '肝病', '幽门螺杆菌', '内镜'],
    topics: ['炎症性肠病的达标治疗', '幽门螺杆菌根除方案共识', '肠道准备质量', '代偿期肝硬化随访'],
  },
  {
    department: '肾内科',
    directions: ['慢性肾脏病', '血液透析', '肾小球疾病'],
    topics: ['慢性肾脏病贫血管理', '高钾血症的长期管理', '透析充分性评估', '蛋白尿的早期干预'],
  },
  {
    department: '肿瘤内科',
    directions: ['肺癌', '消化道肿瘤', '乳腺癌', '支持治疗'],
    topics: ['免疫相关不良反应的分级处理', '化疗相关恶心呕吐的预防', '癌痛规范化管理', '基因检测报告的解读'],
  },
  {
    department: '风湿免疫科',
    directions: ['类风湿关节炎', '系统性红斑狼疮', '强直性脊柱炎'],
    topics: ['类风湿关节炎达标治疗', '生物制剂使用前筛查', '狼疮肾炎的随访', '骨密度监测时机'],
  },
  {
    department: '儿科',
    directions: ['儿童哮喘', '新生儿', '儿童感染'],
    topics: ['儿童哮喘行动计划', '儿童用药依从性', '儿童雾化的家庭指导', '新生儿黄疸随访'],
  },
  {
    department: '骨外科',
    directions: ['关节外科', '骨质疏松', '脊柱外科', '创伤'],
    topics: ['骨质疏松性骨折的二级预防', '围术期血栓预防', '术后加速康复流程', '关节置换后的疼痛管理'],
  },
]

/** Objectives as they are set before a visit; `{topic}` is one of the specialty's. */
export const objectives = [
  '介绍《{topic}》要点并了解看法',
  '了解科室在{topic}上的实际做法',
  '请教{topic}中尚未解决的问题',
  '送交《{topic}》文献并约定讨论时间',
  '确认科室会《{topic}》的议题与时间',
  '回访上次关于{topic}的疑问',
] as const

export const notes = [
  '就{topic}交换了意见。主任认为目前最大的困难在随访，希望看到更多真实世界数据。',
  '介绍了{topic}的主要更新，对方对证据等级很关注，要了原文。约定下次带对比表。',
  '门诊间隙交谈约十分钟。对{topic}有兴趣，提到科里年轻医生需要系统学习。',
  '反馈上次资料有用，已在科里传阅。关于{topic}提出两个问题，记下后请医学同事书面答复。',
  '谈到科室今年的学科建设重点，与{topic}相关。希望了解其他医院的流程经验。',
  '对{topic}持保留意见，理由是入组人群与本院差别较大。未作争论，约定提供亚组数据。',
  '确认科室会的时间和议题，护士长也会参加。希望多讲病例分析，少讲概述。',
  '时间紧，只简单说明{topic}的三个要点。对方请我下周再来细谈。',
  '一起看了{topic}的流程图，提出本院可改进的一步。愿意在下次病例讨论会上分享。',
  '询问不良反应上报的流程，已说明公司渠道并留下联系方式。',
] as const

/** What we promise, in how many days it falls due, and how one sees that it was kept. */
export const ourPromises = [
  { what: '提供《{topic}》原文全文', days: 3, proof: '已送达并当面说明要点' },
  { what: '请医学同事书面答复关于{topic}的问题', days: 7, proof: '答复函已交，主任表示清楚' },
  { what: '整理{topic}对比表', days: 5, proof: '对比表已发，逐条讲解' },
  { what: '协调科室会《{topic}》的讲者和时间', days: 14, proof: '时间与讲者已确认' },
  { what: '带来最新版患者教育材料样稿供审阅', days: 7, proof: '样稿已审，意见已带回' },
  { what: '提供省级学术会议日程', days: 4, proof: '日程已发' },
] as const

export const theirPromises = [
  { what: '审阅科室会议程并回复', days: 7 },
  { what: '推荐两位参加病例讨论的年轻医生', days: 10 },
  { what: '看完文献后谈谈意见', days: 14 },
] as const

export const missedReasons = ['临时手术', '外出开会', '门诊延时，未能见面', '院内检查，暂停接待'] as const
export const cancelledReasons = ['与其他安排冲突，改期', '对方请假', '科室活动取消'] as const

export const positions = {
  department_head: ['主任', '副主任（主持工作）'],
  physician: ['主治组长', '住院总', '教学秘书', ''],
  head_nurse: ['护士长'],
  pharmacy_director: ['药剂科主任'],
  medical_affairs_director: ['医务科主任'],
  vice_president: ['分管副院长'],
  president: ['院长'],
  procurement: ['采购负责人'],
} as const
