/**
 * Owns every sentence a person reads about a wrong entry: code -> Chinese and English, `{name}` filled from params.
 * The server answers codes, params and the sentence; nobody composes such a sentence anywhere else.
 */
import type { FieldError } from '@ganwei/core/refusal';
import { type ComponentDescriptor, describe } from './components.ts';
import type { FormField, Language } from './model.ts';

export type ErrorParams = Record<string, string | number>;

/** A complaint about one value before it has a place and a language. */
export interface Complaint {
  code: string;
  params?: ErrorParams;
  /** the author's own sentence (error rules) */
  message?: string;
}

/** core's FieldError plus the params that filled its sentence. */
export interface FormError extends FieldError {
  params?: ErrorParams;
}

export const FIELD_ERRORS = {
  required: { zh: '请{verb}{title}', en: 'Please {verb} {title}' },
  unknown: { zh: '表单中没有「{key}」这一项，内容未被接受', en: 'The form has no field {key}' },
  forged: { zh: '「{title}」在此步骤不能修改', en: '{title} cannot be changed at this step' },
  type: { zh: '「{title}」的内容格式不正确', en: '{title} has the wrong type' },
  characters: { zh: '「{title}」含有不可见的控制字符，请重新输入', en: '{title} contains control characters' },
  oneLine: { zh: '「{title}」只能写一行，请去掉换行', en: '{title} is one line: remove the line breaks' },
  exact: { zh: '数字位数太多，存不准确，请核对', en: 'Too many digits to be kept exactly' },
  minLength: { zh: '至少 {limit} 个字，现在 {count} 个字', en: 'At least {limit} characters, now {count}' },
  maxLength: { zh: '最多 {limit} 个字，现在 {count} 个字', en: 'At most {limit} characters, now {count}' },
  minimum: { zh: '不能小于 {limit}', en: 'Must not be less than {limit}' },
  maximum: { zh: '不能大于 {limit}', en: 'Must not be greater than {limit}' },
  precision: { zh: '最多 {limit} 位小数', en: 'At most {limit} decimal places' },
  minItems: { zh: '至少 {limit} 项，现在 {count} 项', en: 'At least {limit} entries, now {count}' },
  maxItems: { zh: '最多 {limit} 项，现在 {count} 项', en: 'At most {limit} entries, now {count}' },
  repeated: { zh: '有重复的选择', en: 'The same choice twice' },
  duplicate: {
    zh: '第 {row} 行与第 {earlier} 行的「{column}」重复',
    en: 'Row {row} repeats {column} of row {earlier}',
  },
  format: { zh: '不是正确的{format}', en: 'Not a valid {format}' },
  date: { zh: '不是有效的日期', en: 'Not a valid date' },
  range: { zh: '结束日期不能早于开始日期', en: 'The end must not be before the start' },
  option: { zh: '请从给出的选项中选择', en: 'Choose one of the options' },
  code: { zh: '字典中没有此项，或已停用，请重新选择', en: 'Not an active entry of the dictionary' },
  person: { zh: '没有找到所选人员，请重新选择', en: 'No such person' },
  unit: { zh: '没有找到所选单位，请重新选择', en: 'No such unit' },
  reference: { zh: '没有找到所选事项，请重新选择', en: 'No such case or record' },
  file: { zh: '附件「{name}」不存在或已失效，请重新上传', en: '{name} is missing, upload it again' },
  fileCount: { zh: '最多上传 {limit} 个附件', en: 'At most {limit} files' },
  fileSize: { zh: '附件「{name}」超过 {limit}MB', en: '{name} exceeds {limit} MB' },
  fileType: { zh: '附件「{name}」的类型不在允许之内（{limit}）', en: '{name} is not of an allowed type ({limit})' },
  signer: { zh: '签名须由本人完成', en: 'Only you can sign here' },
  cells: {
    zh: '表单各表的内容合计不能超过 {limit} 格，请分次办理，或以附件提交',
    en: 'The tables of a form have at most {limit} cells together; attach a file instead',
  },
  more: { zh: '另有 {count} 处问题没有列出，请先更正以上各处', en: '{count} more problems; correct these first' },
  rows: { zh: '此表的行不能增减', en: 'Rows cannot be added or removed' },
  rule: { zh: '「{title}」不符合要求', en: '{title} breaks a rule of the form' },
} as const satisfies Record<string, { zh: string; en: string }>;

const VERBS: Record<ComponentDescriptor['verb'], { zh: string; en: string }> = {
  fill: { zh: '填写', en: 'fill in' },
  choose: { zh: '选择', en: 'choose' },
  upload: { zh: '上传', en: 'upload' },
  sign: { zh: '完成', en: 'complete' },
  add: { zh: '添加', en: 'add' },
  tick: { zh: '勾选', en: 'tick' },
};

/** The same sentences as the server keeps them, in Chinese, with the English of each. */
export const WRITTEN_ERRORS: readonly (readonly [chinese: string, english: string])[] = Object.entries(
  FIELD_ERRORS,
).flatMap(([code, { zh, en }]) =>
  code === 'required'
    ? Object.values(VERBS).map((verb) => [zh.replace('{verb}', verb.zh), en.replace('{verb}', verb.en)] as const)
    : [[zh, en] as const],
);

/** The sentence of a complaint about a field, in the language asked for. */
export function sentence(field: FormField | undefined, complaint: Complaint, language: Language = 'zh-CN'): string {
  if (complaint.message !== undefined) return complaint.message;
  const kind = Object.hasOwn(FIELD_ERRORS, complaint.code)
    ? FIELD_ERRORS[complaint.code as keyof typeof FIELD_ERRORS]
    : FIELD_ERRORS.rule;
  const side = language === 'zh-CN' ? 'zh' : 'en';
  const params: ErrorParams = {
    title: field ? labelText(field.title, language) : '',
    verb: field ? VERBS[describe(field.component).verb][side] : '',
    ...complaint.params,
  };
  return kind[side].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

/** A complaint with its place. */
export function fieldError(
  field: FormField | undefined,
  path: string,
  complaint: Complaint,
  language?: Language,
): FormError {
  const error: FormError = { path, code: complaint.code, message: sentence(field, complaint, language) };
  if (complaint.params) error.params = complaint.params;
  return error;
}

/** The text of a label in the language asked for; Chinese when there is no other. */
export function labelText(label: FormField['title'] | undefined, language: Language = 'zh-CN'): string {
  if (label === undefined) return '';
  if (typeof label === 'string') return label;
  return (language === 'en-US' ? label['en-US'] : undefined) ?? label['zh-CN'];
}
