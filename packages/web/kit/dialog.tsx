/**
 * Owns dialogs: the browser's own, so that Esc closes, the focus stays inside and goes back afterwards. Controls that open lists
 * must open them inside (`getPopupContainer`), because nothing else lies above a modal dialog.
 */
import { Button } from 'antd';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useSpeech } from './language.tsx';

export interface DialogProps {
  title: string;
  children: ReactNode;
  /** label of the button that acts */
  confirm: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  /** for many fields: wider, and the body is scrolled */
  wide?: boolean;
  onConfirm(): void;
  onClose(): void;
}

export function Dialog({ title, children, confirm, danger, busy, disabled, wide, onConfirm, onClose }: DialogProps) {
  const { say } = useSpeech();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  // before the element goes: only then the browser gives the focus back to where it was
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        // what is typed here is not for the page behind
        event.stopPropagation();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !disabled) onConfirm();
      }}
    >
      <h2 id={id}>{title}</h2>
      <div className="dialog-body">{children}</div>
      <div className="dialog-foot">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button
          type="primary"
          danger={danger ?? false}
          loading={busy ?? false}
          disabled={disabled ?? false}
          onClick={onConfirm}
        >
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
