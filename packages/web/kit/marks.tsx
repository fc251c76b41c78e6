/** Owns the small marks that stand everywhere: status, deadline, priority. Always a word, the colour only helps. */
import type { Answer } from '@ganwei/core/contract';
import { type Due, dueText } from './format.ts';
import { useSpeech } from './language.tsx';

export type Status = NonNullable<Answer<'case'>['case']['status']>;

export const StatusMark = ({ status }: { status: Status }) => (
  <span className={`mark mark-${status.tone}`}>{status.label}</span>
);

export const Mark = ({ tone, children }: { tone: Status['tone'] | 'danger' | 'plain'; children: string }) => (
  <span className={`mark mark-${tone}`}>{children}</span>
);

export function DueMark({ due }: { due: Due | null }) {
  const { say, language } = useSpeech();
  if (!due) return null;
  return <span className={`due due-${due.state}`}>{dueText(due, say, language)}</span>;
}
