/**
 * Owns importing units and people from an Excel or CSV file: first a dry run that names every problem and every change by its line, then the
 * real thing, and the first passwords once.
 */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { ChooseFile } from '../kit/choose-file.tsx';
import { saveFile } from '../kit/files.ts';
import { useSpeech } from '../kit/language.tsx';
import { Refused } from '../kit/states.tsx';
import type { Words } from './fields.tsx';

type Report = Answer<'importDirectory'>;

/** Bytes of a file that one request carries. */
const MOST = 1_400_000;

export function DirectoryImport({ words, onApplied }: { words: Words | undefined; onApplied(): void }) {
  const { say } = useSpeech();
  const [file, setFile] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const [report, setReport] = useState<Report | null>(null);
  const act = useAct((body: { file: string; apply: boolean }) => api.importDirectory({ body }));
  const run = async (content: string, apply: boolean) => {
    setReport(null);
    const answer = await act.run({ file: content, apply });
    if (!answer) return;
    setReport(answer);
    if (answer.applied) onApplied();
  };
  const read = async (chosen: File) => {
    setTooLarge(chosen.size > MOST);
    if (chosen.size > MOST) return;
    const content = base64(new Uint8Array(await chosen.arrayBuffer()));
    setFile(content);
    await run(content, false);
  };
  // Excel takes a CSV file for UTF-8 when it begins with this mark.
  const template = () => saveFile(new Blob([`\uFEFF${words?.columns.join(',') ?? ''}\n`]), say('import.templateName'));
  return (
    <section className="card stack" aria-label={say('directory.import')}>
      <p className="dim">{say('import.hint')}</p>
      <details>
        <summary>{say('import.columns')}</summary>
        <p>{words?.columns.join('、')}</p>
        <p className="dim">{say('import.cells')}</p>
        <Button size="small" onClick={template}>
          {say('import.template')}
        </Button>
      </details>
      <ChooseFile label={say('import.file')} accept=".xlsx,.csv" onChoose={(chosen) => void read(chosen)} />
      {tooLarge && <p className="complaint">{say('import.tooLarge')}</p>}
      <Refused problem={act.problem} />
      {report && <ReportView report={report} />}
      {report && !report.applied && report.problems.length === 0 && report.changes.length > 0 && (
        <div>
          <Button type="primary" loading={act.busy} onClick={() => void run(file, true)}>
            {say('import.apply')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** In pieces, because a function takes no million arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

function ReportView({ report }: { report: Report }) {
  const { say } = useSpeech();
  const { problems, changes, count, passwords } = report;
  const place = (sheet: string, line: number) =>
    sheet ? say('import.place', { sheet, line }) : say('import.line', { line });
  return (
    <div role="status" className="stack">
      <p>
        {say(report.applied ? 'import.applied' : 'import.dry')}
        {count.changes === 0 ? say('import.same') : say('import.summary', { n: count.changes })}
      </p>
      {problems.length > 0 && (
        <>
          <p className="complaint">{say('import.problems', { n: count.problems })}</p>
          <ul>
            {problems.map(({ sheet, line, message }) => (
              <li key={`${sheet}/${line}/${message}`}>
                {place(sheet, line)}
                {message}
              </li>
            ))}
          </ul>
        </>
      )}
      {report.waiting > 0 && <p className="note note-info">{say('import.waiting', { n: report.waiting })}</p>}
      {passwords.length > 0 && (
        <>
          <p className="note note-warning">{say('import.passwords')}</p>
          <table className="plain">
            <tbody>
              {passwords.map(({ username, password }) => (
                <tr key={username}>
                  <th scope="row">{username}</th>
                  <td className="secret">{password}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {changes.length > 0 && (
        <details open={problems.length === 0 && passwords.length === 0}>
          <summary>{say('import.changes', { n: count.changes })}</summary>
          <ul className="changes">
            {changes.map(({ sheet, line, of, act, name, fields }) => (
              <li key={`${sheet}/${line}/${of}/${name}`}>
                {place(sheet, line)}
                <strong>{say(`import.${act}-${of}`, { name })}</strong>
                <Fields fields={fields} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** 职务（审计局）：干事 → 科长 */
export function Fields({ fields }: { fields: Report['changes'][number]['fields'] }) {
  return (
    <ul className="dim change-fields">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          {field}：{before ? `${before} → ${after || '—'}` : after}
        </li>
      ))}
    </ul>
  );
}
