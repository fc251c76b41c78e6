/** Owns what was renamed in a change, and undoing it as one step. Rule: [REN12]. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useAct } from '../../../api/act.ts';
import { api } from '../../../api/client.ts';
import { momentText } from '../../../kit/format.ts';
import { useSpeech } from '../../../kit/language.tsx';
import { tell } from '../../../kit/notice.tsx';
import { Refused } from '../../../kit/states.tsx';

type Row = Answer<'renames'>['rows'][number];

interface RenamesProps {
  change: string;
  rows: readonly Row[];
  drafting: boolean;
  onUndone(): void;
}

export function Renames({ change, rows, drafting, onUndone }: RenamesProps) {
  const { say } = useSpeech();
  if (rows.length === 0) return null;
  return (
    <section className="renames" aria-labelledby="renames">
      <h2 id="renames">{say('names.renames')}</h2>
      <ul>
        {rows.map((row) => (
          <RenameRow key={row.id} change={change} row={row} drafting={drafting} onUndone={onUndone} />
        ))}
      </ul>
    </section>
  );
}

function RenameRow({ change, row, drafting, onUndone }: Omit<RenamesProps, 'rows'> & { row: Row }) {
  const { say, language } = useSpeech();
  const { id, at, by, from, to, places, barred } = row;
  const act = useAct((rename: string, options) =>
    api.undoRename({ params: { id: change }, body: { rename } }, options),
  );
  const undo = async () => {
    if (!(await act.run(id))) return;
    tell(say('names.undone'));
    onUndone();
  };
  return (
    <li>
      <div className="row-note">
        <strong>{say('names.renamed', { from, to, n: places })}</strong>
        <span>{by.name}</span>
        <span>{momentText(at, language)}</span>
      </div>
      {drafting && barred === '' && (
        <Button size="small" loading={act.busy} onClick={() => void undo()}>
          {say('names.undo')}
        </Button>
      )}
      {drafting && barred !== '' && <p className="dim">{say('names.undoBarred', { reason: barred })}</p>}
      <Refused problem={act.problem} />
    </li>
  );
}
