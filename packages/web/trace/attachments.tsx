/** Owns the attachments of a case: preview where the browser can, download always, adding where it is allowed. */
import type { Answer } from '@ganwei/core/contract';
import type { Audience } from '@ganwei/core/history';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api, fileAddress, upload } from '../api/client.ts';
import { asProblem } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { shortMoment, sizeText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { AudienceChoice } from './audience.tsx';

type Files = Answer<'case'>['attachments'];

const PREVIEWED = new Set(['application/pdf', 'image/png', 'image/jpeg']);

export function Attachments({
  files,
  caseId,
  onAdded,
}: {
  files: Files;
  caseId: string;
  onAdded: (() => void) | undefined;
}) {
  const { say } = useSpeech();
  const { now } = useSession();
  if (files.length === 0 && !onAdded) return null;
  return (
    <section className="card">
      <h2>{say('files.title')}</h2>
      {files.length === 0 && <p className="dim">{say('files.none')}</p>}
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <span className="file-name">{file.name}</span>
            <span className="dim">
              {sizeText(file.size)} · {file.by} · {shortMoment(file.at, now())}
            </span>
            <span className="file-acts">
              {PREVIEWED.has(file.type) && (
                <a
                  href={fileAddress(file.id, true)}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={say('files.previewOf', file)}
                >
                  {say('files.preview')}
                </a>
              )}
              <a href={fileAddress(file.id)} download aria-label={say('files.downloadOf', file)}>
                {say('files.download')}
              </a>
            </span>
          </li>
        ))}
      </ul>
      {onAdded && <Add caseId={caseId} onAdded={onAdded} />}
    </section>
  );
}

function Add({ caseId, onAdded }: { caseId: string; onAdded(): void }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <div className="row-tools">
      <Button onClick={() => setOpen(true)}>{say('files.add')}</Button>
      <span className="hint">{say('files.types')}</span>
      {open && (
        <AddDialog
          caseId={caseId}
          onAdded={() => {
            setOpen(false);
            onAdded();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** The file and for whom it is meant; it is sent when both have been looked at. */
function AddDialog({ caseId, onAdded, onClose }: { caseId: string; onAdded(): void; onClose(): void }) {
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
