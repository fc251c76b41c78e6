/** Owns what stands beside the table: the selected cell with its ends, or the selected column with what is said of it. Rules: [DTB3] [DTB10]. */
import { insertColumn, moveColumn, removeColumn, setCell, setColumn } from '@ganwei/decision/sheet/acts';
import { type End, readCell, writeCell } from '@ganwei/decision/sheet/cell';
import { type Column, columnName } from '@ganwei/decision/sheet/sheet';
import { Button, Input, Select } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import { useDraft } from '../feel/use-draft.ts';
import { FindingLines } from '../flow/problems.tsx';
import { DayInput, Line } from '../texts/field.tsx';
import { kindOf, useDeciding } from './deciding.ts';
import { findingsAt } from './findings.ts';

export function Selected() {
  const { sheet, spot, findings } = useDeciding();
  const { say } = useSpeech();
  const column = sheet.columns[spot.column];
  if (!column) return null;
  if (spot.row < 0) return <OfColumn key={spot.column} column={column} />;
  return (
    <section key={`${spot.row} ${spot.column}`}>
      <h2>{say('decision.cell', { n: spot.row + 1, column: columnName(column) })}</h2>
      <FindingLines findings={findingsAt(findings, sheet, spot)} />
      <OfCell column={column} />
    </section>
  );
}

/** Numbers and days are chosen by their ends. */
function OfCell({ column }: { column: Column }) {
  const { sheet, spot, types, act, readOnly } = useDeciding();
  const { say } = useSpeech();
  const text = sheet.rules[spot.row]?.cells[spot.column] ?? '';
  const kind = kindOf(types[spot.column], column);
  const choosing = readCell(text);
  const set = (next: string) =>
    act(say('decision.did.cell', { n: spot.row + 1 }), (at) => setCell(at, spot.row, spot.column, next));
  const ordered = ['number', 'integer', 'date'].includes(kind) && column.kind === 'input';
  if (!ordered || choosing === undefined || choosing.kind === 'some')
    return <p className="dim">{say('decision.cellKeys')}</p>;
  const none: End = { text: '', included: true };
  const { low, high } = choosing.kind === 'range' ? choosing : { low: none, high: none };
  const put = (ends: { low?: End; high?: End }) => set(writeCell({ kind: 'range', low, high, ...ends }, false));
  return (
    <fieldset className="dd-range" disabled={readOnly}>
      <legend>{say('decision.range')}</legend>
      <EndField
        label={say('decision.from')}
        signs={['≥', '>']}
        end={low}
        kind={kind}
        set={(end) => put({ low: end })}
      />
      <EndField
        label={say('decision.to')}
        signs={['≤', '<']}
        end={high}
        kind={kind}
        set={(end) => put({ high: end })}
      />
    </fieldset>
  );
}

interface EndFieldProps {
  label: string;
  /** including the end, and without it */
  signs: readonly [string, string];
  end: End;
  kind: string;
  set(end: End): void;
}

function EndField({ label, signs, end, kind, set }: EndFieldProps) {
  const { say } = useSpeech();
  const isDay = kind === 'date';
  const shown = isDay ? end.text.replace(/^date\("(.*)"\)$/, '$1') : end.text;
  const put = (text: string) => set({ ...end, text: isDay && text !== '' ? `date("${text}")` : text });
  const { draft, type, commit } = useDraft(shown, (text) => {
    const plain = text.trim();
    if (plain === '' || /^-?\d+(\.\d+)?$/.test(plain)) put(plain);
  });
  return (
    <div className="dd-end">
      <Select
        size="small"
        aria-label={say('decision.sign', { end: label })}
        value={end.included ? 0 : 1}
        options={signs.map((sign, value) => ({ value, label: sign }))}
        onChange={(which) => set({ ...end, included: which === 0 })}
        disabled={end.text === ''}
      />
      {isDay ? (
        <DayInput label={label} value={shown} set={put} />
      ) : (
        <Input
          size="small"
          inputMode="decimal"
          aria-label={label}
          value={draft}
          onChange={({ target }) => type(target.value)}
          onBlur={commit}
          onPressEnter={commit}
        />
      )}
    </div>
  );
}

function OfColumn({ column }: { column: Column }) {
  const { sheet, act, readOnly, select, spot } = useDeciding();
  const { say } = useSpeech();
  const { kind, index } = column;
  const name = columnName(column);
  const same = sheet.columns.filter((one) => one.kind === kind).length;
  const line = (word: 'label' | 'name' | 'expression' | 'type' | 'allowed' | 'otherwise', note?: string) => (
    <Line
      label={say(`decision.word.${word}`)}
      value={column[word]}
      disabled={readOnly}
      {...(note !== undefined && { note })}
      set={(text) =>
        act(say('decision.did.column', { column: name }), (at) => setColumn(at, kind, index, { [word]: text.trim() }))
      }
    />
  );
  const move = (by: -1 | 1) => {
    act(say('decision.did.moveColumn', { column: name }), (at) => moveColumn(at, kind, index, index + by));
    select({ ...spot, column: spot.column + by });
  };
  return (
    <section>
      <h2>{say('decision.ofColumn', { column: name })}</h2>
      {line('label')}
      {kind === 'input' && line('expression', say('decision.expressionNote'))}
      {kind === 'output' && line('name', say('decision.nameNote'))}
      {kind !== 'note' && line('type', say('decision.typeNote'))}
      {kind !== 'note' && line('allowed', say('decision.allowedNote'))}
      {kind === 'output' && line('otherwise')}
      {!readOnly && (
        <div className="row-tools">
          <Button size="small" disabled={index === 0} onClick={() => move(-1)}>
            {say('decision.left')}
          </Button>
          <Button size="small" disabled={index === same - 1} onClick={() => move(1)}>
            {say('decision.right')}
          </Button>
          <Button
            size="small"
            onClick={() => {
              act(say('decision.did.insertColumn'), (at) =>
                insertColumn(at, kind, index + 1, {
                  label: say('decision.newColumn'),
                  ...(kind === 'output' && { name: `result${same + 1}` }),
                }),
              );
              select({ row: -1, column: spot.column + 1 });
            }}
          >
            {say('decision.insertColumn')}
          </Button>
          <Button
            size="small"
            danger
            disabled={kind === 'output' && same === 1}
            onClick={() =>
              act(say('decision.did.removeColumn', { column: name }), (at) => removeColumn(at, kind, index))
            }
          >
            {say('decision.removeColumn')}
          </Button>
        </div>
      )}
    </section>
  );
}
