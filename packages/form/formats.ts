/**
 * Owns the named text formats a form may ask for, dates included. Closed: a definition cannot bring its own pattern,
 * because a pattern can stop the server (ReDoS). Every expression here is linear and looks at a bounded text.
 */

export const FORMATS = {
  date: { label: '日期', test: (text: string) => isDate(text) },
  'date-time': { label: '日期时间', test: (text: string) => isDateTime(text) },
  time: { label: '时间', test: (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text) },
  'year-month': { label: '年月', test: (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text) },
  year: { label: '年份', test: (text: string) => /^[12]\d{3}$/.test(text) },
  email: { label: '电子邮箱', test: (text: string) => text.length <= 254 && EMAIL.test(text) },
  mobile: { label: '手机号码', test: (text: string) => MOBILE.test(text) },
  phone: { label: '电话号码', test: (text: string) => MOBILE.test(text) || LANDLINE.test(text) },
  postcode: { label: '邮政编码', test: (text: string) => /^\d{6}$/.test(text) },
  idcard: { label: '身份证号码', test: (text: string) => isIdentityNumber(text) },
  uscc: { label: '统一社会信用代码', test: (text: string) => isCreditCode(text) },
  url: {
    label: '网址',
    test: (text: string) => text.length <= 2000 && /^https?:\/\/[^\s/?#"<>]+[^\s"<>]*$/.test(text),
  },
} as const satisfies Record<string, { label: string; test(text: string): boolean }>;

export type FormatName = keyof typeof FORMATS;

export const isFormat = (name: unknown): name is FormatName => typeof name === 'string' && Object.hasOwn(FORMATS, name);

/** A real day of the calendar as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate() && year >= 1;
}

/** A local moment as `YYYY-MM-DDTHH:mm` with optional seconds; no zone, the house has one. */
export function isDateTime(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.exec(text);
  return match !== null && isDate(match[1] ?? '');
}

const EMAIL = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;
const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?$/;

/** GB 11643: 17 digits, a real birthday, a check character. */
function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  if (!isDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17];
}

/** GB 32100: 17 characters without I, O, S, V, Z and a check character. */
function isCreditCode(text: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  if (!/^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(text)) return false;
  let weight = 1;
  let sum = 0;
  for (const character of text.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] === text[17];
}
