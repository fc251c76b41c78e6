/** Owns the list of letters of a case, with how many of the recipients have signed. */
import type { Answer } from '@ganwei/core/contract';
import { dayText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import '../kit/letter-words.ts';
import { Mark } from '../kit/marks.tsx';
import { Link } from '../kit/router.tsx';

export default function LetterList({ letters }: { letters: Answer<'case'>['letters'] }) {
  const { say, language } = useSpeech();
  return (
    <section className="card">
      <h2>{say('letters.title')}</h2>
      <ul className="files">
        {letters.map((letter) => (
          <li key={letter.id}>
            <Link className="file-name" to={`/letters/${letter.id}`}>
              {letter.number ? `${letter.number} ` : ''}
              {letter.title}
            </Link>
            <span className="dim">
              {dayText(letter.issuedAt, language)} · {say('letters.pages', { n: letter.pages })}
              {letter.receipts.length > 0 &&
                ` · ${say('letters.signed', {
                  done: letter.receipts.filter(({ signedAt }) => signedAt !== null).length,
                  all: letter.receipts.length,
                })}`}
            </span>
            {letter.state === 'void' && <Mark tone="stopped">{say('letters.void')}</Mark>}
          </li>
        ))}
      </ul>
    </section>
  );
}
