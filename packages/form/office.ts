/**
 * Owns how dates and amounts are written in office texts. Must stay without rules and expressions: every page writes dates, also those that
 * open no form.
 */
import type { Language } from './model.ts';

/** 2026-10-13 -> 2026年10月13日; a time of day follows as 14:30. */
export function dateText(iso: string, language: Language = 'zh-CN'): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(iso);
  if (!match) return iso;
  const [, year, month, day, time] = match;
  const date = language === 'zh-CN' ? `${year}年${Number(month)}月${Number(day)}日` : `${year}-${month}-${day}`;
  return time ? `${date} ${time}` : date;
}

const UNITS: Readonly<Record<string, string>> = {
  元: 'yuan',
  万元: 'ten thousand yuan',
  亿元: 'hundred million yuan',
};

/** [LANG6] The unit of an amount; what is no unit of money stays as it is. */
export const unitText = (unit: string, language: Language = 'zh-CN'): string =>
  language === 'zh-CN' ? unit : (UNITS[unit] ?? unit);

/** 1234.5 -> 1,234.50 */
export function moneyText(value: unknown, decimals = 2): string {
  if (typeof value !== 'number') return String(value);
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}
