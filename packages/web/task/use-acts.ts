/**
 * Owns the requests that a task page sends: what leads away from the task (submit, return, transfer), and asking further people to sign.
 * Each is sent once; the server's complaints go to their fields.
 */
import type { Answer } from '@ganwei/core/contract';
import type { Values } from '@ganwei/form/model';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { type ApiProblem, api } from '../api/client.ts';
import type { MessageKey } from '../kit/language.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { placeErrors } from './errors.ts';
import type { Draft } from './use-draft.ts';

type Moved = Answer<'submit'>;

/** Everything that leads away from the task. */
export type TaskAct =
  | { kind: 'submit'; outcome: string; values: Values; comment: string }
  | { kind: 'return'; to: string; resume: 'again' | 'straight'; comment: string }
  | { kind: 'transfer'; to: string; comment: string };

export interface Acts {
  leave(act: TaskAct): Promise<void>;
  /** asks further people to sign beside oneself; what was filled in is kept as a draft. True when it is done */
  addSigners(people: readonly string[], comment: string): Promise<boolean>;
  busy: boolean;
  problem: ApiProblem | undefined;
  /** forgets the problem */
  clear(): void;
  /** where the task went */
  moved: { answer: Moved; title: MessageKey } | null;
}

const DONE: Record<TaskAct['kind'], MessageKey> = {
  submit: 'moved.submitted',
  return: 'moved.returned',
  transfer: 'moved.transferred',
};

export function useActs({ id, revision }: { id: string; revision: number }, draft: Draft): Acts {
  const { say } = useSpeech();
  const [moved, setMoved] = useState<Acts['moved']>(null);
  const leaving = useAct(
    (given: TaskAct, options) => send({ id, revision }, draft, given, options),
    (problem) => {
      if (problem.code === 'draft.moved') draft.overtaken();
      placeErrors(problem, draft.form.current);
      const wrong = problem.fields.find(({ path }) => path === 'comment');
      if (wrong) draft.complain(wrong.message);
    },
  );
  const adding = useAct((given: { people: readonly string[]; comment: string }, options) =>
    api.addSigners({ params: { id }, body: { people: [...given.people], comment: given.comment, revision } }, options),
  );
  return {
    leave: async (act) => {
      const answer = await leaving.run(act);
      if (!answer) return;
      draft.stop();
      setMoved({ answer, title: DONE[act.kind] });
    },
    addSigners: async (people, comment) => {
      if (!(await draft.keep()) || !(await adding.run({ people, comment }))) return false;
      tell(say('addSigner.done'));
      return true;
    },
    busy: leaving.busy || adding.busy,
    problem: leaving.problem ?? adding.problem,
    clear: () => {
      leaving.clear();
      adding.clear();
    },
    moved,
  };
}

function send(
  { id, revision }: { id: string; revision: number },
  draft: Draft,
  act: TaskAct,
  options: { key: string },
): Promise<Moved> {
  const params = { id };
  const { comment } = act;
  if (act.kind === 'submit') {
    const { outcome, values } = act;
    const body = { outcome, values: values as never, comment, revision, draft: { ...draft.mark() } };
    return api.submit({ params, body }, options);
  }
  if (act.kind === 'return') {
    return api.returnTask({ params, body: { to: act.to, resume: act.resume, comment, revision } }, options);
  }
  return api.transfer({ params, body: { to: act.to, comment, revision } }, options);
}
