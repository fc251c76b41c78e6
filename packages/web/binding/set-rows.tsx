/**
 * Owns giving many rows of a table the same answer at once: a column, a value, and which rows. Cells that may not be written keep what they
 * have. Loaded when somebody asks for it. Rule: [PAGE50].
 */
import type { ArrayField } from '@formily/core';
import { observer } from '@formily/react';
import { labelText } from '@ganwei/form/messages';
import type { FormField, Values } from '@ganwei/form/model';
import { displayValue } from '@ganwei/form/values';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { lookupsOf } from './control.tsx';
import type { Page } from './page.ts';
import type { Rows } from './rows.ts';
import { say, sayOf } from './texts.ts';
import './set-rows.css';

const WORDS = {
  setColumn: { zh: '填写哪一列', en: 'Column' },
  setValue: { zh: '填为', en: 'Value' },
  setRows: { zh: '填哪些行', en: 'Rows' },
  allRows: { zh: '全部', en: 'All' },
  setNow: { zh: '填入 {n} 行', en: 'Fill {n} rows' },
  wasSet: { zh: '已填入 {n} 行', en: '{n} rows filled' },
} as const;

interface Choice {
  label: string;
  value: unknown;
}

interface SetRowsProps {
  page: Page;
  target: ArrayField;
  rows: Rows;
  fields: readonly FormField[];
}

const SetRows = observer(({ page, target, rows, fields }: SetRowsProps) => {
  const { language } = page;
  const id = useId();
  const columns = rows.settable();
  const [column, setColumn] = useState(columns[0]?.key ?? '');
  const [chosen, setChosen] = useState<Choice>();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [done, setDone] = useState(0);
  const field = columns.find(({ key }) => key === column);
  if (!field) return null;
  const values = (target.value ?? []) as Values[];
  const indexes = values.map((_, index) => index).filter((index) => !left.has(index));
  const toggle = (index: number) => {
    const next = new Set(left);
    if (!next.delete(index)) next.add(index);
    setLeft(next);
  };
  return (
    <div className="gw-set-rows">
      {columns.length > 1 && (
        <label>
          {sayOf(WORDS, language, 'setColumn')}{' '}
          <select
            value={column}
            onChange={({ target: { value } }) => {
              setColumn(value);
              setChosen(undefined);
            }}
          >
            {columns.map(({ key, title }) => (
              <option key={key} value={key}>
                {labelText(title, language)}
              </option>
            ))}
          </select>
        </label>
      )}
      <fieldset className="gw-bare">
        <legend>{sayOf(WORDS, language, 'setValue')}</legend>
        {choicesOf(page, field).map((choice) => (
          <label key={String(choice.value)}>
            <input type="radio" name={id} checked={chosen?.value === choice.value} onChange={() => setChosen(choice)} />{' '}
            {choice.label}
          </label>
        ))}
      </fieldset>
      <fieldset className="gw-bare">
        <legend>{sayOf(WORDS, language, 'setRows')}</legend>
        <label>
          <input
            type="checkbox"
            checked={left.size === 0}
            onChange={() => setLeft(new Set(left.size === 0 ? values.keys() : []))}
          />{' '}
          {sayOf(WORDS, language, 'allRows')}
        </label>
        {values.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is named by its place
          <label key={index}>
            <input type="checkbox" checked={!left.has(index)} onChange={() => toggle(index)} /> {index + 1}{' '}
            {nameOf(page, fields, row)}
          </label>
        ))}
      </fieldset>
      <Button
        size="small"
        type="primary"
        disabled={!chosen || indexes.length === 0}
        onClick={() => setDone(rows.set(column, chosen?.value, indexes))}
      >
        {sayOf(WORDS, language, 'setNow', { n: indexes.length })}
      </Button>
      <span className="gw-help" role="status">
        {done > 0 && sayOf(WORDS, language, 'wasSet', { n: done })}
      </span>
    </div>
  );
});

export default SetRows;

function choicesOf(page: Page, { component, schema }: FormField): Choice[] {
  if (component === 'Switch')
    return [
      { label: say(page.language, 'yes'), value: true },
      { label: say(page.language, 'no'), value: false },
    ];
  if (component === 'Dictionary') {
    const entries = page.dictionaries.get(String(schema['x-component-props']?.dictionary)) ?? [];
    return entries.filter(({ active }) => active).map(({ code, label }) => ({ value: code, label }));
  }
  return (schema.enum ?? []).map(({ value, label }) => ({ value, label: labelText(label, page.language) }));
}

/** What the row says in its first column. */
function nameOf(page: Page, [first]: readonly FormField[], row: Values): string {
  if (!first) return '';
  return displayValue(first, row[first.key], lookupsOf(page), page.language);
}
