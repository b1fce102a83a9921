import { words } from '#core/words.ts'

/** What is said about an import as a whole and about rows beside what is there already. */
export const importRunWords = words({
  import_run: { 'zh-CN': '导入', en: 'Import' },
  'import_run.target': { 'zh-CN': '内容', en: 'Of what' },
  'import_run.target.institution': { 'zh-CN': '医疗机构', en: 'Institutions' },
  'import_run.target.customer': { 'zh-CN': '客户', en: 'Customers' },
  'import_run.fileName': { 'zh-CN': '文件', en: 'File' },
  'import_run.status': { 'zh-CN': '状态', en: 'State' },
  'import_run.status.done': { 'zh-CN': '已导入', en: 'Brought in' },
  'import_run.status.undone': { 'zh-CN': '已撤销', en: 'Undone' },
  'import_run.readRows': { 'zh-CN': '名单行数', en: 'Rows of the list' },
  'import_run.createdRows': { 'zh-CN': '新增', en: 'Added' },
  'import_run.filledRows': { 'zh-CN': '补全', en: 'Completed' },
  'import_run.passedRows': { 'zh-CN': '已有，未改动', en: 'There already' },
  'import_run.refusedRows': { 'zh-CN': '未导入', en: 'Not brought in' },
  'import_run.undoneAt': { 'zh-CN': '撤销时间', en: 'Undone at' },
  'import_run.undoneBy': { 'zh-CN': '撤销人', en: 'Undone by' },
  'import_run.keptRows': { 'zh-CN': '撤销时保留', en: 'Kept when undone' },
  'import.territory': { 'zh-CN': '辖区', en: 'Territory' },

  'import.not_a_list': {
    'zh-CN':
      '这份表格看起来不是要导入的名单：没有“名称”一类的列。前几行是：{found}。请换一个文件，或指定表头在哪一行。',
    en: 'This does not look like such a list: no column holds names. It begins with: {found}. Choose another file, or say which line is the header.',
  },
  'import.list_too_long': {
    'zh-CN': '一次最多导入 {limit} 行，这份名单有 {found} 行。请拆成几个文件，分次导入。',
    en: 'One import takes {limit} rows, the list has {found}. Split it into several files.',
  },
  'import.too_much_at_once': {
    'zh-CN': '文件内容过多，超出读取所用的内存。请拆成几个文件，或另存为 CSV 后再试。',
    en: 'The file holds more than can be read at once. Split it, or save it as CSV.',
  },
  'import.file_missing': {
    'zh-CN': '没有收到文件。请选择一个 Excel 或 CSV 文件。',
    en: 'No file arrived. Choose an Excel or CSV file.',
  },
  'import.nothing_to_do': {
    'zh-CN': '没有可以导入的行。请先处理列出的问题，或为可能重复的行作出选择。',
    en: 'No row can be brought in. Mend what is listed, or decide about the rows that may be there already.',
  },
  'import.changed_since': {
    'zh-CN': '有 {count} 行在检查之后不再符合，整次导入没有执行。请重新检查一遍。',
    en: 'Since the check {count} rows no longer fit, so nothing was brought in. Check the list once more.',
  },
  'import.undo_too_late': {
    'zh-CN': '导入超过 {days} 天后不能整次撤销。请逐条更正。',
    en: 'An import cannot be undone as a whole after {days} days. Correct its rows one by one.',
  },
  'import.undone_already': {
    'zh-CN': '这次导入已经撤销过了。',
    en: 'This import has been undone already.',
  },
  'import.kept.changed': { 'zh-CN': '导入后被修改过', en: 'changed since' },
  'import.kept.in_use': { 'zh-CN': '已有相关记录', en: 'in use' },
  'import.busy': {
    'zh-CN': '正在处理其他文件。请稍候再试。',
    en: 'Other files are being read. Try again in a moment.',
  },
  'import.territory_needed': {
    'zh-CN': '客户要归入辖区。请选择辖区，或在名单里加一列“辖区”。',
    en: 'Customers belong to a territory. Choose one, or add a column 辖区 to the list.',
  },
  'import.territory_unknown': {
    'zh-CN': '没有名为“{found}”的辖区。请核对名称。',
    en: 'There is no territory “{found}”. Check the name.',
  },
  'import.territory_ambiguous': {
    'zh-CN': '有几个辖区叫“{found}”。请写全路径，如“华东 / 上海”。',
    en: 'Several territories are called “{found}”. Write the whole path, such as 华东 / 上海.',
  },
  'import.institution_unknown': {
    'zh-CN': '系统里没有“{found}”。请先导入这家机构，或选择新建。',
    en: '“{found}” is not known here. Bring it in first, or choose to create it.',
  },
  'import.institution_unsure': {
    'zh-CN': '“{found}”可能是“{other}”。请确认是不是同一家。',
    en: '“{found}” may be “{other}”. Say whether it is.',
  },
  'import.may_be_there': {
    'zh-CN': '可能已有“{other}”。请选择补全、新增或不导入。',
    en: 'May be “{other}”, which is there already. Choose to complete it, to add this one, or to leave it out.',
  },
  'import.may_be_twice': {
    'zh-CN': '可能与第 {line} 行“{other}”重复。请选择新增或不导入。',
    en: 'May be the same as “{other}” in line {line}. Choose to add it or to leave it out.',
  },
})
