/** Owns attaching a file to a case: the file and for whom it is meant; it is sent when both have been looked at. Loaded when opened. */
import type { Audience } from '@ganwei/core/history';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api, upload } from '../api/client.ts';
import { asProblem } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Refused } from '../kit/states.tsx';
import { AudienceChoice } from './audience.tsx';

export default function AttachDialog({
  caseId,
  onAdded,
  onClose,
}: {
  caseId: string;
  onAdded(): void;
  onClose(): void;
}) {
  const { say } = useSpeech();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [audience, setAudience] = useState<Audience>('organ');
  const [share, setShare] = useState<number | null>(null);
  const act = useAct((files: string[], options) =>
    api.attach({ params: { id: caseId }, body: { files, audience } }, options),
  );
  const add = async () => {
    if (!file) return;
    setShare(0);
    try {
      const stored = await upload(file, setShare);
      if (!(await act.run([stored.id]))) return;
      tell(say('files.added', { name: file.name }));
      onAdded();
    } catch (error) {
      tell(asProblem(error).message, 'error');
    } finally {
      setShare(null);
    }
  };
  return (
    <Dialog
      title={say('files.add')}
      confirm={say('files.add')}
      busy={share !== null}
      disabled={!file}
      onConfirm={() => void add()}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={id}>{say('files.title')}</label>
        <input id={id} type="file" onChange={({ target }) => setFile(target.files?.[0])} />
      </div>
      <AudienceChoice caseId={caseId} value={audience} onChange={setAudience} />
      {share !== null && <progress value={share} max={1} aria-label={say('files.uploading')} />}
      <Refused problem={act.problem} />
    </Dialog>
  );
}
