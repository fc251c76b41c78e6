/** Owns the export of a ledger: what for, then the file. The reason, the person and the moment stand in the file itself. */
import { localDateTime } from '@ganwei/calendar/zone';
import type { Answer, Body } from '@ganwei/core/contract';
import { trimmed } from '@ganwei/core/text';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { saveFile } from '../kit/files.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import type { Column } from './columns.tsx';

interface ExportDialogProps {
  view: Answer<'ledger'>;
  columns: readonly Column[];
  body: Body<'ledgerRows'>;
  count: number;
  onClose(): void;
}

/** Least number of characters of a reason; the server insists on it, too. */
const LEAST = 4;

export function ExportDialog({ view, columns, body, count, onClose }: ExportDialogProps) {
  const { say } = useSpeech();
  const { now } = useSession();
  const id = useId();
  const [reason, setReason] = useState('');
  const act = useAct((given: Body<'exportLedger'>) => api.exportLedger({ params: { key: view.key }, body: given }));
  const send = async () => {
    const file: unknown = await act.run({ ...body, columns: columns.map(({ key }) => key), reason: reason.trim() });
    if (!(file instanceof Blob)) return;
    saveFile(file, `${view.title}${localDateTime(now()).slice(0, 10)}.xlsx`);
    tell(say('ledger.exported'));
    onClose();
  };
  return (
    <Dialog
      title={say('ledger.export')}
      confirm={say('ledger.export')}
      busy={act.busy}
      disabled={[...trimmed(reason)].length < LEAST}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{say('ledger.exportWhat', { n: count, columns: columns.length })}</p>
      <div className="field">
        <label htmlFor={id}>{say('ledger.reason')}</label>
        <Input id={id} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        <p className="hint">{say('ledger.reasonHint')}</p>
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
