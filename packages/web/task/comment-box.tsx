/** Owns the box for the person's opinion; it is there when an outcome of the step takes one. */
import { Input } from 'antd';
import { useSpeech } from '../kit/language.tsx';
import { COMMENT_ID, type Desk } from './use-desk.ts';

export function CommentBox({ desk }: { desk: Desk }) {
  const { say } = useSpeech();
  const taking = desk.outcomes.filter(({ outcome }) => outcome.comment !== 'none');
  if (taking.length === 0) return null;
  const needing = taking.filter(({ outcome }) => outcome.comment === 'required').map(({ outcome }) => outcome.label);
  const hint =
    needing.length > 0 ? say('task.commentNeeded', { outcomes: needing.join('、') }) : say('task.commentHint');
  return (
    <section className="card">
      <label htmlFor={COMMENT_ID}>
        <h2>{say('task.comment')}</h2>
      </label>
      <Input.TextArea
        id={COMMENT_ID}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={desk.comment}
        aria-invalid={desk.commentError !== ''}
        aria-describedby={`${COMMENT_ID}-hint`}
        {...(desk.commentError && { status: 'error' as const })}
        onChange={(event) => desk.setComment(event.target.value)}
      />
      <p id={`${COMMENT_ID}-hint`} className="hint">
        {desk.commentError ? <span className="complaint">{desk.commentError}</span> : hint}
      </p>
    </section>
  );
}
