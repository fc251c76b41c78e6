/**
 * Owns the sample pages beside the text: a moment after the last edit the server draws them, one drawing at a time; the last that could be drawn stays
 * until there is a newer one, with what is wrong above it. Rules: [LTD10] [LTD13].
 */
import type { Answer } from '@ganwei/core/contract';
import type { Named } from '@ganwei/release/paths';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';

export type Drawn = Answer<'drawLetter'>;

/** Milliseconds without a further edit before pages are asked for; before another try while the server is busy with those asked for before. */
const PAUSE = 600;
const AGAIN = 1500;

interface PagesProps {
  change: string;
  named: Pick<Named, 'app' | 'key'>;
  title: string;
  source: string;
  /** made-up values; undefined: not known yet */
  data: Readonly<Record<string, unknown>> | undefined;
}

export function Pages({ change, named, title, source, data }: PagesProps) {
  const { say } = useSpeech();
  const { drawn, last, busy, problem } = useDrawn({ change, named, source, data });
  const image = useMemo(
    () => (last ? URL.createObjectURL(new Blob([last.svg], { type: 'image/svg+xml' })) : undefined),
    [last],
  );
  useEffect(() => () => void (image && URL.revokeObjectURL(image)), [image]);
  const complaints = problem ? [problem] : (drawn?.wrong ?? []);
  return (
    <section className="ld-pages" aria-label={say('letterDesign.pages')} aria-busy={busy}>
      <p className="dim" role="status">
        {busy
          ? say('letterDesign.drawing')
          : drawn && drawn.pages > 0
            ? say('letterDesign.drawn', { n: drawn.pages })
            : ''}
      </p>
      {complaints.length > 0 && (
        <div className="note note-warning">
          <p>{say('letterDesign.wrong')}</p>
          <ul>
            {complaints.map((complaint) => (
              <li key={complaint}>{complaint}</li>
            ))}
          </ul>
        </div>
      )}
      {drawn && drawn.substitutions.length > 0 && (
        <p className="dim">{say('letterDesign.fonts', { fonts: drawn.substitutions.join('、') })}</p>
      )}
      {last && image && <img src={image} alt={say('letterDesign.pageImage', { name: title, n: last.pages })} />}
    </section>
  );
}

type Asked = Pick<PagesProps, 'change' | 'named' | 'source' | 'data'>;

/** `drawn`: the last answer; `last`: the last one with pages. */
function useDrawn({ change, named: { app, key }, source, data }: Asked) {
  const [drawn, setDrawn] = useState<Drawn>();
  const [last, setLast] = useState<Drawn>();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    if (data === undefined) return;
    let gone = false;
    let timer = setTimeout(ask, PAUSE);
    setBusy(true);
    function ask(): void {
      line.current = line.current.then(() => (gone ? undefined : draw()));
    }
    async function draw(): Promise<void> {
      try {
        const answer = await api.drawLetter({ params: { id: change }, body: { app, key, source, data: data ?? {} } });
        if (gone) return;
        setDrawn(answer);
        if (answer.pages > 0) setLast(answer);
        setProblem('');
        setBusy(false);
      } catch (error) {
        if (gone) return;
        const { code, message } = asProblem(error);
        if (code === 'rate.exceeded') timer = setTimeout(ask, AGAIN);
        else {
          setProblem(message);
          setBusy(false);
        }
      }
    }
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [change, app, key, source, data]);
  return { drawn, last, busy, problem };
}
