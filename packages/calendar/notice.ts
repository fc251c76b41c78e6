/**
 * Owns reading the yearly notice of holidays: the text of the notice as it is published, or a file with lists of days. What was understood is given
 * line by line beside its words, and what was not is given too: nothing is guessed. The year is that of the notice, days beyond it are told as such.
 * Rules: [DCL10] [DCL11].
 */
import { addDays, type Day, dayNumber, isDay, weekday } from './dates.ts';

export interface Notice {
  readonly year: number | null;
  readonly off: readonly Day[];
  readonly work: readonly Day[];
  /** what each piece of the text was taken as */
  readonly understood: readonly {
    readonly text: string;
    readonly off: readonly Day[];
    readonly work: readonly Day[];
  }[];
  /** pieces that speak of days and could not be taken, and days that contradict the text */
  readonly doubts: readonly Doubt[];
}

export interface Doubt {
  readonly text: string;
  readonly why: 'unread' | 'weekday' | 'count' | 'no-year' | 'not-weekend' | 'both' | 'no-day';
}

/** Longer texts are no notices. */
const LONGEST = 20_000;

/** JSON with `off` and `work`, or text. */
export function readNotice(text: string, fallback: number): Notice {
  if (text.length > LONGEST * 5) return { ...NONE, doubts: [{ text: text.slice(0, 40), why: 'unread' }] };
  return text.trimStart().startsWith('{') ? readLists(text, fallback) : readWords(text.slice(0, LONGEST), fallback);
}

const NONE: Notice = { year: null, off: [], work: [], understood: [], doubts: [] };

// ---- lists -----------------------------------------------------------------------------------------------------------

/** Days of other years than the one wanted are left out when the lists hold several years. */
function readLists(text: string, fallback: number): Notice {
  const doubts: Doubt[] = [];
  let json: Partial<Record<string, unknown>>;
  try {
    json = JSON.parse(text) as Partial<Record<string, unknown>>;
  } catch {
    return { ...NONE, doubts: [{ text: text.slice(0, 40), why: 'unread' }] };
  }
  const year = typeof json.year === 'number' ? json.year : fallback;
  const days = (key: 'off' | 'work'): Day[] => {
    const list: unknown[] = Array.isArray(json[key]) ? json[key] : [];
    return list.flatMap((day) => {
      if (typeof day !== 'string' || !isDay(day)) doubts.push({ text: String(day).slice(0, 40), why: 'no-day' });
      else if (day.startsWith(`${year}-`)) return [day];
      return [];
    });
  };
  const [off, work] = [sorted(days('off')), sorted(days('work'))];
  if (off.length === 0 && work.length === 0) doubts.push({ text: String(year), why: 'unread' });
  return { year, off, work, understood: [], doubts: [...doubts, ...conflicts(off, work)] };
}

// ---- words -----------------------------------------------------------------------------------------------------------

const DATE = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(](?:农历[^，,、）)]*[，,、])?(?:周|星期)([一二三四五六日天])(?:[，,][^）)]*)?[）)])?`;
const SPAN = new RegExp(String.raw`${DATE}(?:\s*(?:至|到|—|－|-|~)\s*${DATE})?`, 'g');
const WEEKDAYS = '一二三四五六日';

/** `2026年1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。` and the like, clause by clause. */
function readWords(text: string, fallback: number): Notice {
  const named = /(\d{4})\s*年(?:部分)?(?:节假日|放假|元旦)/.exec(text) ?? /(\d{4})\s*年/.exec(text);
  const year = named ? Number(named[1]) : fallback;
  const understood: Notice['understood'][number][] = [];
  const doubts: Doubt[] = named ? [] : [{ text: String(fallback), why: 'no-year' }];
  for (const sentence of clausesOf(text)) {
    const speaksOf = /上班/.test(sentence) ? 'work' : /放假|调休|休息/.test(sentence) ? 'off' : undefined;
    if (!speaksOf) continue;
    const { days, wrong } = daysIn(sentence, year);
    doubts.push(...wrong);
    if (days.length === 0) {
      if (/\d{1,2}\s*[月日]/.test(sentence)) doubts.push({ text: sentence, why: 'unread' });
      continue;
    }
    const said = /共\s*(\d+)\s*天/.exec(sentence);
    if (said && Number(said[1]) !== days.length) doubts.push({ text: sentence, why: 'count' });
    understood.push({ text: sentence, off: speaksOf === 'off' ? days : [], work: speaksOf === 'work' ? days : [] });
  }
  if (understood.length === 0) doubts.push({ text: text.trim().slice(0, 40), why: 'unread' });
  const off = sorted(understood.flatMap((one) => one.off));
  const work = sorted(understood.flatMap((one) => one.work));
  return { year, off, work, understood, doubts: [...doubts, ...conflicts(off, work)] };
}

/** A clause ends where its verb has been said: days off and days of work stand in one sentence as well. */
const clausesOf = (text: string): string[] =>
  text
    .split(/[。；;\n]|(?<=上班|放假调休|放假)(?=[，,]\s*\d)/)
    .map((one) => one.replace(/^[，,\s]+|\s+$/g, '').replace(/\s+/g, ''))
    .filter(Boolean);

function daysIn(sentence: string, year: number): { days: Day[]; wrong: Doubt[] } {
  const wrong: Doubt[] = [];
  const days: Day[] = [];
  let last = { year, month: 0 };
  const dayOf = (parts: readonly (string | undefined)[]): Day | undefined => {
    const [y, m, d, name] = parts;
    const month = m === undefined ? last.month : Number(m);
    const inYear = y !== undefined ? Number(y) : last.year;
    const day = `${inYear}-${two(month)}-${two(Number(d))}`;
    if (!isDay(day)) {
      wrong.push({ text: sentence, why: 'no-day' });
      return undefined;
    }
    last = { year: inYear, month };
    const told = name === undefined ? 0 : WEEKDAYS.indexOf(name === '天' ? '日' : name) + 1;
    if (told > 0 && told !== weekday(day)) wrong.push({ text: `${day} ${sentence}`, why: 'weekday' });
    return day;
  };
  for (const match of sentence.matchAll(SPAN)) {
    const from = dayOf(match.slice(1, 5));
    const hasEnd = match[7] !== undefined;
    const to = hasEnd ? dayOf(match.slice(5, 9)) : from;
    if (!from || !to) continue;
    if (to < from || dayNumber(to) - dayNumber(from) > 30) wrong.push({ text: sentence, why: 'unread' });
    else for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  }
  return { days: sorted(days), wrong };
}

function conflicts(off: readonly Day[], work: readonly Day[]): Doubt[] {
  return work.flatMap((day): Doubt[] => [
    ...(off.includes(day) ? [{ text: day, why: 'both' as const }] : []),
    ...(weekday(day) <= 5 ? [{ text: day, why: 'not-weekend' as const }] : []),
  ]);
}

const two = (n: number): string => String(n).padStart(2, '0');
const sorted = (days: readonly Day[]): Day[] => [...new Set(days)].sort();
