/** Owns importing units and people from a CSV file: first a dry run with a report, then the real thing, and the first passwords once. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useSpeech } from '../kit/language.tsx';
import { Refused } from '../kit/states.tsx';

type Report = Answer<'importDirectory'>;

export function DirectoryImport({ onApplied }: { onApplied(): void }) {
  const { say } = useSpeech();
  const [csv, setCsv] = useState('');
  const [report, setReport] = useState<Report | null>(null);
  const act = useAct((body: { csv: string; apply: boolean }) => api.importDirectory({ body }));
  const run = async (text: string, apply: boolean) => {
    const answer = await act.run({ csv: text, apply });
    if (!answer) return;
    setReport(answer);
    if (answer.applied) onApplied();
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    const text = await file.text();
    setCsv(text);
    await run(text, false);
  };
  return (
    <section className="card stack" aria-label={say('directory.import')}>
      <p className="dim">{say('import.hint')}</p>
      <label className="field">
        <span>{say('import.file')}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      <Refused problem={act.problem} />
      {report && <ReportView report={report} />}
      {report && !report.applied && report.problems.length === 0 && (
        <div>
          <Button type="primary" loading={act.busy} onClick={() => void run(csv, true)}>
            {say('import.apply')}
          </Button>
        </div>
      )}
    </section>
  );
}

function ReportView({ report }: { report: Report }) {
  const { say } = useSpeech();
  const { problems, passwords } = report;
  return (
    <div role="status">
      <p>
        {say(report.applied ? 'import.applied' : 'import.dry')}
        {say('import.summary', {
          unitsAdded: report.unitsAdded,
          unitsChanged: report.unitsChanged,
          peopleAdded: report.peopleAdded,
          peopleChanged: report.peopleChanged,
          postsAdded: report.postsAdded,
        })}
      </p>
      {problems.length > 0 && (
        <>
          <p className="complaint">{say('import.problems', { n: problems.length })}</p>
          <ul>
            {problems.map(({ line, message }) => (
              <li key={`${line}${message}`}>{say('import.line', { line, message })}</li>
            ))}
          </ul>
        </>
      )}
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
    </div>
  );
}
