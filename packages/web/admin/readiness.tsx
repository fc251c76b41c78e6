/**
 * Owns what an installation still lacks, as the steps in which it is set up: those that are done, and under the others what is missing and how
 * to mend it. Nothing is shown when nothing is missing.
 */
import type { Answer } from '@ganwei/core/contract';
import { SETUP_STEPS } from '@ganwei/core/setup';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Mark } from '../kit/marks.tsx';

type Lack = Answer<'readiness'>[number];

export function Readiness() {
  const { say } = useSpeech();
  const { data: lacks } = useLoad('readiness', {});
  if (!lacks || lacks.length === 0) return null;
  const needed = lacks.filter(({ severity }) => severity === 'error').length;
  // what comes later often mends itself when the step before is done
  const next = SETUP_STEPS.find((step) => lacks.some((lack) => lack.step === step && lack.severity === 'error'));
  return (
    <details className="card" open={needed > 0}>
      <summary>
        <strong>
          {needed > 0 ? say('readiness.title', { n: needed }) : say('readiness.hints', { n: lacks.length })}
        </strong>
      </summary>
      <ol className="setup">
        {SETUP_STEPS.map((step) => (
          <Step key={step} step={step} lacks={lacks.filter((lack) => lack.step === step)} next={step === next} />
        ))}
      </ol>
    </details>
  );
}

function Step({ step, lacks, next }: { step: Lack['step']; lacks: readonly Lack[]; next: boolean }) {
  const { say } = useSpeech();
  const done = lacks.every(({ severity }) => severity === 'hint');
  return (
    <li>
      <strong>{say(`setup.${step}`)}</strong>{' '}
      <Mark tone={done ? 'done' : 'danger'}>{say(done ? 'setup.done' : 'setup.open')}</Mark>
      {lacks.length > 0 && (
        <details open={next}>
          <summary>{say('setup.findings', { n: lacks.length })}</summary>
          <ul>
            {lacks.map(({ severity, message }) => (
              <li key={message} className={severity === 'hint' ? 'dim' : undefined}>
                {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
