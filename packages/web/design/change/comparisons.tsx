/** Owns what a change alters, definition by definition: in words, and for a flow drawn. Compared in the browser, over what the server gives to whoever may see the change. */

import type { Answer } from '@ganwei/core/contract';
import { idOf } from '@ganwei/release/paths';
import { lazy, Suspense } from 'react';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Bones, Empty, Loading } from '../../kit/states.tsx';
import type { Change } from './change.ts';
import { useComparison } from './compare.ts';
import { DifferenceRows } from './differences.tsx';

type Affected = Answer<'changeAffects'>['rows'][number];

const DrawnDifference = lazy(() => import('./drawn-difference.tsx'));

export function Comparisons({ change }: { change: Change }) {
  const { say } = useSpeech();
  const affects = useLoad('changeAffects', { params: { id: change.id } });
  if (change.drafts.length === 0) return <Empty title={say('change.empty')} />;
  return (
    <div className="card-body stack">
      {change.drafts.map((draft) => (
        <Compared
          key={idOf(draft)}
          change={change}
          draft={draft}
          affected={affects.data?.rows.find((row) => idOf(row) === idOf(draft))}
        />
      ))}
    </div>
  );
}

interface ComparedProps {
  change: Change;
  draft: Change['drafts'][number];
  affected: Affected | undefined;
}

function Compared({ change, draft, affected }: ComparedProps) {
  const { say } = useSpeech();
  const { kind, app, key, title } = draft;
  const loaded = useLoad('draft', { params: { id: change.id }, query: { kind, app, key } });
  return (
    <section aria-labelledby={`diff-${idOf(draft)}`}>
      <h2 id={`diff-${idOf(draft)}`}>{say('diff.of', { type: say(`definition.kind.${kind}`), name: title })}</h2>
      {affected && <Affects affected={affected} />}
      <Loading of={loaded} rows={2}>
        {/* what the change was begun from: what others have published since is no part of it */}
        {({ base, source }) => <Texts kind={kind} before={base ?? ''} after={source ?? ''} />}
      </Loading>
    </section>
  );
}

/** On which flows it bears, and for which cases it counts. */
function Affects({ affected: { all, flows, running, counts } }: { affected: Affected }) {
  const { say } = useSpeech();
  if (!all && flows.length === 0) return <p className="dim">{say('affects.none')}</p>;
  return (
    <p className="dim facts-line">
      <span>
        {all
          ? say('affects.all')
          : say('affects.of', { flows: flows.map((name) => say('affects.flow', { name })).join(' ') })}
      </span>
      <span>{say('affects.running', { n: running })}</span>
      {running > 0 && <span>{say(counts ? 'affects.now' : 'affects.later')}</span>}
    </p>
  );
}

/** Two texts of one definition: what differs, and for a flow its picture with marks. */
export function Texts({
  kind,
  before,
  after,
}: {
  kind: Change['drafts'][number]['kind'];
  before: string;
  after: string;
}) {
  const { say } = useSpeech();
  const comparison = useComparison(kind, before, after);
  if (!comparison) return <Bones rows={2} />;
  const { differences, redrawn } = comparison;
  return (
    <>
      {differences.length === 0 && !redrawn && <p className="dim">{say('diff.none')}</p>}
      {kind === 'process' && before !== after && (
        <Suspense fallback={<Bones rows={5} />}>
          <DrawnDifference before={before} after={after} differences={differences} />
        </Suspense>
      )}
      <DifferenceRows differences={differences} />
      {redrawn && <p className="dim">{say('diff.redrawn')}</p>}
    </>
  );
}
