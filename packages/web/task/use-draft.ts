/**
 * Owns what is being filled in on a task or a start: values of the form, comment with its complaint, that both are kept as a draft, and what
 * the person must choose between when there are two states of it. Sends nothing that ends the task.
 */
import type { Values } from '@ganwei/form/model';
import { type RefObject, useRef, useState } from 'react';
import type { FormHandle } from '../binding/form-view.tsx';
import { useKeeper } from '../session/keeper.ts';
import type { Kept, Snapshot } from '../session/kept.ts';
import { type DraftMark, type Saved, type SaveState, useAutosave } from './autosave.ts';

export interface Draft {
  form: RefObject<FormHandle | null>;
  /** the box of the comment; null where no outcome takes one */
  box: RefObject<{ focus(): void } | null>;
  /** the form stands, or there is none: what is filled in can be sent */
  drawn: boolean;
  onDrawn(): void;
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
  mark(): DraftMark;
  /** an act was refused because the draft was changed elsewhere */
  overtaken(): void;
  /** the task has left: nothing more is saved */
  stop(): void;
  /** two states of this draft, if there are; see draft-note.tsx */
  choice: Choice;
}

/** What the person chooses between: what is on this page, and another state. */
export interface Choice {
  /** what this device had kept from an earlier visit */
  found: Kept | null;
  here(): Snapshot;
  /** what the server and this page last had in common */
  base(): Snapshot;
  /** the state that the server has now; null when it is gone */
  there(): Promise<(Snapshot & Saved) | null>;
  /** saves what was chosen */
  settle(snapshot: Snapshot, revision?: number): Promise<boolean>;
  forget(): void;
}

export interface DraftSource {
  hasForm: boolean;
  first: Snapshot;
  known: Saved | null;
  /** address of the page and title, under which this device keeps what could not be sent */
  address(): string;
  title: string;
  save(snapshot: Snapshot, mark: DraftMark): Promise<Saved>;
  there: Choice['there'];
}

export function useDraft({ hasForm, first, known, address, title, save, there }: DraftSource): Draft {
  const form = useRef<FormHandle>(null);
  const box = useRef<{ focus(): void }>(null);
  const base = useRef(first);
  const [drawn, setDrawn] = useState(!hasForm);
  const [values, setValues] = useState(first.values);
  const [comment, setComment] = useState(first.comment);
  const [commentError, complain] = useState('');
  const { found, keeper, ready, forget } = useKeeper(address, title);
  const autosave = useAutosave<Snapshot>(
    async (snapshot, mark) => {
      const saved = await save(snapshot, mark);
      base.current = snapshot;
      return saved;
    },
    known,
    keeper,
  );
  // a form that is still being drawn has what it was loaded with
  const now = () => form.current?.values() ?? values;
  const touch = (snapshot: Snapshot) => {
    ready();
    autosave.touch(snapshot);
  };
  return {
    form,
    box,
    drawn,
    onDrawn: () => setDrawn(true),
    values,
    comment,
    commentError,
    setComment: (text) => {
      setComment(text);
      complain('');
      touch({ values: now(), comment: text });
    },
    complain,
    changed: (next) => {
      setValues(next);
      touch({ values: next, comment });
    },
    now,
    keep: () => autosave.saveNow({ values: now(), comment }),
    saved: autosave.state,
    mark: autosave.mark,
    overtaken: autosave.overtaken,
    stop: autosave.stop,
    choice: {
      found,
      here: () => ({ values: now(), comment }),
      base: () => base.current,
      there,
      settle: (snapshot, revision = autosave.mark().revision) => autosave.settle(snapshot, revision),
      forget,
    },
  };
}
