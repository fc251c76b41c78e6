/**
 * Owns the table on the screen: arrows go from cell to cell, Enter or typing begins to write, Enter goes down and Tab to the right, Escape leaves it as
 * it was; rules are put in, moved, copied and taken out by keys as well. Rules: [DTB5] [DTB6].
 */
import { copyRule, insertRule, moveRule, removeRule, setCell } from '@ganwei/decision/sheet/acts';
import { inWords } from '@ganwei/decision/sheet/cell';
import { columnName } from '@ganwei/decision/sheet/sheet';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { CellWriter, type Towards } from './cell-writer.tsx';
import { choicesOf, type Spot, useDeciding } from './deciding.ts';
import { findingsAt } from './findings.ts';

const ARROWS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function Grid() {
  const { sheet, spot, select, act, readOnly, lit } = useDeciding();
  const { say } = useSpeech();
  /** what is being written, with the key that began it */
  const [writing, setWriting] = useState<{ readonly first: string | undefined }>();
  const table = useRef<HTMLTableElement>(null);
  const wanted = useRef(false);
  const { columns, rules } = sheet;
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    table.current?.querySelector<HTMLElement>(`[data-spot="${spot.row} ${spot.column}"]`)?.focus();
  });
  const go = ({ row, column }: Spot) => {
    wanted.current = true;
    setWriting(undefined);
    select({
      row: Math.max(-1, Math.min(rules.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    });
  };
  const finish = (text: string | undefined, towards: Towards) => {
    if (text !== undefined)
      act(say('decision.did.cell', { n: spot.row + 1 }), (at) => setCell(at, spot.row, spot.column, text));
    const last = spot.column === columns.length - 1;
    if (towards === 'gone') return setWriting(undefined);
    if (towards === 'right') go(last ? { row: spot.row + 1, column: 0 } : { ...spot, column: spot.column + 1 });
    else go({ ...spot, row: spot.row + (towards === 'down' ? 1 : 0) });
  };
  const ofRule = (event: KeyboardEvent): boolean => {
    const { row } = spot;
    const control = event.ctrlKey || event.metaKey;
    const name = { n: row + 1 };
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const to = row + (event.key === 'ArrowUp' ? -1 : 1);
      if (to < 0 || to >= rules.length) return true;
      act(say('decision.did.move', name), (at) => moveRule(at, row, to));
      go({ ...spot, row: to });
    } else if (control && event.key === 'Enter') {
      act(say('decision.did.insert'), (at) => insertRule(at, row + 1));
      wanted.current = true;
      select({ row: row + 1, column: 0 });
    } else if (control && event.key.toLowerCase() === 'd') {
      act(say('decision.did.copy', name), (at) => copyRule(at, row));
      wanted.current = true;
      select({ ...spot, row: row + 1 });
    } else if (control && (event.key === 'Delete' || event.key === 'Backspace')) {
      act(say('decision.did.remove', name), (at) => removeRule(at, row));
      go({ ...spot, row: Math.min(row, rules.length - 2) });
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (writing || event.target instanceof HTMLInputElement) return;
    const step = ARROWS[event.key];
    const control = event.ctrlKey || event.metaKey;
    if (!readOnly && spot.row >= 0 && ofRule(event)) {
      // done
    } else if (step && !event.altKey) go({ row: spot.row + step[0], column: spot.column + step[1] });
    else if (event.key === 'Home' || event.key === 'End')
      go({ ...spot, column: event.key === 'Home' ? 0 : columns.length - 1 });
    else if (readOnly || spot.row < 0) return;
    else if (event.key === 'Enter' || event.key === 'F2') setWriting({ first: undefined });
    else if (event.key === 'Delete' || event.key === 'Backspace')
      finish(columns[spot.column]?.kind === 'input' ? '-' : '', 'stay');
    else if (event.key.length === 1 && !control && !event.altKey) setWriting({ first: event.key });
    else return;
    event.preventDefault();
  };
  return (
    <div className="dd-sheet">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells are gone to by keys */}
      <table ref={table} role="grid" aria-label={sheet.name} aria-readonly={readOnly} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col" className="dd-number">
              {say('decision.number')}
            </th>
            {columns.map((column, index) => (
              <th key={`${column.kind} ${column.index}`} scope="col" className={`dd-${column.kind}`}>
                <button
                  type="button"
                  data-spot={`-1 ${index}`}
                  tabIndex={-1}
                  aria-pressed={spot.row === -1 && spot.column === index}
                  onClick={() => select({ row: -1, column: index })}
                >
                  <small>{say(`decision.column.${column.kind}`)}</small>
                  {columnName(column) || say('decision.unnamed')}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule, row) => (
            <tr key={rule.id || row} className={lit.includes(rule.id) ? 'dd-lit' : ''} data-rule={rule.id}>
              <th scope="row" className="dd-number">
                {row + 1}
                {lit.includes(rule.id) && <span className="flow-hidden">{say('decision.holds')}</span>}
              </th>
              {columns.map((column, index) => (
                <Cell
                  key={`${column.kind} ${column.index}`}
                  at={{ row, column: index }}
                  writing={spot.row === row && spot.column === index ? writing : undefined}
                  begin={() => !readOnly && setWriting({ first: undefined })}
                  select={() => {
                    setWriting(undefined);
                    select({ row, column: index });
                  }}
                  finish={finish}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rules.length === 0 && <p className="dim">{say('decision.noRules')}</p>}
    </div>
  );
}

interface CellProps {
  at: Spot;
  writing: { readonly first: string | undefined } | undefined;
  begin(): void;
  select(): void;
  finish(text: string | undefined, towards: Towards): void;
}

function Cell({ at, writing, begin, select, finish }: CellProps) {
  const { sheet, spot, types, findings } = useDeciding();
  const { say } = useSpeech();
  const [rule, column] = [sheet.rules[at.row], sheet.columns[at.column]];
  if (!rule || !column) return null;
  const text = rule.cells[at.column] ?? '';
  const choices = choicesOf(types[at.column], column, (truth) =>
    say(truth === 'true' ? 'decision.true' : 'decision.false'),
  );
  const isHere = spot.row === at.row && spot.column === at.column;
  const wrong = findingsAt(findings, sheet, at);
  const error = wrong.find(({ severity }) => severity === 'error');
  const named = inWords(text, (value) => choices.find((one) => one.value === value)?.label);
  const truth = choices.find(({ value }) => value === text)?.label;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid, which is gone to by keys
      role="gridcell"
      data-spot={`${at.row} ${at.column}`}
      tabIndex={isHere && !writing ? 0 : -1}
      aria-selected={isHere}
      aria-invalid={error !== undefined}
      title={wrong.map(({ message }) => message).join('\n') || undefined}
      className={`dd-cell dd-${column.kind}${error ? ' dd-wrong' : wrong.length > 0 ? ' dd-doubtful' : ''}`}
      onClick={() => !writing && select()}
      onDoubleClick={begin}
    >
      {writing ? (
        <CellWriter column={column} text={text} first={writing.first} choices={choices} finish={finish} />
      ) : column.kind === 'input' && (text === '' || text === '-') ? (
        <span className="dim">{say('decision.any')}</span>
      ) : (
        (truth ?? named)
      )}
    </td>
  );
}
