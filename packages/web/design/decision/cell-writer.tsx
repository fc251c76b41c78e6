/** Owns a cell while it is written: codes and truths are chosen by name, everything else is FEEL, whose slips are told at once. Rules: [DTB6] [DTB11] [DTB12]. */
import { readCell, writeCell } from '@ganwei/decision/sheet/cell';
import type { Column } from '@ganwei/decision/sheet/sheet';
import { Input, Select } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Choice } from '../check/told.ts';
import { slipIn, slipInTests } from '../feel/reading.ts';
import { useDeciding } from './deciding.ts';

/** Where one goes when a cell has been written; gone: one is somewhere else already. */
export type Towards = 'down' | 'right' | 'stay' | 'gone';

export interface CellWriterProps {
  column: Column;
  text: string;
  /** the key that began it: it takes the place of what was there */
  first: string | undefined;
  choices: readonly Choice[];
  /** undefined: it stays as it was */
  finish(text: string | undefined, towards: Towards): void;
}

export function CellWriter(props: CellWriterProps) {
  const { column, text, choices, first } = props;
  const chosen = readCell(text);
  const byName = choices.length > 0 && column.kind !== 'note' && chosen !== undefined && chosen.kind !== 'range';
  const single = column.kind === 'output' && chosen?.kind === 'some' && (chosen.values.length > 1 || chosen.not);
  return byName && !single && (first === undefined || !/["<>[(=?]/.test(first)) ? (
    <ByName {...props} />
  ) : (
    <Written {...props} />
  );
}

const isText = (choices: readonly Choice[]): boolean =>
  !choices.every(({ value }) => ['true', 'false'].includes(value));

function ByName({ column, text, choices, finish }: CellWriterProps) {
  const { say } = useSpeech();
  const chosen = readCell(text);
  const [values, setValues] = useState(chosen?.kind === 'some' ? chosen.values : []);
  const not = chosen?.kind === 'some' && chosen.not;
  const many = column.kind === 'input';
  const written = (next: readonly string[]) =>
    next.length === 0 && !many ? '' : writeCell({ kind: 'some', values: next, not }, isText(choices));
  const known = [...choices, ...values.filter((one) => choices.every(({ value }) => value !== one)).map(bare)];
  const leave = (towards: Towards) => finish(same(values, chosen) ? undefined : written(values), towards);
  return (
    <Select<string[] | string>
      size="small"
      className="dd-writer"
      aria-label={column.label || column.name}
      autoFocus
      defaultOpen
      showSearch
      allowClear
      {...(many && { mode: 'multiple' as const })}
      optionFilterProp="label"
      placeholder={say('decision.any')}
      value={many ? [...values] : (values[0] ?? '')}
      options={known}
      onChange={(next) => {
        const list = (Array.isArray(next) ? next : [next ?? '']).filter(Boolean);
        if (many) setValues(list);
        else finish(written(list), 'stay');
      }}
      onBlur={() => leave('gone')}
      onInputKeyDown={(event) => {
        if (event.key === 'Escape') finish(undefined, 'stay');
        else if (event.key === 'Tab') leave('right');
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

const bare = (value: string): Choice => ({ value, label: value });

const same = (values: readonly string[], chosen: ReturnType<typeof readCell>): boolean =>
  values.join('\n') === (chosen?.kind === 'some' ? chosen.values : []).join('\n');

function Written({ column, text, first, finish }: CellWriterProps) {
  const { functions } = useDeciding();
  const [draft, setDraft] = useState(first ?? text);
  const read = column.kind === 'input' ? slipInTests : slipIn;
  const empty = ['', '-'].includes(draft.trim());
  const slip = column.kind === 'note' || functions.length === 0 || empty ? '' : read(draft, functions);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') finish(undefined, 'stay');
    else if (event.key === 'Enter' && !event.shiftKey) finish(draft.trim(), 'down');
    else if (event.key === 'Tab') finish(draft.trim(), 'right');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <Input.TextArea
        className="dd-writer"
        size="small"
        autoFocus
        autoSize={{ minRows: 1, maxRows: 8 }}
        spellCheck={false}
        aria-label={column.label || column.expression || column.name}
        aria-invalid={slip !== ''}
        status={slip ? 'error' : ''}
        value={draft}
        onFocus={({ target }) => target.setSelectionRange(draft.length, draft.length)}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={keys}
        onBlur={() => finish(draft.trim() === text ? undefined : draft.trim(), 'gone')}
      />
      {slip && (
        <p className="finding finding-error" role="alert">
          {slip}
        </p>
      )}
    </>
  );
}
