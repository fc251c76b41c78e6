/**
 * Owns the way from an outcome's button to its submission: which outcomes are possible, what is still wrong, the question before an
 * irreversible act. Verdicts are those of core/rules, so the buttons promise what the server does. What is filled in is task-draft.ts,
 * what is sent is use-acts.ts.
 */
import type { Answer } from '@ganwei/core/contract';
import { useMemo, useState } from 'react';
import { type Say, useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { confirmation, inOrder, isOffered, type Outcome } from './outcomes.ts';
import { commentComplaint } from './reason.tsx';
import { useTaskDraft } from './task-draft.ts';
import { type Acts, useActs } from './use-acts.ts';
import type { Draft } from './use-draft.ts';

export interface Desk {
  draft: Draft;
  acts: Acts;
  outcomes: readonly { outcome: Outcome; offered: boolean }[];
  /** validates, asks when the act is irreversible, sends */
  submit(outcome: Outcome): Promise<void>;
  /** Ctrl+Enter: the first outcome, unless it is dangerous; another one is never guessed */
  submitFirst(): void;
  /** the question before an irreversible act, and its answers */
  question: { outcome: Outcome; text: string } | null;
  answer(yes: boolean): void;
}

export function useDesk(view: Answer<'task'>): Desk {
  const { say } = useSpeech();
  const draft = useTaskDraft(view);
  const acts = useActs(view.task, draft);
  const [question, setQuestion] = useState<Desk['question']>(null);
  const { values } = draft;
  const outcomes = useMemo(
    () => inOrder(view.outcomes).map((outcome) => ({ outcome, offered: isOffered(outcome, view.scope, values) })),
    [view, values],
  );

  const send = (outcome: Outcome) =>
    acts.leave({ kind: 'submit', outcome: outcome.key, values: draft.now(), comment: draft.comment.trim() });

  async function submit(outcome: Outcome) {
    if (!outcomes.some((one) => one.offered && one.outcome.key === outcome.key) || acts.busy) return;
    const wrong = await complaints(say, outcome, draft);
    if (wrong > 0) return tell(say('form.toCorrect', { n: wrong }), 'error');
    const text = confirmation(outcome, view.scope, draft.now());
    if (text) setQuestion({ outcome, text });
    else await send(outcome);
  }

  return {
    draft,
    acts,
    outcomes,
    submit,
    submitFirst: () => {
      const first = outcomes[0];
      if (!first || first.outcome.style === 'danger' || acts.moved) return;
      if (first.offered) void submit(first.outcome);
      else tell(say('task.barred', { outcomes: first.outcome.label }), 'error');
    },
    question,
    answer: (yes) => {
      setQuestion(null);
      if (yes && question) void send(question.outcome);
    },
  };
}

/** How many places must be corrected first; they are shown, and the cursor goes to the first. */
async function complaints(say: Say, outcome: Outcome, draft: Draft): Promise<number> {
  const { form, box, comment } = draft;
  const complaint = commentComplaint(say, outcome, comment);
  draft.complain(complaint);
  const found = outcome.validates ? ((await form.current?.validate()) ?? []) : [];
  if (found.length > 0) form.current?.focusFirstError();
  else if (complaint) box.current?.focus();
  return found.length + (complaint ? 1 : 0);
}
