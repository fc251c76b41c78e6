/** Owns the bar at the bottom of a task: outcomes (primary first, dangerous last), 保存草稿, 更多, and the dialogs behind them. */
import type { Answer } from '@ganwei/core/contract';
import { isTaskOperation, type TaskOperation } from '@ganwei/core/operations';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Menu } from '../kit/menu.tsx';
import { tell } from '../kit/notice.tsx';
import { SaveMark } from './save-mark.tsx';
import type { Desk } from './use-desk.ts';

const ReturnDialog = lazy(() => import('./return-dialog.tsx'));
const PeopleDialog = lazy(() => import('./people-dialog.tsx'));

export function ActionBar({ desk, view, again }: { desk: Desk; view: Answer<'task'>; again(): void }) {
  const { say } = useSpeech();
  const { draft, acts } = desk;
  const [open, setOpen] = useState<TaskOperation | null>(null);
  const close = () => {
    setOpen(null);
    acts.clear();
  };
  const operations = view.operations.flatMap(({ key, ...rest }) => (isTaskOperation(key) ? [{ key, ...rest }] : []));
  const keep = async () => {
    if (await draft.keep()) tell(say('save.done'));
  };
  return (
    <section className="action-bar" aria-label={say('task.actions')}>
      <div className="bar-note">
        <SaveMark state={draft.saved} />
      </div>
      {operations.length > 0 && (
        <Menu
          up
          label={say('act.more')}
          items={operations.map(({ key, allowed, reason }) => ({
            key,
            label: say(`act.${key}`),
            barred: allowed ? undefined : reason || say('task.notNow'),
            act: () => setOpen(key),
          }))}
        />
      )}
      <Button onClick={() => void keep()}>{say('act.saveDraft')}</Button>
      {desk.outcomes.map(({ outcome, hurdle }, index) => (
        <Button
          key={outcome.key}
          type={outcome.style === 'primary' ? 'primary' : 'default'}
          danger={outcome.style === 'danger'}
          disabled={acts.busy || !draft.drawn}
          {...(hurdle && { className: 'not-yet', title: hurdle.text })}
          {...(index === 0 && { 'aria-keyshortcuts': 'Control+Enter' })}
          onClick={() => void desk.submit(outcome)}
        >
          {outcome.label}
        </Button>
      ))}
      {desk.question && (
        <Dialog
          title={say('task.confirmTitle', { outcome: desk.question.outcome.label })}
          confirm={say('task.confirm', { outcome: desk.question.outcome.label })}
          danger={desk.question.outcome.style === 'danger'}
          busy={acts.busy}
          onConfirm={() => desk.answer(true)}
          onClose={() => desk.answer(false)}
        >
          <p>{desk.question.text}</p>
        </Dialog>
      )}
      <Suspense>
        {open === 'return' && (
          <ReturnDialog
            acts={acts}
            said={draft.comment}
            targets={view.operations.find(({ key }) => key === 'return')?.targets ?? []}
            onClose={close}
          />
        )}
        {(open === 'transfer' || open === 'addSigner') && (
          <PeopleDialog task={view.task.id} acts={acts} act={open} onAdded={again} onClose={close} />
        )}
      </Suspense>
    </section>
  );
}
