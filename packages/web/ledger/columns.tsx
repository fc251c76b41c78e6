/** Owns which columns of a ledger a person wants to see; remembered in this browser. */
import type { Answer } from '@ganwei/core/contract';
import { useMemo, useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';

type LedgerView = Answer<'ledger'>;
export type Column = LedgerView['columns'][number];

const placeOf = (key: string): string => `ganwei.columns.${key}`;

export function useColumns(view: LedgerView): { shown: Column[]; choose(keys: readonly string[]): void } {
  const [chosen, setChosen] = useState(() => remembered(view.key));
  const shown = useMemo(() => {
    const own = view.columns.filter(({ key }) => chosen?.includes(key));
    return own.length > 0 ? own : view.columns.filter((column) => column.shown);
  }, [view, chosen]);
  const choose = (keys: readonly string[]) => {
    localStorage.setItem(placeOf(view.key), JSON.stringify(keys));
    setChosen(keys);
  };
  return { shown, choose };
}

function remembered(key: string): readonly string[] | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(placeOf(key)) ?? 'null');
    return Array.isArray(found) ? found.map(String) : undefined;
  } catch {
    // not ours: the ledger's own columns are shown
    return undefined;
  }
}

interface ColumnDialogProps {
  view: LedgerView;
  shown: readonly Column[];
  onChoose(keys: readonly string[]): void;
  onClose(): void;
}

export function ColumnDialog({ view, shown, onChoose, onClose }: ColumnDialogProps) {
  const { say } = useSpeech();
  const [keys, setKeys] = useState(() => new Set(shown.map(({ key }) => key)));
  const toggle = (key: string) => {
    const next = new Set(keys);
    if (!next.delete(key)) next.add(key);
    setKeys(next);
  };
  const confirm = () => {
    if (keys.size === 0) return;
    onChoose([...keys]);
    onClose();
  };
  return (
    <Dialog
      title={say('ledger.columns')}
      confirm={say('act.apply')}
      disabled={keys.size === 0}
      onConfirm={confirm}
      onClose={onClose}
    >
      <fieldset className="choices choices-two">
        <legend>{say('ledger.columnsHint')}</legend>
        {view.columns.map(({ key, label }) => (
          <label key={key}>
            <input type="checkbox" checked={keys.has(key)} onChange={() => toggle(key)} />
            {label}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
