/**
 * Owns the two plain definitions: dictionaries (code -> label) and ledgers (台账: columns over cases, letters or records).
 * Both are JSON read through a closed schema; every FEEL text in them is compiled when they are read.
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { compileExpression, FeelError, type Language } from '@ganwei/feel/compile';
import { z } from 'zod';

const IN_CHINESE = z.locales.zhCN().localeError;

const Key = z.string().regex(/^[A-Za-z][\w-]{0,60}$/);

/** A key as it is written down: short, or of an application (keys.ts). */
const Reference = z.string().regex(/^(?:[a-z][a-z0-9-]{0,60})?\.?[A-Za-z][\w-]{0,60}$/);

const DictionarySource = z.strictObject({
  dictionary: Key,
  title: z.string().min(1),
  note: z.string().default(''),
  items: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(60),
        label: z.string().min(1),
        active: z.boolean().default(true),
        /** first and last day on which the entry may be chosen */
        from: z.iso.date().optional(),
        to: z.iso.date().optional(),
        note: z.string().default(''),
        attributes: z.record(z.string(), z.json()).default({}),
      }),
    )
    .min(1),
});
export type Dictionary = z.output<typeof DictionarySource>;

const Column = z.strictObject({
  key: Key,
  label: z.string().min(1),
  type: z.enum(['text', 'number', 'money', 'date', 'datetime', 'choice', 'case']).default('text'),
  /** FEEL over the case scope (source case), or over `letter` and the case scope (source letter), or over `record` */
  value: z.string().min(1),
  /** t1…t8 texts, n1…n3 numbers, d1…d4 instants or dates: needed to filter or sort */
  slot: z
    .string()
    .regex(/^(t[1-8]|n[1-3]|d[1-4])$/)
    .optional(),
  filter: z.enum(['none', 'contains', 'equals', 'range', 'choice']).default('none'),
  dictionary: Key.optional(),
  choices: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
  shown: z.boolean().default(true),
  width: z.number().int().min(40).max(600).default(140),
  total: z.boolean().default(false),
  /** FEEL boolean over `actor`: who sees the column at all */
  who: z.string().optional(),
});

/** What figures are kept of the rows (sums.ts): counted by columns with a slot, dates by months, and numbers added up. */
const Summary = z.strictObject({ by: z.array(Key).min(1).max(6), of: z.array(Key).max(2).default([]) });

const LedgerSource = z.strictObject({
  ledger: Key,
  title: z.string().min(1),
  description: z.string().default(''),
  order: z.number().int().default(100),
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('case'), process: Reference }),
    z.strictObject({ kind: z.literal('letter') }),
    z.strictObject({ kind: z.literal('record'), form: Reference }),
  ]),
  columns: z.array(Column).min(1).max(60),
  /** who sees the ledger in the menu: FEEL boolean over `actor` */
  who: z.string(),
  /** who sees which rows: the first rule whose `who` holds gives its rows; without `where` all rows */
  rows: z
    .array(
      z.strictObject({
        who: z.string(),
        where: z.array(z.strictObject({ column: Key, in: z.string() })).default([]),
      }),
    )
    .default([]),
  /** everybody sees the rows of cases he takes part in */
  participants: z.boolean().default(false),
  /** FEEL boolean over `actor`: who may export */
  exports: z.string().default('false'),
  sort: z.strictObject({ column: Key, descending: z.boolean() }),
  sums: z.array(Summary).max(6).default([]),
});
export type Ledger = z.output<typeof LedgerSource>;
export type LedgerColumn = Ledger['columns'][number];

const CalendarSource = z.looseObject({
  calendar: Key,
  year: z.number().int(),
  off: z.array(z.iso.date()),
  work: z.array(z.iso.date()),
});
export type CalendarYear = z.output<typeof CalendarSource>;

/** Throws DefinitionError naming the place in the file. */
export function readDictionary(source: string): Dictionary {
  const dictionary = readSource(DictionarySource, source);
  const seen = new Set<string>();
  for (const item of dictionary.items) {
    if (seen.has(item.code)) fail('duplicate-code', item.code, `字典代码「${item.code}」重复`);
    seen.add(item.code);
  }
  return dictionary;
}

/** The dictionary as it counts on a day (YYYY-MM-DD): entries before their first and after their last day are not active. */
export function dictionaryOn(dictionary: Dictionary, day: string): Dictionary {
  const counts = ({ active, from, to }: Dictionary['items'][number]): boolean =>
    active && (from === undefined || from <= day) && (to === undefined || day <= to);
  return { ...dictionary, items: dictionary.items.map((item) => ({ ...item, active: counts(item) })) };
}

/** Throws DefinitionError naming the column or rule. Columns are read over half-filled data, everything else strictly. */
export function readLedger(source: string, language: Language): Ledger {
  const ledger = readSource(LedgerSource, source);
  const feel = (text: string) => compileExpression(text, language);
  const tolerantFeel = (text: string) => compileExpression(text, { ...language, mode: 'tolerant' });
  const problems: Problem[] = [];
  const check = (element: string, text: string | undefined, compile: (s: string) => unknown): void => {
    if (text === undefined) return;
    try {
      compile(text);
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      problems.push({ severity: 'error', rule: 'feel', element, message: error.message });
    }
  };
  const report = (element: string, message: string): void => {
    problems.push({ severity: 'error', rule: 'ledger', element, message });
  };
  const slots = new Set<string>();
  for (const column of ledger.columns) {
    check(column.key, column.value, tolerantFeel);
    check(column.key, column.who, feel);
    if (column.slot && slots.has(column.slot)) report(column.key, `索引位 ${column.slot} 被使用了两次`);
    if (column.slot) slots.add(column.slot);
    if (column.filter !== 'none' && !column.slot) report(column.key, '可筛选的列需要指定索引位 slot');
  }
  const column = (key: string) => ledger.columns.find((c) => c.key === key);
  if (!column(ledger.sort.column)?.slot) report('sort', '排序列不存在或没有索引位');
  for (const rule of ledger.rows) {
    check('rows', rule.who, feel);
    for (const where of rule.where) {
      check('rows', where.in, feel);
      if (!column(where.column)?.slot) report('rows', `行权限所用的列「${where.column}」没有索引位`);
    }
  }
  if (ledger.sums.length > 0 && ledger.source.kind === 'record') report('sums', '登记的记录没有行，不能汇总');
  for (const { by, of } of ledger.sums) {
    for (const key of by) if (!column(key)?.slot) report('sums', `汇总所按的列「${key}」不存在或没有索引位`);
    for (const key of of) if (!column(key)?.slot?.startsWith('n')) report('sums', `合计的列「${key}」没有数字索引位`);
  }
  check('who', ledger.who, feel);
  check('exports', ledger.exports, feel);
  if (problems.length > 0) throw new DefinitionError(problems);
  return ledger;
}

export const readCalendar = (source: string): CalendarYear => readSource(CalendarSource, source);

/** JSON text held against a closed shape. Throws DefinitionError naming the place in the file. */
export function readSource<T extends z.ZodType>(schema: T, source: string): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    throw fail('json', '（文件）', `不是合法的 JSON:${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json, { error: IN_CHINESE });
  if (parsed.success) return parsed.data;
  throw new DefinitionError(
    parsed.error.issues.map((issue) => ({
      severity: 'error',
      rule: 'shape',
      element: issue.path.join('.') || '（文件）',
      message: issue.message,
    })),
  );
}

function fail(rule: string, element: string, message: string): never {
  throw new DefinitionError([{ severity: 'error', rule, element, message }]);
}
