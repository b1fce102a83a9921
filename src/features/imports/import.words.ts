import { words } from '#core/words.ts'

/** What is said about a file, a column, a cell: what is wrong and how to mend it. */
export const importWords = words({
  'import.not_found': {
    'zh-CN': '找不到这个文件。请检查路径后重试。',
    en: 'There is no such file. Check its path and try again.',
  },
  'import.empty': {
    'zh-CN': '文件里没有内容。请选择有数据的文件。',
    en: 'The file has no content. Choose a file with rows in it.',
  },
  'import.too_large': {
    'zh-CN': '文件有 {found} 字节,最多 {limit} 字节。请拆成几个文件分别导入。',
    en: 'The file has {found} bytes; at most {limit} are read. Split it and import the parts.',
  },
  'import.not_spreadsheet': {
    'zh-CN': '这不是表格文件(内容是 {found})。请选择 Excel(.xlsx)或 CSV 文件。',
    en: 'This is not a spreadsheet (its content is {found}). Choose an Excel (.xlsx) or CSV file.',
  },
  'import.unsupported_format': {
    'zh-CN': '暂不读取 {format} 格式。请用 Excel 或 WPS 打开,“另存为”.xlsx 后再导入。',
    en: 'The format {format} is not read. Open the file in Excel or WPS, save it as .xlsx and import that.',
  },
  'import.encrypted': {
    'zh-CN': '文件设有密码。请在 Excel 中取消密码保护并保存后再导入。',
    en: 'The file has a password. Remove it in Excel, save, and import again.',
  },
  'import.zip_bomb': {
    'zh-CN': '文件解压后大得异常,已停止读取(上限 {limit})。请把数据复制到新的工作簿后再导入。',
    en: 'The file unpacks to an unreasonable size and was not read (limit {limit}). Copy its data into a new workbook and import that.',
  },
  'import.damaged': {
    'zh-CN': '文件已损坏,无法读取。请用 Excel 打开并重新保存,或索取一份完整的文件。',
    en: 'The file is damaged. Open it in Excel and save it again, or ask for a whole copy.',
  },
  'import.unknown_encoding': {
    'zh-CN': '无法识别文件的文字编码。请在 Excel 中另存为“CSV UTF-8”或 .xlsx。',
    en: 'The encoding of the text is not known. Save the file as “CSV UTF-8” or .xlsx in Excel.',
  },
  'import.too_many_rows': {
    'zh-CN': '行数超过上限 {limit} 行。请拆成几个文件分别导入。',
    en: 'There are more than {limit} rows. Split the file and import the parts.',
  },
  'import.too_many_columns': {
    'zh-CN': '第 {line} 行有 {found} 列,最多 {limit} 列。请删去不需要的列。',
    en: 'Line {line} has {found} columns; at most {limit} are read. Remove those that are not needed.',
  },
  'import.too_many_cells': {
    'zh-CN': '单元格总数超过上限 {limit}。请删去不需要的列,或拆成几个文件。',
    en: 'There are more than {limit} cells. Remove columns that are not needed, or split the file.',
  },
  'import.cell_too_long': {
    'zh-CN': '单元格 {cell} 有 {found} 个字符,最多 {limit} 个。若整段内容挤在一格,请检查引号是否成对。',
    en: 'Cell {cell} has {found} characters; at most {limit} are read. If a whole passage is in one cell, check that quotation marks are closed.',
  },
  'import.no_header': {
    'zh-CN': '没有找到表头。请在数据上方加一行列名,例如“机构名称”“地址”。',
    en: 'No header was found. Put a row of column names above the data, such as “name” and “address”.',
  },
  'import.column_missing': {
    'zh-CN': '必填的列还没有对应:{fields}。请为它选择一列。',
    en: 'Required columns are not matched yet: {fields}. Choose a column for each.',
  },
  'import.forbidden_column': {
    'zh-CN':
      '文件里有法律禁止医药代表收集的列:{columns}。请在原文件中删除这些列后重新导入;系统没有保存其中任何内容。',
    en: 'The file has columns that a representative may not collect by law: {columns}. Delete them from the file and import it again; nothing of them was kept.',
  },
  'import.forbidden.prescriptions': {
    'zh-CN': '处方量、用药量属于“统方”,《医药代表管理办法》禁止统计和持有。',
    en: 'Counts of prescriptions or of use must not be made or kept (Measures on Medical Representatives).',
  },
  'import.forbidden.sales': {
    'zh-CN': '销量、销售金额和任务不属于学术沟通,医药代表不得承担销售任务。',
    en: 'Sales figures and targets are not part of scientific exchange; representatives may not carry sales tasks.',
  },
  'import.forbidden.benefits': {
    'zh-CN': '回扣、礼品、劳务费等利益输送信息禁止记录。',
    en: 'Kickbacks, gifts and payments may not be recorded.',
  },
  'import.forbidden.patients': {
    'zh-CN': '患者信息不得收集。',
    en: 'Information about patients may not be collected.',
  },
  'import.forbidden.identity': {
    'zh-CN': '身份证件号码超出客户维护所需,不收集。',
    en: 'Identity numbers are more than is needed and are not collected.',
  },
  'import.macros_ignored': {
    'zh-CN': '文件带有宏。宏没有被读取,也不会运行。',
    en: 'The file carries macros. They were not read and are never run.',
  },
  'import.formula_value_taken': {
    'zh-CN': '{count} 个公式单元格按保存时的结果读取(首个:{cell})。',
    en: '{count} formula cells were read by their saved results (first: {cell}).',
  },
  'import.formula_without_value': {
    'zh-CN': '{count} 个公式没有保存结果,按空白读取(首个:{cell})。请在 Excel 中重新计算并保存。',
    en: '{count} formulas have no saved result and were read as empty (first: {cell}). Recalculate and save in Excel.',
  },
  'import.error_cell': {
    'zh-CN': '{count} 个单元格显示错误值,按空白读取(首个:{cell})。',
    en: '{count} cells show an error and were read as empty (first: {cell}).',
  },
  'import.digits_lost': {
    'zh-CN': '{count} 个长数字的末尾几位在文件中已丢失(首个:{cell})。请把该列设为文本后重新填写。',
    en: '{count} long numbers have lost their last digits in the file (first: {cell}). Format the column as text and fill it in again.',
  },
  'import.formula_text': {
    'zh-CN': '{count} 个单元格的文字像公式(首个:{cell}),只当作文字。',
    en: '{count} cells hold text that looks like a formula (first: {cell}); it stays text.',
  },
  'import.undecodable_characters': {
    'zh-CN': '{count} 个字符无法识别,显示为 �。请核对原文件。',
    en: '{count} characters cannot be read and show as �. Compare with the original.',
  },
  'import.stray_quote': {
    'zh-CN': '{count} 行的引号不成对(首行:{cell}),请核对这些行。',
    en: '{count} rows have unpaired quotation marks (first: {cell}). Check them.',
  },
  'import.value_missing': { 'zh-CN': '这一格必填。请补上内容。', en: 'This cell is required. Fill it in.' },
  'import.formula_in_text': {
    'zh-CN': '“{found}”像公式,不是文字。请填写实际内容。',
    en: '“{found}” looks like a formula. Write the text itself.',
  },
  'import.broken_characters': {
    'zh-CN': '“{found}”里有无法识别的字符。请重新填写。',
    en: '“{found}” has characters that cannot be read. Write it again.',
  },
  'import.text_too_long': {
    'zh-CN': '有 {found} 个字符,最多 {limit} 个。请缩短。',
    en: 'There are {found} characters; at most {limit} fit. Shorten it.',
  },
  'import.phone_unreadable': {
    'zh-CN': '“{found}”不是电话号码。请写成 010-12345678、13800138000,分机用“转”。',
    en: '“{found}” is no telephone number. Write 010-12345678 or 13800138000; an extension after “转” or “ext”.',
  },
  'import.phone_zero_restored': {
    'zh-CN': '“{found}”缺少开头的 0,已补为 {mended}。',
    en: '“{found}” had lost its first 0; it was read as {mended}.',
  },
  'import.phone_area_added': {
    'zh-CN': '“{found}”没有区号,已按{city}补为 {mended}。',
    en: '“{found}” has no area code; it was read as {mended} after its city ({city}).',
  },
  'import.phone_without_area': {
    'zh-CN': '“{found}”没有区号,城市也不能确定区号。请补上区号。',
    en: '“{found}” has no area code, and its city does not tell one. Add it.',
  },
  'import.date_unreadable': {
    'zh-CN': '“{found}”不是日期。请写成 2024-03-05。',
    en: '“{found}” is no date. Write 2024-03-05.',
  },
  'import.date_ambiguous': {
    'zh-CN': '“{found}”可以有不同读法。请写成年-月-日,如 2024-03-05。',
    en: '“{found}” can be read in more than one way. Write year-month-day, 2024-03-05.',
  },
  'import.coordinate_unreadable': {
    'zh-CN': '“{found}”不是坐标。请写成十进制度数,如 116.397。',
    en: '“{found}” is no coordinate. Write decimal degrees, 116.397.',
  },
  'import.coordinates_swapped': {
    'zh-CN': '经度和纬度写反了({found}),已对调。',
    en: 'Longitude and latitude were exchanged ({found}); they were put right.',
  },
  'import.coordinates_incomplete': {
    'zh-CN': '只有经度或只有纬度({found}),没有采用。请成对填写。',
    en: 'Only one of longitude and latitude is there ({found}); it was left out. Give both.',
  },
  'import.coordinates_zero': {
    'zh-CN': '坐标为 0, 0,表示没有定位,没有采用。',
    en: 'The coordinates are 0, 0, which means unknown; they were left out.',
  },
  'import.coordinates_outside': {
    'zh-CN': '坐标 {found} 不在中国范围内。请核对。',
    en: 'The coordinates {found} are not in China. Check them.',
  },
  'import.level_unreadable': {
    'zh-CN': '“{found}”不是医院等级。请写成“三级甲等”“二级”或“未评”。',
    en: '“{found}” is no hospital level. Write 三级甲等, 二级 or 未评.',
  },
  'import.word_unknown': {
    'zh-CN': '不认识“{found}”。请换成列表中的说法。',
    en: '“{found}” is not known. Use one of the words of the list.',
  },
  'import.email_unreadable': { 'zh-CN': '“{found}”不是邮箱地址。', en: '“{found}” is no e-mail address.' },
  'import.passed.above_header': { 'zh-CN': '表头以上的行', en: 'Above the header' },
  'import.passed.repeated_header': { 'zh-CN': '重复的表头', en: 'Header repeated' },
  'import.passed.remark': { 'zh-CN': '说明或合计行', en: 'Remark or total' },
  'import.problem_heading': { 'zh-CN': '需要处理的问题', en: 'What needs mending' },
  'import.duplicate.same_name': { 'zh-CN': '名称相同', en: 'Same name' },
  'import.duplicate.similar_name': { 'zh-CN': '名称相近', en: 'Similar name' },
  'import.duplicate.alias': { 'zh-CN': '与别名相同或相近', en: 'Same as or like another name of it' },
  'import.duplicate.same_district': { 'zh-CN': '同一区县', en: 'Same district' },
  'import.duplicate.similar_address': { 'zh-CN': '地址相近', en: 'Similar address' },
  'import.duplicate.same_phone': { 'zh-CN': '电话相同', en: 'Same telephone number' },
  'import.duplicate.same_institution': { 'zh-CN': '同一机构', en: 'Same institution' },
})
