/** Owns the list of what a table leaves open and answers twice: each leads to its rows, and a gap is filled with one click. Rules: [DTB20] [DTB21]. */
import { insertRule } from '@ganwei/decision/sheet/acts';
import { inWords } from '@ganwei/decision/sheet/cell';
import { columnName } from '@ganwei/decision/sheet/sheet';
import { Button } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import type { Hole } from '../check/told.ts';
import { choicesOf, useDeciding } from './deciding.ts';

export function Holes() {
  const { sheet, tried } = useDeciding();
  const { say } = useSpeech();
  const holes = (tried?.holes ?? []).filter(({ step }) => step === sheet.id);
  return (
    <section className="dd-part" aria-label={say('decision.holes')}>
      <h2>{say('decision.holes')}</h2>
      {!tried ? (
        <p className="dim">{say('decision.notReadable')}</p>
      ) : holes.length === 0 ? (
        <p className="dim">{say('decision.noHoles')}</p>
      ) : (
        <ul className="dd-holes">
          {holes.map((hole) => (
            <OneHole key={[...hole.rules, ...hole.cells].join('|')} hole={hole} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OneHole({ hole }: { hole: Hole }) {
  const { sheet, types, select, act, readOnly } = useDeciding();
  const { say } = useSpeech();
  const inputs = sheet.columns.filter(({ kind }) => kind === 'input');
  if (hole.kind === 'overlap') {
    const rows = hole.rules.map((id) => sheet.rules.findIndex((rule) => rule.id === id));
    return (
      <li>
        {say('decision.overlap', { rules: rows.map((row) => row + 1).join('、'), example: hole.example })}
        {rows.map((row) => (
          <Button key={row} size="small" type="link" onClick={() => select({ row, column: 0 })}>
            {say('decision.toRule', { n: row + 1 })}
          </Button>
        ))}
      </li>
    );
  }
  const said = hole.cells.flatMap((cell, index) => {
    const column = inputs[index];
    if (cell === '-' || !column) return [];
    const choices = choicesOf(types[index], column, (truth) =>
      say(truth === 'true' ? 'decision.true' : 'decision.false'),
    );
    const name = (value: string) => choices.find((one) => one.value === value)?.label;
    return [say('decision.cellIs', { column: columnName(column), cell: name(cell) ?? inWords(cell, name) })];
  });
  const fill = () => {
    act(say('decision.did.fill'), (at) => insertRule(at, sheet.rules.length, hole.cells));
    select({ row: sheet.rules.length, column: inputs.length });
  };
  return (
    <li>
      {say('decision.gap', { what: said.join('，') })}
      {!readOnly && (
        <Button size="small" onClick={fill}>
          {say('decision.fill')}
        </Button>
      )}
    </li>
  );
}
