/** Owns how a flow has gone, in tables: what its steps take and which branches are taken, over the newest finished cases. Rule: [RUN5]. */
import type { Answer } from '@ganwei/core/contract';
import { dayText } from '../../kit/format.ts';
import { type Say, useSpeech } from '../../kit/language.tsx';

export type Figures = Answer<'flowFigures'>;

export function FlowFigures({ figures }: { figures: Figures }) {
  const { say, language } = useSpeech();
  const { cases, most, since, steps, branches } = figures;
  return (
    <>
      <section className="card card-body" aria-labelledby="figures-steps">
        <h2 id="figures-steps">{say('figures.steps')}</h2>
        {since === null ? (
          <p className="dim">{say('figures.none')}</p>
        ) : (
          <>
            <p className="dim">{say('figures.note', { n: cases, most, since: dayText(since, language) })}</p>
            {steps.length === 0 ? <p className="dim">{say('figures.noSteps')}</p> : <Steps steps={steps} />}
          </>
        )}
      </section>
      {branches.length > 0 && (
        <section className="card card-body" aria-labelledby="figures-branches">
          <h2 id="figures-branches">{say('figures.branches')}</h2>
          <Branches branches={branches} />
        </section>
      )}
    </>
  );
}

function Steps({ steps }: Pick<Figures, 'steps'>) {
  const { say } = useSpeech();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{say('running.step')}</th>
          <th scope="col">{say('figures.median')}</th>
          <th scope="col">{say('figures.p90')}</th>
          <th scope="col">{say('figures.times')}</th>
        </tr>
      </thead>
      <tbody>
        {[...steps]
          .sort((a, b) => b.p90 - a.p90 || b.median - a.median)
          .map(({ node, name, count, median, p90 }) => (
            <tr key={node}>
              <th scope="row">{name}</th>
              <td>{daysText(median, say)}</td>
              <td>{daysText(p90, say)}</td>
              <td>{count}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function Branches({ branches }: Pick<Figures, 'branches'>) {
  const { say } = useSpeech();
  const shares = sharesOf(branches);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{say('figures.from')}</th>
          <th scope="col">{say('figures.branch')}</th>
          <th scope="col">{say('figures.share')}</th>
          <th scope="col">{say('figures.times')}</th>
        </tr>
      </thead>
      <tbody>
        {branches.map(({ flow, node, from, label, to, count, of }, index) => (
          <tr key={flow} className={count === 0 ? 'dim' : undefined}>
            <th scope="row">{branches[index - 1]?.node === node ? '' : from || say('figures.unnamed')}</th>
            <td>{branchText(label, to, say)}</td>
            <td>{`${shares.get(flow) ?? 0}%`}</td>
            <td>{say('figures.of', { n: count, of })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const branchText = (label: string, to: string, say: Say): string => {
  if (to === '') return label || say('figures.unnamed');
  return label ? say('figures.labelled', { label, to }) : say('figures.towards', { to });
};

/** 0 working days: within the day. */
export const daysText = (days: number, say: Say): string =>
  days === 0 ? say('figures.sameDay') : say('figures.days', { n: days });

/**
 * Flow -> its share in whole per cent. Where at most one of several branches is taken each time the shares make what they make together, 100 where one
 * always is: what rounding down leaves goes to those that lost most by it. Where several may be taken at once each is rounded by itself.
 */
export function sharesOf(
  branches: readonly Pick<Figures['branches'][number], 'flow' | 'node' | 'count' | 'of'>[],
): Map<string, number> {
  const shares = new Map<string, number>();
  for (const node of new Set(branches.map((branch) => branch.node))) {
    const own = branches.filter((branch) => branch.node === node);
    const exact = own.map(({ flow, count, of }) => ({ flow, share: of === 0 ? 0 : (count / of) * 100 }));
    const [all, of = 0] = [own.reduce((sum, { count }) => sum + count, 0), own[0]?.of];
    const isEither = of > 0 && all <= of;
    const lost = [...exact].sort((a, b) => (b.share % 1) - (a.share % 1));
    const left = Math.round((all / of) * 100) - exact.reduce((sum, { share }) => sum + Math.floor(share), 0);
    const more = new Set(lost.slice(0, left).map(({ flow }) => flow));
    for (const { flow, share } of exact)
      shares.set(flow, isEither ? Math.floor(share) + (more.has(flow) ? 1 : 0) : Math.round(share));
  }
  return shares;
}
