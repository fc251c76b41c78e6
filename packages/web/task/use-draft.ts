/**
 * Owns what is being filled in on a task: values of the form, comment with its complaint, and that both are kept as a draft. Sends nothing
 * that ends the task.
 */
import type { Answer } from '@ganwei/core/contract';
import type { Values } from '@ganwei/form/model';
import { type RefObject, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import type { FormHandle } from '../binding/form-view.tsx';
import { type SaveState, useAutosave } from './autosave.ts';

export interface Draft {
  form: RefObject<FormHandle | null>;
  /** the box of the comment; null where no outcome takes one */
  box: RefObject<{ focus(): void } | null>;
  /** as last changed, for what follows from them on the page */
  values: Values;
  comment: string;
  commentError: string;
  setComment(text: string): void;
  /** says what is wrong with the comment; '' for nothing */
  complain(text: string): void;
  /** the form has changed */
  changed(values: Values): void;
  /** what would be sent now */
  now(): Values;
  /** false when it could not be saved */
  keep(): Promise<boolean>;
  saved: SaveState;
  /** the task has left: nothing more is saved */
  stop(): void;
}

export function useDraft(view: Answer<'task'>): Draft {
  const { id } = view.task;
  const form = useRef<FormHandle>(null);
  const box = useRef<{ focus(): void }>(null);
  const [values, setValues] = useState<Values>(() => ({ ...view.form?.values, ...view.draft?.values }));
  const [comment, setComment] = useState(view.draft?.comment ?? '');
  const [commentError, complain] = useState('');
  const autosave = useAutosave(
    (draft: { values: Values; comment: string }) =>
      api.saveTaskDraft({ params: { id }, body: { values: draft.values as never, comment: draft.comment } }),
    view.draft?.savedAt ?? null,
  );
  const now = () => form.current?.values() ?? {};
  return {
    form,
    box,
    values,
    comment,
    commentError,
    setComment: (text) => {
      setComment(text);
      complain('');
      autosave.touch({ values: now(), comment: text });
    },
    complain,
    changed: (next) => {
      setValues(next);
      autosave.touch({ values: next, comment });
    },
    now,
    keep: () => autosave.saveNow({ values: now(), comment }),
    saved: autosave.state,
    stop: autosave.stop,
  };
}
