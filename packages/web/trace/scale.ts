/** Owns the common line of time under several cases: from the beginning of the first to the end of the last, with a few months marked. Pure. */
import { localDate, startOfDay } from '@ganwei/calendar/zone';

const DAY = 86_400_000;
/** Marks that a narrow line bears. */
const MOST_MARKS = 8;

export interface Span {
  from: number;
  /** null: it goes on */
  to: number | null;
}

export interface Scale {
  /** where a moment lies, in per cent of the line */
  at(moment: number): number;
  /** beginnings of months, `2026-09`, in order */
  marks: { month: string; at: number }[];
}

/** `now`: until when what goes on is drawn. */
export function scaleOf(spans: readonly Span[], now: number): Scale {
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(from + DAY, ...spans.map((span) => span.to ?? now));
  const at = (moment: number): number => Math.min(100, Math.max(0, ((moment - from) / (to - from)) * 100));
  const months = monthsBetween(localDate(from), localDate(to));
  const step = Math.ceil(months.length / MOST_MARKS);
  return {
    at,
    marks: months
      .filter((_, index) => index % step === 0)
      .map((month) => ({ month, at: at(startOfDay(`${month}-01`)) })),
  };
}

/** Months that begin within these days. */
function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = first.split('-').map(Number);
  for (;;) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    const next = `${year}-${String(month).padStart(2, '0')}`;
    if (`${next}-01` > last) return months;
    months.push(next);
  }
}
