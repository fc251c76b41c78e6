/** Owns the buttons that take back and do again, with what they take back. Rule: [DTB4]. */
import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { KeyboardEvent } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Steps } from './history.ts';

export function StepButtons({ steps: { back, again, undo, redo } }: { steps: Steps }) {
  const { say } = useSpeech();
  const button = (icon: typeof UndoOutlined, label: string, off: boolean, act: () => void) => {
    const Icon = icon;
    return (
      <Button size="small" icon={<Icon aria-hidden />} aria-label={label} title={label} disabled={off} onClick={act} />
    );
  };
  return (
    <>
      {button(UndoOutlined, say('texts.undo', { what: back ?? '' }), back === undefined, undo)}
      {button(RedoOutlined, say('texts.redo', { what: again ?? '' }), again === undefined, redo)}
    </>
  );
}

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z, outside of fields that have their own. */
export function stepKeys({ undo, redo }: Steps, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
  if (event.target instanceof HTMLTextAreaElement) return;
  const key = event.key.toLowerCase();
  if (key === 'z' && !event.shiftKey) undo();
  else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
  else return;
  event.preventDefault();
}
