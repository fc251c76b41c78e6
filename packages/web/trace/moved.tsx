/** Owns what a person reads after an act: where the case went, who has it now, which letters came of it, and the way on. */
import type { Answer } from '@ganwei/core/contract';
import { useEffect, useRef } from 'react';
import { useSpeech } from '../kit/language.tsx';
import { StatusMark } from '../kit/marks.tsx';
import { Link } from '../kit/router.tsx';
import './trace.css';

export function MovedCard({ moved, title }: { moved: Answer<'submit'>; title: string }) {
  const { say } = useSpeech();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    head.current?.focus();
    window.scrollTo(0, 0);
  }, [title]);
  const next = moved.next.map(({ name, who }) => (who.length > 0 ? `${name} ${who.join('、')}` : name));
  return (
    <div className="page narrow">
      <section className="card moved" role="status">
        <h1 ref={head} tabIndex={-1}>
          {next.length > 0 ? say('moved.next', { title, next: next.join(';') }) : title}
        </h1>
        {next.length === 0 && (
          <p className="moved-next">{say(moved.state === 'running' ? 'moved.waiting' : 'moved.ended')}</p>
        )}
        <p>
          {moved.number} <StatusMark status={moved.status} />
        </p>
        {moved.letters.length > 0 && (
          <>
            <h2>{say('moved.letters')}</h2>
            <ul>
              {moved.letters.map((letter) => (
                <li key={letter.id}>
                  <Link to={`/letters/${letter.id}`}>
                    {letter.number} {letter.title}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        {moved.warnings.map((warning) => (
          <p key={warning} className="note note-warning">
            {warning}
          </p>
        ))}
        <div className="row-tools">
          <Link className="button-link primary" to="/">
            {say('moved.home')}
          </Link>
          <Link className="button-link" to={`/cases/${moved.caseId}`}>
            {say('moved.case')}
          </Link>
        </div>
      </section>
    </div>
  );
}
