/** Owns how a cell of a ledger is written: the same words and forms as in the export. */

import type { Language } from '@ganwei/form/model';
import { dateText, moneyText } from '@ganwei/form/office';
import { dayText, momentText } from '../kit/format.ts';
import type { Column } from './columns.tsx';

export function cellText(column: Column, value: unknown, language: Language): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.map((one) => cellText(column, one, language)).join('、') || '—';
  switch (column.type) {
    case 'choice':
      return column.choices.find((choice) => choice.value === String(value))?.label ?? String(value);
    case 'money':
      return moneyText(value);
    case 'date':
      return typeof value === 'number' ? dayText(value, language) : dateText(String(value).slice(0, 10), language);
    case 'datetime':
      return typeof value === 'number' ? momentText(value, language) : dateText(String(value), language);
    default: {
      const named = column.choices.find((choice) => choice.value === String(value));
      return named?.label ?? String(value);
    }
  }
}

export const isNumeric = ({ type }: Column): boolean => type === 'number' || type === 'money';
