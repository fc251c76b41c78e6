/**
 * Owns the list of problems: always there, each leads to what it is about, and has a button where one click mends it. Findings about other definitions are counted apart.
 * Rules: [DES30] [DES31].
 */
import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useSpeech } from '../../kit/language.tsx';
import type { Found } from '../check/told.ts';
import type { Mend } from './findings.ts';

/** Findings under the control they are about. */
export function FindingLines({ findings }: { findings: readonly Found[] }) {
  const { say } = useSpeech();
  return findings.map(({ severity, message }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may be said of two places
    <p key={index} className={`finding finding-${severity}`}>
      <span className="flow-hidden">{say(`flow.${severity}`)}</span>
      {message}
    </p>
  ));
}

export interface ProblemsProps {
  /** about this flow */
  findings: readonly Found[];
  /** how many there are about other definitions */
  elsewhere: number;
  busy: boolean;
  failed: string;
  /** name of an element, for people */
  nameOf(element: string): string;
  mendOf(finding: Found): Mend | undefined;
  show(finding: Found): void;
  mend(mend: Mend): void;
}

export function Problems({ findings, elsewhere, busy, failed, nameOf, mendOf, show, mend }: ProblemsProps) {
  const { say } = useSpeech();
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const state = failed
    ? say('flow.checkFailed', { reason: failed })
    : busy
      ? say('flow.checking')
      : findings.length === 0
        ? say('flow.noProblems')
        : say('flow.problems', { errors, warnings: findings.length - errors });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is below is scrolled to with the keys
    <section className="flow-problems" aria-label={say('flow.problemList')} tabIndex={0}>
      <header>
        {!busy && !failed && findings.length === 0 ? <CheckCircleFilled className="flow-good" aria-hidden /> : null}
        <strong role="status">{state}</strong>
        {elsewhere > 0 && <span className="dim">{say('flow.elsewhere', { n: elsewhere })}</span>}
      </header>
      <ul>
        {findings.map((finding, index) => {
          const found = mendOf(finding);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may be said of two places
            <li key={index}>
              <button type="button" onClick={() => show(finding)}>
                <Severity of={finding} />
                <b>{nameOf(finding.element)}</b>
                <span>{finding.message}</span>
              </button>
              {found && (
                <Button size="small" onClick={() => mend(found)}>
                  {say(`flow.mend.${found.what}`, { to: found.to })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Severity({ of: { severity } }: { of: Found }) {
  const { say } = useSpeech();
  const words = say(`flow.${severity}`);
  return severity === 'error' ? (
    <CloseCircleFilled className="flow-bad" aria-label={words} />
  ) : (
    <WarningFilled className="flow-doubtful" aria-label={words} />
  );
}
