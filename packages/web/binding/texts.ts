/**
 * Owns the words of the form page itself (buttons, hints, spoken labels) in both languages. Sentences about wrong entries
 * are not here: they belong to form/messages.ts.
 */
import type { Language } from '@ganwei/form/model';

const TEXTS = {
  required: { zh: '必填', en: 'required' },
  signedHash: { zh: '校验码', en: 'proof' },
  empty: { zh: '—', en: '—' },
  choose: { zh: '请选择', en: 'Please choose' },
  fill: { zh: '请填写', en: 'Please fill in' },
  search: { zh: '输入姓名或名称查找', en: 'Type to search' },
  searching: { zh: '正在查找…', en: 'Searching…' },
  nothing: { zh: '没有找到，请换个词再试', en: 'Nothing found' },
  failed: { zh: '查找没有成功，请稍后再试', en: 'The search failed, try again' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  from: { zh: '开始日期', en: 'From' },
  to: { zh: '结束日期', en: 'To' },
  until: { zh: '至', en: 'to' },
  row: { zh: '第 {n} 行', en: 'row {n}' },
  rowNumber: { zh: '行号', en: 'No.' },
  actions: { zh: '操作', en: 'Actions' },
  copyRow: { zh: '复制第 {n} 行', en: 'Copy row {n}' },
  deleteRow: { zh: '删除第 {n} 行', en: 'Delete row {n}' },
  moveUp: { zh: '上移第 {n} 行', en: 'Move row {n} up' },
  moveDown: { zh: '下移第 {n} 行', en: 'Move row {n} down' },
  noRows: { zh: '还没有内容', en: 'No rows yet' },
  sum: { zh: '合计', en: 'Total' },
  setMany: { zh: '批量填写', en: 'Fill many rows' },
  pasteHint: { zh: '可从 Excel 复制多行，粘贴到表格中', en: 'Rows copied from Excel can be pasted here' },
  pasted: { zh: '已粘贴 {n} 行', en: '{n} rows pasted' },
  previous: { zh: '上一页', en: 'Previous' },
  next: { zh: '下一页', en: 'Next' },
  range: { zh: '第 {a}-{b} 行，共 {n} 行', en: 'Rows {a}-{b} of {n}' },
  upload: { zh: '上传附件', en: 'Upload' },
  uploadHint: {
    zh: '最多 {count} 个，每个不超过 {size}MB，可拖到此处；支持 {types}',
    en: 'Up to {count} files of {size} MB: {types}',
  },
  uploading: { zh: '附件正在上传，请等上传完成后再提交', en: 'Wait until the upload has finished' },
  uploadFailed: { zh: '上传没有成功，请重试', en: 'The upload failed, try again' },
  removeFile: { zh: '移除附件 {name}', en: 'Remove {name}' },
  cancelUpload: { zh: '取消上传 {name}', en: 'Cancel the upload of {name}' },
  sign: { zh: '签名', en: 'Sign' },
  signAgain: { zh: '重新签名', en: 'Sign again' },
  signFailed: { zh: '签名没有成功，请重试', en: 'Signing failed, try again' },
  errors: { zh: '{n} 处需要修改', en: '{n} to correct' },
  loading: { zh: '正在打开表单…', en: 'Opening the form…' },
  loadFailed: { zh: '表单没有打开成功，请检查网络后重试。', en: 'The form could not be opened.' },
  retry: { zh: '重试', en: 'Try again' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type TextKey = keyof typeof TEXTS;

type Params = Record<string, string | number>;

export const say = (language: Language, key: TextKey, params?: Params): string => sayOf(TEXTS, language, key, params);

/** Out of a table of words that is loaded with what needs it. */
export function sayOf<K extends string>(
  words: Readonly<Record<K, { zh: string; en: string }>>,
  language: Language,
  key: K,
  params: Params = {},
): string {
  return words[key][language === 'zh-CN' ? 'zh' : 'en'].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(params[name] ?? ''),
  );
}
