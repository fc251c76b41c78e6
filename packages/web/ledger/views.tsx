/** Owns a person's own views of a ledger: choosing one, saving what is shown under a name, giving one up. They are kept on the server. Rule: [PAGE52]. */
import type { Answer } from '@ganwei/core/contract';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Refused } from '../kit/states.tsx';
import './learned.ts';

export type SavedView = Answer<'ledgerViews'>[number];
export type Arranged = Pick<SavedView, 'columns' | 'filters' | 'sort'>;

interface ViewsProps {
  ledger: string;
  /** what is shown now */
  shown: Arranged;
  onChoose(view: SavedView): void;
}

export function Views({ ledger, shown, onChoose }: ViewsProps) {
  const { say } = useSpeech();
  const list = useLoad('ledgerViews', { params: { key: ledger } });
  const [chosen, setChosen] = useState<string>();
  const [saving, setSaving] = useState(false);
  const views = list.data ?? [];
  const drop = useAct(
    (id: string) => api.dropLedgerView({ params: { id } }),
    (problem) => tell(problem.message, 'error'),
  );
  const choose = (id: string) => {
    const view = views.find((one) => one.id === id);
    if (!view) return;
    setChosen(id);
    onChoose(view);
  };
  const giveUp = async (id: string) => {
    if (!(await drop.run(id))) return;
    setChosen(undefined);
    list.reload();
    tell(say('ledger.viewDropped'));
  };
  return (
    <>
      {views.length > 0 && (
        <Select
          aria-label={say('ledger.views')}
          placeholder={say('ledger.views')}
          popupMatchSelectWidth={false}
          value={views.some(({ id }) => id === chosen) ? chosen : undefined}
          options={views.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={choose}
        />
      )}
      {chosen && (
        <Button loading={drop.busy} onClick={() => void giveUp(chosen)}>
          {say('ledger.dropView')}
        </Button>
      )}
      <Button onClick={() => setSaving(true)}>{say('ledger.saveView')}</Button>
      {saving && (
        <SaveView
          ledger={ledger}
          shown={shown}
          name={views.find(({ id }) => id === chosen)?.name ?? ''}
          onSaved={(id) => {
            setSaving(false);
            setChosen(id);
            list.reload();
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

interface SaveViewProps {
  ledger: string;
  shown: Arranged;
  /** of the view that is changed */
  name: string;
  onSaved(id: string): void;
  onClose(): void;
}

function SaveView({ ledger, shown, name: before, onSaved, onClose }: SaveViewProps) {
  const { say } = useSpeech();
  const id = useId();
  const [name, setName] = useState(before);
  const act = useAct((body: Arranged & { name: string }) => api.keepLedgerView({ params: { key: ledger }, body }));
  const save = async () => {
    const kept = await act.run({ ...shown, name: name.trim() });
    if (!kept) return;
    tell(say('ledger.viewSaved'));
    onSaved(kept.id);
  };
  return (
    <Dialog
      title={say('ledger.saveView')}
      confirm={say('ledger.saveView')}
      busy={act.busy}
      disabled={name.trim() === ''}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={id}>{say('ledger.viewName')}</label>
        <Input id={id} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        <p className="hint">{say('ledger.saveViewHint')}</p>
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
