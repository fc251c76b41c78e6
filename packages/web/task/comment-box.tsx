/** Owns the box for the person's opinion; it is there when an outcome of the step takes one. */
import { Input } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../kit/language.tsx';
import type { Desk } from './use-desk.ts';

export function CommentBox({ desk: { draft, outcomes } }: { desk: Desk }) {
  const { say } = useSpeech();
  const id = useId();
  const taking = outcomes.filter(({ outcome }) => outcome.comment !== 'none');
  if (taking.length === 0) return null;
  const needing = taking.filter(({ outcome }) => outcome.comment === 'required').map(({ outcome }) => outcome.label);
  const hint =
    needing.length > 0 ? say('task.commentNeeded', { outcomes: needing.join('、') }) : say('task.commentHint');
  return (
    <section className="card">
      <label htmlFor={id}>
        <h2>{say('task.comment')}</h2>
      </label>
      <Input.TextArea
        id={id}
        ref={(area) => {
          draft.box.current = area;
        }}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={draft.comment}
        aria-invalid={draft.commentError !== ''}
        aria-describedby={`${id}-hint`}
        {...(draft.commentError && { status: 'error' as const })}
        onChange={(event) => draft.setComment(event.target.value)}
      />
      <p id={`${id}-hint`} className="hint">
        {draft.commentError ? <span className="complaint">{draft.commentError}</span> : hint}
      </p>
    </section>
  );
}
