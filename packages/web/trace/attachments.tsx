/** Owns the attachments of a case: preview where the browser can, download always, adding where it is allowed. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api, fileAddress, upload } from '../api/client.ts';
import { asProblem } from '../api/load.ts';
import { shortMoment, sizeText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { useSession } from '../session/session.tsx';

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
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const act = useAct(
    (ids: string[], options) => api.attach({ params: { id: caseId }, body: { files: ids } }, options),
    (problem) => tell(problem.message, 'error'),
  );
  const add = async (file: File | undefined) => {
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
    <div className="row-tools">
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          void add(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button loading={share !== null} onClick={() => input.current?.click()}>
        {say('files.add')}
      </Button>
      {share !== null && <progress value={share} max={1} aria-label={say('files.uploading')} />}
      <span className="hint">{say('files.types')}</span>
    </div>
  );
}
