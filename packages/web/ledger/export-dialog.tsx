/** Owns asking what something is exported for, and handing over the file. The reason, the person and the moment stand in the file itself, and on the log. */
import { trimmed } from '@ganwei/core/text';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { Dialog } from '../kit/dialog.tsx';
import { saveFile } from '../kit/files.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Refused } from '../kit/states.tsx';

interface ExportDialogProps {
  /** of the file, without its ending */
  name: string;
  /** what will be in it */
  what?: string;
  /** a Blob, where it was not refused */
  fetchFile(reason: string): Promise<unknown>;
  onClose(): void;
}

/** Least number of characters of a reason; the server insists on it, too. */
const LEAST = 4;

export function ExportDialog({ name, what, fetchFile, onClose }: ExportDialogProps) {
  const { say } = useSpeech();
  const id = useId();
  const [reason, setReason] = useState('');
  const act = useAct(fetchFile);
  const send = async () => {
    const file = await act.run(trimmed(reason));
    if (!(file instanceof Blob)) return;
    saveFile(file, `${name}.xlsx`);
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
      {what && <p>{what}</p>}
      <div className="field">
        <label htmlFor={id}>{say('ledger.reason')}</label>
        <Input id={id} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        <p className="hint">{say('ledger.reasonHint')}</p>
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}
