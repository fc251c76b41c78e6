/** Owns what stands in a sandbox: what waits for whom, until when and why, what is stuck, the letters, the cases, and what was done so far. */
import { Button } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import type { PlayView } from './play-page.tsx';

/** Becomes this person, at a page of the sandbox. */
type PlayAs = (person: string, page?: string) => void;

export function Standing({ view, onPlayAs }: { view: PlayView; onPlayAs: PlayAs }) {
  const { say } = useSpeech();
  const { waiting, stuck, letters, cases, acts } = view;
  return (
    <>
      <section className="card">
        <h2>{say('play.waiting')}</h2>
        {waiting.length === 0 && <p className="dim">{say(cases.length === 0 ? 'play.noCases' : 'play.noWaiting')}</p>}
        <ul className="play-list">
          {waiting.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one step may wait several times in one case
            <Waiting key={`${one.number} ${one.step} ${index}`} one={one} self={view.person.id} onPlayAs={onPlayAs} />
          ))}
        </ul>
      </section>
      {stuck.length > 0 && (
        <section className="card">
          <h2>{say('play.stuck')}</h2>
          <ul className="play-list">
            {stuck.map(({ step, why }) => (
              <li key={step} className="complaint">
                {say('play.stuckAt', { step, why })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card">
        <h2>{say('play.letters')}</h2>
        {letters.length === 0 && <p className="dim">{say('play.noLetters')}</p>}
        <ul className="play-list">
          {letters.map(({ id, number, title, reader }) => (
            <li key={id}>
              <button type="button" className="link" onClick={() => onPlayAs(reader, `letters/${id}`)}>
                {title}
              </button>
              <span className="dim">{number}</span>
            </li>
          ))}
        </ul>
      </section>
      {cases.length > 0 && (
        <section className="card">
          <h2>{say('play.cases')}</h2>
          <ul className="play-list">
            {cases.map(({ id, number, title, status }) => (
              <li key={id}>
                <span>{title}</span>
                <span className="dim">
                  {number} · {status}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card">
        <h2>{say('play.acts', { n: acts.length })}</h2>
        {acts.length === 0 && <p className="dim">{say('play.noActs')}</p>}
        <ol className="play-done">
          {acts.map((act, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was done is never reordered
            <li key={index}>{act}</li>
          ))}
        </ol>
      </section>
    </>
  );
}

type Waits = PlayView['waiting'][number];

function Waiting({ one, self, onPlayAs }: { one: Waits; self: string; onPlayAs: PlayAs }) {
  const { say } = useSpeech();
  const { flow, step, number, who, until, rule } = one;
  return (
    <li>
      <strong>{step}</strong>
      <span className="dim">
        {number || flow} · {until ? say('play.until', { at: until }) : say('play.noUntil')}
      </span>
      <span className="play-people">
        {who.length === 0 && <Mark tone="warning">{say('play.nobody')}</Mark>}
        {who.map(({ id, name, unit }) => (
          <Button key={id} size="small" disabled={id === self} title={unit} onClick={() => onPlayAs(id)}>
            {id === self ? name : say('play.playAs', { name })}
          </Button>
        ))}
      </span>
      {rule && (
        <details>
          <summary>{say('play.why')}</summary>
          <code>{say('play.rule', { rule })}</code>
        </details>
      )}
    </li>
  );
}
