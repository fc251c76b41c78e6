/**
 * Owns what happens on a task page: values and comment being filled in, drafts, which outcomes are possible, submitting, returning,
 * passing on. The page draws it; verdicts are those of core/rules, so the buttons promise what the server does.
 */
import type { Answer } from '@ganwei/core/contract';
import { mayComment } from '@ganwei/core/rules';
import type { Values } from '@ganwei/form/model';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { type ApiProblem, api } from '../api/client.ts';
import type { FormHandle } from '../binding/form-view.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import type { MessageKey } from '../messages/zh-CN.ts';
import { type SaveState, useAutosave } from './autosave.ts';
import { placeErrors } from './errors.ts';
import { confirmation, inOrder, isOffered, type Outcome } from './outcomes.ts';

type TaskView = Answer<'task'>;
type Moved = Answer<'submit'>;

/** Everything that leads away from the task. */
export type TaskAct =
  | { kind: 'submit'; outcome: string; values: Values; comment: string }
  | { kind: 'return'; to: string; resume: 'again' | 'straight'; comment: string }
  | { kind: 'transfer'; to: string; comment: string };

export interface Desk {
  form: RefObject<FormHandle | null>;
  outcomes: readonly { outcome: Outcome; offered: boolean }[];
  comment: string;
  commentError: string;
  setComment(text: string): void;
  changed(values: Values): void;
  /** validates, asks when the act is irreversible, sends */
  submit(outcome: Outcome): Promise<void>;
  /** Ctrl+Enter: the first outcome, unless it is dangerous; another one is never guessed */
  submitFirst(): void;
  /** the question before an irreversible act, and its answers */
  question: { outcome: Outcome; text: string } | null;
  answer(yes: boolean): void;
  /** the other ways; true when it is done */
  leave(act: Exclude<TaskAct, { kind: 'submit' }>): Promise<void>;
  /** asks further people to sign beside oneself; what was filled in is kept as a draft */
  addSigners(people: readonly string[], comment: string): Promise<boolean>;
  keep(): Promise<boolean>;
  saved: SaveState;
  busy: boolean;
  problem: ApiProblem | undefined;
  clear(): void;
  moved: { answer: Moved; title: MessageKey } | null;
}

const DONE: Record<TaskAct['kind'], MessageKey> = {
  submit: 'moved.submitted',
  return: 'moved.returned',
  transfer: 'moved.transferred',
};

export function useDesk(view: TaskView): Desk {
  const { say } = useSpeech();
  const { id, revision } = view.task;
  const form = useRef<FormHandle>(null);
  const [values, setValues] = useState<Values>(() => ({ ...view.form?.values, ...view.draft?.values }));
  const [comment, setComment] = useState(view.draft?.comment ?? '');
  const [commentError, setCommentError] = useState('');
  const [question, setQuestion] = useState<Desk['question']>(null);
  const [moved, setMoved] = useState<Desk['moved']>(null);
  const autosave = useAutosave(
    (draft: { values: Values; comment: string }) =>
      api.saveTaskDraft({ params: { id }, body: { values: draft.values as never, comment: draft.comment } }),
    view.draft?.savedAt ?? null,
  );
  const act = useAct(
    (given: TaskAct, options) => send(id, revision, given, options),
    (problem) => {
      placeErrors(problem, form.current);
      const wrong = problem.fields.find(({ path }) => path === 'comment');
      if (wrong) setCommentError(wrong.message);
    },
  );
  const adding = useAct((given: { people: readonly string[]; comment: string }, options) =>
    api.addSigners({ params: { id }, body: { people: [...given.people], comment: given.comment, revision } }, options),
  );
  const outcomes = useMemo(
    () => inOrder(view.outcomes).map((outcome) => ({ outcome, offered: isOffered(outcome, view.scope, values) })),
    [view, values],
  );
  const now = () => form.current?.values() ?? {};

  async function perform(given: TaskAct) {
    const answer = await act.run(given);
    if (!answer) return;
    autosave.stop();
    setMoved({ answer, title: DONE[given.kind] });
  }

  const sendOutcome = (outcome: Outcome) =>
    perform({ kind: 'submit', outcome: outcome.key, values: now(), comment: comment.trim() });

  async function submit(outcome: Outcome) {
    if (!outcomes.some((one) => one.offered && one.outcome.key === outcome.key) || act.busy) return;
    const complaint = mayComment(outcome, comment)?.fields[0]?.message ?? '';
    setCommentError(complaint);
    const found = outcome.validates ? ((await form.current?.validate()) ?? []) : [];
    if (found.length > 0) form.current?.focusFirstError();
    else if (complaint) document.getElementById(COMMENT_ID)?.focus();
    if (found.length > 0 || complaint) {
      tell(say('form.toCorrect', { n: found.length + (complaint ? 1 : 0) }), 'error');
      return;
    }
    const text = confirmation(outcome, view.scope, now());
    if (text) setQuestion({ outcome, text });
    else await sendOutcome(outcome);
  }

  return {
    form,
    outcomes,
    comment,
    commentError,
    setComment: (text) => {
      setComment(text);
      setCommentError('');
      autosave.touch({ values: now(), comment: text });
    },
    changed: (next) => {
      setValues(next);
      autosave.touch({ values: next, comment });
    },
    submit,
    submitFirst: () => {
      const first = outcomes[0];
      if (!first || first.outcome.style === 'danger' || moved) return;
      if (first.offered) void submit(first.outcome);
      else tell(say('task.barred', { outcomes: first.outcome.label }), 'error');
    },
    question,
    answer: (yes) => {
      setQuestion(null);
      if (yes && question) void sendOutcome(question.outcome);
    },
    leave: perform,
    addSigners: async (people, why) => {
      if (!(await autosave.saveNow({ values: now(), comment })) || !(await adding.run({ people, comment: why })))
        return false;
      tell(say('addSigner.done'));
      return true;
    },
    keep: () => autosave.saveNow({ values: now(), comment }),
    saved: autosave.state,
    busy: act.busy || adding.busy,
    problem: act.problem ?? adding.problem,
    clear: () => {
      act.clear();
      adding.clear();
    },
    moved,
  };
}

/** DOM id of the comment box. */
export const COMMENT_ID = 'task-comment';

function send(id: string, revision: number, act: TaskAct, options: { key: string }): Promise<Moved> {
  const params = { id };
  const { comment } = act;
  if (act.kind === 'submit') {
    const { outcome, values } = act;
    return api.submit({ params, body: { outcome, values: values as never, comment, revision } }, options);
  }
  if (act.kind === 'return') {
    return api.returnTask({ params, body: { to: act.to, resume: act.resume, comment, revision } }, options);
  }
  return api.transfer({ params, body: { to: act.to, comment, revision } }, options);
}
