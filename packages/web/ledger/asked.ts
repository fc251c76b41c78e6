/** Owns what an address asks of a ledger: conditions, and whether only rows are meant that figures count. What is not understood asks nothing. Rule: [OVW4]. */
import type { Filter } from './filters.tsx';

export interface Asked {
  filters: readonly Filter[];
  counted: boolean;
}

const OPS: readonly unknown[] = ['contains', 'equals', 'from', 'to', 'in', 'empty'] satisfies Filter['op'][];

export const askedIn = (query: URLSearchParams): Asked => ({
  filters: filtersIn(query.get('filters') ?? '[]'),
  counted: query.get('counted') === '1',
});

function filtersIn(text: string): Filter[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isFilter) : [];
  } catch {
    return [];
  }
}

function isFilter(one: unknown): one is Filter {
  if (typeof one !== 'object' || one === null) return false;
  const { column, op, value } = one as Partial<Record<keyof Filter, unknown>>;
  const values = Array.isArray(value) ? value : [value];
  return (
    typeof column === 'string' && OPS.includes(op) && values.every((each) => ['string', 'number'].includes(typeof each))
  );
}
