import { words } from '#core/words.ts'

export const institutionWords = words({
  institution: { 'zh-CN': '医疗机构', en: 'Institution' },
  'institution.name': { 'zh-CN': '机构名称', en: 'Name' },
  'institution.kind': { 'zh-CN': '类别', en: 'Kind' },
  'institution.kind.general_hospital': { 'zh-CN': '综合医院', en: 'General hospital' },
  'institution.kind.specialist_hospital': { 'zh-CN': '专科医院', en: 'Specialist hospital' },
  'institution.kind.tcm_hospital': { 'zh-CN': '中医医院', en: 'Hospital of Chinese medicine' },
  'institution.kind.maternity_hospital': { 'zh-CN': '妇幼保健院', en: 'Maternity and children’s hospital' },
  'institution.kind.community_centre': { 'zh-CN': '社区卫生服务中心', en: 'Community health centre' },
  'institution.kind.clinic': { 'zh-CN': '诊所', en: 'Clinic' },
  'institution.kind.pharmacy': { 'zh-CN': '药店', en: 'Pharmacy' },
  'institution.kind.other': { 'zh-CN': '其他类别', en: 'Other kind' },
  'institution.level': { 'zh-CN': '等级', en: 'Grade' },
  'institution.level.3S': { 'zh-CN': '三级特等', en: 'Grade III, special' },
  'institution.level.3A': { 'zh-CN': '三级甲等', en: 'Grade III A' },
  'institution.level.3B': { 'zh-CN': '三级乙等', en: 'Grade III B' },
  'institution.level.3C': { 'zh-CN': '三级丙等', en: 'Grade III C' },
  'institution.level.3': { 'zh-CN': '三级', en: 'Grade III' },
  'institution.level.2A': { 'zh-CN': '二级甲等', en: 'Grade II A' },
  'institution.level.2B': { 'zh-CN': '二级乙等', en: 'Grade II B' },
  'institution.level.2C': { 'zh-CN': '二级丙等', en: 'Grade II C' },
  'institution.level.2': { 'zh-CN': '二级', en: 'Grade II' },
  'institution.level.1A': { 'zh-CN': '一级甲等', en: 'Grade I A' },
  'institution.level.1B': { 'zh-CN': '一级乙等', en: 'Grade I B' },
  'institution.level.1C': { 'zh-CN': '一级丙等', en: 'Grade I C' },
  'institution.level.1': { 'zh-CN': '一级', en: 'Grade I' },
  'institution.level.none': { 'zh-CN': '未定级', en: 'Not graded' },
  'institution.province': { 'zh-CN': '省份', en: 'Province' },
  'institution.city': { 'zh-CN': '城市', en: 'City' },
  'institution.district': { 'zh-CN': '区县', en: 'District' },
  'institution.address': { 'zh-CN': '地址', en: 'Address' },
  'institution.longitude': { 'zh-CN': '经度', en: 'Longitude' },
  'institution.latitude': { 'zh-CN': '纬度', en: 'Latitude' },
  'institution.phone': { 'zh-CN': '电话', en: 'Phone' },
  'institution.territoryId': { 'zh-CN': '负责辖区', en: 'Territory' },
  'institution.ids': { 'zh-CN': '医疗机构', en: 'Institutions' },

  'do.institution.create': { 'zh-CN': '新建机构', en: 'New institution' },
  'do.institution.edit': { 'zh-CN': '更正机构资料', en: 'Correct details' },
  'do.institution.align': { 'zh-CN': '调整负责辖区', en: 'Change territory' },
  'do.institution.remove': { 'zh-CN': '删除机构', en: 'Remove institution' },

  'institution.has_people': {
    'zh-CN': '还有 {people} 段任职在这家机构，不能删除。请先把这些客户移到别处，或结束后保留机构。',
    en: 'It still appears in {people} places of work. Move those customers first, or keep the institution for the history.',
  },
})

export const departmentWords = words({
  department: { 'zh-CN': '科室', en: 'Department' },
  'department.institutionId': { 'zh-CN': '医疗机构', en: 'Institution' },
  'department.name': { 'zh-CN': '科室名称', en: 'Department name' },

  'do.department.add': { 'zh-CN': '添加科室', en: 'Add department' },
  'do.department.edit': { 'zh-CN': '科室改名', en: 'Rename department' },
  'do.department.remove': { 'zh-CN': '删除科室', en: 'Remove department' },

  'department.exists': {
    'zh-CN': '这家机构已经有“{name}”。请直接选用，或换一个名称。',
    en: 'The institution has a department “{name}” already. Choose that one, or give another name.',
  },
  'department.has_people': {
    'zh-CN': '还有 {people} 处任职记在这个科室，不能删除。请先把这些客户改到别的科室。',
    en: 'People still work there ({people} entries), so it cannot be removed. Move them to another department first.',
  },
})
