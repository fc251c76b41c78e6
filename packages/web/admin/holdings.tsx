/** Owns what the dialog of a person says before he leaves: how much waits with him, which roles nobody else holds. Counts only. */
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Loading } from '../kit/states.tsx';

export function HoldingsOf({ id }: { id: string }) {
  const { say } = useSpeech();
  const held = useLoad('holdings', { params: { id } }, { fresh: true });
  return (
    <section aria-labelledby="holdings">
      <h3 id="holdings">{say('holdings.title')}</h3>
      <Loading of={held} rows={2}>
        {({ tasks, started, drafts, posts }) => (
          <ul className="plain-list">
            {tasks.length === 0 && <li>{say('holdings.none')}</li>}
            {tasks.map(({ process, step, count }) => (
              <li key={`${process}${step}`}>{say('holdings.task', { process, step, n: count })}</li>
            ))}
            {started > 0 && <li>{say('holdings.started', { n: started })}</li>}
            {drafts > 0 && <li>{say('holdings.drafts', { n: drafts })}</li>}
            {posts
              .filter(({ sole }) => sole.length > 0)
              .map(({ unit, title, sole }) => (
                <li key={`${unit}${title}`}>{say('holdings.sole', { unit, roles: sole.join('、') })}</li>
              ))}
          </ul>
        )}
      </Loading>
      <p className="hint">{say('holdings.hint')}</p>
    </section>
  );
}
