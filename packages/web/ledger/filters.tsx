/** Owns the filters of a ledger: one control for each column that can be filtered; they act when the person stops typing. */
import { localDate } from '@ganwei/calendar/zone';
import type { Body } from '@ganwei/core/contract';
import { Button, DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { dayBounds } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import type { Column } from './columns.tsx';

/** One condition on a column, as the server takes it. */
export type Filter = NonNullable<Body<'ledgerRows'>['filters']>[number];

/** What is entered for one column. */
type Entry = {
  text?: string;
  /** the text is meant as a whole, although the column is searched */
  whole?: boolean;
  /** nothing stands there */
  empty?: boolean;
  values?: string[];
  from?: string | number | undefined;
  to?: string | number | undefined;
};
type Entries = Readonly<Record<string, Entry>>;

/** Milliseconds between the last change and the question. */
const PAUSE = 350;

export function Filters({
  columns,
  initial,
  onChange,
}: {
  columns: readonly Column[];
  /** conditions to begin with */
  initial: readonly Filter[];
  onChange(filters: readonly Filter[]): void;
}) {
  const { say } = useSpeech();
  const [entries, setEntries] = useState<Entries>(() => entriesOf(columns, initial));
  // clearing draws the controls anew: some keep for themselves what was entered
  const [round, setRound] = useState(0);
  const filterable = columns.filter(({ filter }) => filter !== 'none');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is entered starts a question
  useEffect(() => {
    if (Object.keys(entries).length === 0) return;
    const timer = setTimeout(
      () => onChange(filterable.flatMap((column) => filtersOf(column, entries[column.key]))),
      PAUSE,
    );
    return () => clearTimeout(timer);
  }, [entries]);
  if (filterable.length === 0) return null;
  const set = filterable.filter((column) => filtersOf(column, entries[column.key]).length > 0);
  const clear = () => {
    setEntries(Object.fromEntries(filterable.map(({ key }) => [key, {}])));
    setRound(round + 1);
  };
  return (
    <details className="card filters">
      <summary>
        {say('ledger.filters')}
        {set.length > 0 && (
          <>
            <span className="dim"> {set.map(({ label }) => label).join('、')} </span>
            <Button
              size="small"
              onClick={(event) => {
                event.preventDefault();
                clear();
              }}
            >
              {say('ledger.clear')}
            </Button>
          </>
        )}
      </summary>
      <search key={round} className="filter-grid">
        {filterable.map((column) => (
          <Control
            key={column.key}
            column={column}
            entry={entries[column.key] ?? {}}
            onChange={(entry) => setEntries({ ...entries, [column.key]: entry })}
          />
        ))}
      </search>
    </details>
  );
}

interface ControlProps {
  column: Column;
  entry: Entry;
  onChange(entry: Entry): void;
}

function Control({ column, entry, onChange }: ControlProps) {
  const { say } = useSpeech();
  const id = useId();
  if (column.filter === 'range') return <Range column={column} entry={entry} onChange={onChange} />;
  if (column.filter === 'choice') {
    return (
      <Labelled id={id} label={column.label}>
        <Select
          id={id}
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          placeholder={say('ledger.any')}
          showSearch={{ optionFilterProp: 'label' }}
          value={entry.values ?? []}
          options={column.choices.map(({ value, label }) => ({ value, label }))}
          onChange={(values: string[]) => onChange({ values })}
        />
      </Labelled>
    );
  }
  return (
    <Labelled id={id} label={column.label}>
      <Input
        id={id}
        allowClear
        placeholder={say(column.filter === 'contains' ? 'ledger.contains' : 'ledger.equals')}
        value={entry.text ?? ''}
        onChange={(event) => onChange({ text: event.target.value })}
      />
    </Labelled>
  );
}

const Labelled = ({ id, label, children }: { id: string; label: string; children: ReactNode }) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    {children}
  </div>
);

const isDated = ({ type }: Column): boolean => type === 'date' || type === 'datetime';

function Range({ column, entry, onChange }: ControlProps) {
  const { say } = useSpeech();
  const { label } = column;
  if (isDated(column)) {
    return (
      <fieldset className="field">
        <legend>{label}</legend>
        <DatePicker.RangePicker
          className="wide"
          allowEmpty={[true, true]}
          placeholder={[say('ledger.fromDay'), say('ledger.toDay')]}
          aria-label={label}
          defaultValue={[dayIn(entry.from), dayIn(entry.to)]}
          onChange={(_, days) => onChange({ from: days?.[0] || undefined, to: days?.[1] || undefined })}
        />
      </fieldset>
    );
  }
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      <div className="range">
        <InputNumber
          aria-label={say('ledger.fromOf', { label })}
          placeholder={say('ledger.from')}
          defaultValue={entry.from as number | undefined}
          onChange={(from) => onChange({ ...entry, from: from ?? undefined })}
        />
        <span aria-hidden="true">–</span>
        <InputNumber
          aria-label={say('ledger.toOf', { label })}
          placeholder={say('ledger.to')}
          defaultValue={entry.to as number | undefined}
          onChange={(to) => onChange({ ...entry, to: to ?? undefined })}
        />
      </div>
    </fieldset>
  );
}

/** What the controls hold when these conditions are in force: the reverse of filtersOf. */
export function entriesOf(columns: readonly Column[], filters: readonly Filter[]): Entries {
  const entries: Record<string, Entry> = {};
  for (const { column: key, op, value } of filters) {
    const column = columns.find((one) => one.key === key);
    if (!column) continue;
    const day = isDated(column) && typeof value === 'number' ? localDate(value) : value;
    if (op === 'in') entries[key] = { values: Array.isArray(value) ? value : [] };
    else if (op === 'from' || op === 'to') entries[key] = { ...entries[key], [op]: day };
    else if (op === 'empty') entries[key] = { empty: true };
    else entries[key] = { text: String(value), ...(op === 'equals' && column.filter !== 'equals' && { whole: true }) };
  }
  return entries;
}

const dayIn = (entry: string | number | undefined) => (typeof entry === 'string' ? dayjs(entry) : null);

export function filtersOf(column: Column, entry: Entry | undefined): Filter[] {
  if (!entry) return [];
  const { key } = column;
  if (entry.empty) return [{ column: key, op: 'empty', value: '' }];
  const text = entry.text?.trim();
  if (text)
    return [{ column: key, op: column.filter === 'contains' && !entry.whole ? 'contains' : 'equals', value: text }];
  if (entry.values?.length) return [{ column: key, op: 'in', value: entry.values }];
  const filters: Filter[] = [];
  // a day stands in the ledger as an instant: it begins at midnight and lasts until the next
  const edge = (value: string | number, end: 0 | 1) => (typeof value === 'string' ? dayBounds(value)[end] : value);
  if (entry.from !== undefined) filters.push({ column: key, op: 'from', value: edge(entry.from, 0) });
  if (entry.to !== undefined) filters.push({ column: key, op: 'to', value: edge(entry.to, 1) });
  return filters;
}
