/** Owns the attachments of a case: preview where the browser can, download always, adding where it is allowed. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { fileAddress } from '../api/client.ts';
import { shortMoment, sizeText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { useSession } from '../session/session.tsx';

type Files = Answer<'case'>['attachments'];

const PREVIEWED = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/** Loaded when asked for: few attach anything. */
const AttachDialog = lazy(() => import('./attach-dialog.tsx'));

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
        <Suspense>
          <AttachDialog
            caseId={caseId}
            onAdded={() => {
              setOpen(false);
              onAdded();
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
