/**
 * Owns the page on which a change is played: the pages of the sandbox in a frame, and around them as whom one plays, what time it is there, what waits
 * for whom and why, the letters. Whoever leaves the page ends the sandbox.
 */
import type { Answer } from '@ganwei/core/contract';
import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link } from '../../kit/router.tsx';
import { Loading, PageHead } from '../../kit/states.tsx';
import { changeAddress } from '../change/names.ts';
import { Begin } from './begin.tsx';
import { Stage } from './stage.tsx';
import './play.css';

export type PlayView = NonNullable<Answer<'play'>['play']>;

export default function PlayPage({ params, query }: PageProps) {
  const { say } = useSpeech();
  const id = params.id ?? '';
  const change = useLoad('change', { params: { id } });
  const current = useLoad('play', {}, { fresh: true });
  const [view, setView] = useState<PlayView | null>();
  const shown = view === undefined ? (current.data?.play ?? null) : view;
  const mine = shown?.change === id ? shown : null;
  useEndOnLeave(mine !== null);
  return (
    <div className="page play-page">
      <Loading of={change}>
        {({ title }) => (
          <>
            <PageHead
              title={say('play.of', { title })}
              note={mine ? undefined : say('play.note')}
              tools={<Link to={changeAddress(id)}>{say('play.back')}</Link>}
            />
            <Loading of={current}>
              {() =>
                mine ? (
                  <Stage key={mine.base} view={mine} onView={setView} onEnd={() => setView(null)} />
                ) : (
                  <Begin change={id} query={query} other={shown !== null} onBegun={setView} />
                )
              }
            </Loading>
          </>
        )}
      </Loading>
    </div>
  );
}

/** Going to another page ends it at once; a closed window is noticed by nobody coming any more. */
function useEndOnLeave(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    return () => void api.endPlay().catch(() => undefined);
  }, [open]);
}
