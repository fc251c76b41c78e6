/**
 * Owns the way from an outcome's button to its submission: which outcomes are possible, what is still wrong, the question before an
 * irreversible act. Verdicts are those of core/rules, so the buttons promise what the server does. What is filled in is task-draft.ts,
 * what is sent is use-acts.ts.
 */
import type { Answer } from '@ganwei/core/contract';
import { useMemo, useState } from 'react';
import { compiled } from '../binding/compiled.ts';
import { type Say, useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { type Hurdle, hurdle } from './hurdle.ts';
import { confirmation, hurdleOf, inOrder, type Outcome } from './outcomes.ts';
import { commentComplaint } from './reason.tsx';
import { useTaskDraft } from './task-draft.ts';
import { type Acts, useActs } from './use-acts.ts';
import type { Draft } from './use-draft.ts';

export interface Desk {
  draft: Draft;
  acts: Acts;
  /** `hurdle`: why it is not possible yet */
  outcomes: readonly { outcome: Outcome; hurdle: Hurdle | null }[];
  /** validates, asks when the act is irreversible, sends; says what is missing and leads there when it is not possible yet */
  submit(outcome: Outcome): Promise<void>;
  /** Ctrl+Enter: the first outcome, unless it is dangerous; another one is never guessed */
  submitFirst(): void;
  /** the question before an irreversible act, and its answers */
  question: { outcome: Outcome; text: string } | null;
  answer(yes: boolean): void;
}

export function useDesk(view: Answer<'task'>): Desk {
  const speech = useSpeech();
  const { say } = speech;
  const draft = useTaskDraft(view);
  const acts = useActs(view.task, draft);
  const [question, setQuestion] = useState<Desk['question']>(null);
  const { values } = draft;
  const outcomes = useMemo(
    () =>
      inOrder(view.outcomes).map((outcome) => {
        const paths = hurdleOf(outcome, view.scope, values);
        const form = view.form && compiled(view.form.definition);
        return { outcome, hurdle: paths && hurdle(speech, outcome.label, paths, form, values) };
      }),
    [view, values, speech],
  );

  const send = (outcome: Outcome) =>
    acts.leave({ kind: 'submit', outcome: outcome.key, values: draft.now(), comment: draft.comment.trim() });

  async function submit(outcome: Outcome) {
    if (acts.busy || !draft.drawn) return;
    const barred = outcomes.find((one) => one.outcome.key === outcome.key)?.hurdle;
    if (barred) {
      tell(barred.text, 'error');
      draft.form.current?.focus(barred.path);
      return;
    }
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
      void submit(first.outcome);
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
