/** Owns the page of a letter: its pages as they are printed, number and hash beside them, who received and who signed. */
import type { Answer } from '@ganwei/core/contract';
import { fileAddress } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { momentText, shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import '../kit/letter-words.ts';
import { Mark } from '../kit/marks.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Loading, PageHead } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { Watermarked } from '../session/watermark.tsx';
import '../trace/trace.css';

type LetterView = Answer<'letter'>;

export default function LetterPage({ params }: PageProps) {
  const id = params.id ?? '';
  const letter = useLoad('letter', { params: { id } });
  return <Loading of={letter}>{(data) => <Whole letter={data} />}</Loading>;
}

function Whole({ letter }: { letter: LetterView }) {
  const { say } = useSpeech();
  return (
    <div className="page">
      <Watermarked of={letter} />
      <PageHead
        title={letter.title}
        note={letter.number}
        tools={letter.state === 'void' ? <Mark tone="stopped">{say('letters.void')}</Mark> : null}
      />
      <Voided letter={letter} />
      <div className="columns">
        <div className="column-main">
          {letter.file ? (
            <iframe
              className="paper"
              title={say('letters.preview', { title: letter.title })}
              src={`${fileAddress(letter.file.id, true)}#navpanes=0&view=FitH`}
            />
          ) : (
            <p className="card dim">{say('letters.noFile')}</p>
          )}
        </div>
        <aside className="stack" aria-label={say('letters.about')}>
          <About letter={letter} />
          <Receipts letter={letter} />
        </aside>
      </div>
    </div>
  );
}

/** [L71] Before anything else on the page: it holds no more, why, and under which letter. */
function Voided({ letter: { voided } }: { letter: LetterView }) {
  const { say, language } = useSpeech();
  if (!voided) return null;
  const when = momentText(voided.at, language);
  return (
    <p className="note note-error" role="note">
      {voided.ground === ''
        ? say('letters.voided', { at: when, reason: voided.reason })
        : say('letters.voidedUnder', { at: when, reason: voided.reason, ground: voided.ground })}
    </p>
  );
}

function About({ letter }: { letter: LetterView }) {
  const { say, language } = useSpeech();
  return (
    <section className="card">
      <h2>{say('letters.about')}</h2>
      <dl className="facts">
        <dt>{say('letters.number')}</dt>
        <dd>{letter.number || say('none')}</dd>
        <dt>{say('letters.organ')}</dt>
        <dd>{letter.organ}</dd>
        <dt>{say('letters.issued')}</dt>
        <dd>
          {letter.issuedBy} {momentText(letter.issuedAt, language)}
        </dd>
        <dt>{say('letters.count')}</dt>
        <dd>{say('letters.pages', { n: letter.pages })}</dd>
        {letter.case && (
          <>
            <dt>{say('letters.case')}</dt>
            <dd>
              <Link to={`/cases/${letter.case.id}`}>{letter.case.number || letter.case.title}</Link>
            </dd>
          </>
        )}
        <dt>{say('letters.hash')}</dt>
        <dd className="hash">{letter.sha256}</dd>
      </dl>
      {letter.substitutions.length > 0 && (
        <p className="note note-warning">{say('letters.fonts', { fonts: letter.substitutions.join('、') })}</p>
      )}
      {letter.file && (
        <a className="button-link" href={fileAddress(letter.file.id)} download>
          {say('files.download')}
        </a>
      )}
    </section>
  );
}

function Receipts({ letter }: { letter: LetterView }) {
  const { say } = useSpeech();
  const { now } = useSession();
  return (
    <section className="card">
      <h2>{say('letters.receipts')}</h2>
      {letter.receipts.length === 0 ? (
        <p className="dim">{say('letters.noReceipts')}</p>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{say('letters.receiver')}</th>
              <th scope="col">{say('letters.sent')}</th>
              <th scope="col">{say('letters.signedAt')}</th>
            </tr>
          </thead>
          <tbody>
            {letter.receipts.map((receipt) => (
              <tr key={receipt.id}>
                <td>
                  {receipt.unit} {receipt.person} <Mark tone="plain">{say(`letters.${receipt.kind}`)}</Mark>
                </td>
                <td>{shortMoment(receipt.sentAt, now())}</td>
                <td>
                  {receipt.signedAt === null ? (
                    <Mark tone="warning">
                      {say(receipt.person === '' ? 'letters.undelivered' : 'letters.unsigned')}
                    </Mark>
                  ) : (
                    `${receipt.signedBy} ${shortMoment(receipt.signedAt, now())}`
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
