/** Owns the audit log: who signed in, exported, changed passwords or the directory, and with what reason. */
import { AUDIT_ACTS, AUDIT_WORDS, type AuditAct } from '@ganwei/core/audit';
import type { Answer } from '@ganwei/core/contract';
import type { Language } from '@ganwei/form/model';
import { Button, DatePicker, Input, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { api } from '../api/client.ts';
import { type Loaded, useLoad } from '../api/load.ts';
import { useMore } from '../api/more.ts';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Empty, Loading, PageHead } from '../kit/states.tsx';
import { ExportDialog } from '../ledger/export-dialog.tsx';
import { Fields } from './directory-import.tsx';
import '../ledger/ledger.css';
import '../ledger/learned.ts';

type Page = Answer<'auditLog'>;
type Act = AuditAct | '';

/** What is asked of the log. */
interface Asked {
  act: Act;
  who: string;
  from: string | undefined;
  to: string | undefined;
}

export default function Audit() {
  const { say, language } = useSpeech();
  const [exporting, setExporting] = useState(false);
  const [asked, setAsked] = useState<Asked>({ act: '', who: '', from: undefined, to: undefined });
  const [who, setWho] = useState('');
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => setAsked((before) => ({ ...before, who: who.trim() })), PAUSE);
    return () => clearTimeout(timer);
  }, [who]);
  return (
    <div className="page">
      <PageHead
        title={say('audit.title')}
        note={say('audit.note')}
        tools={<Button onClick={() => setExporting(true)}>{say('ledger.export')}</Button>}
      />
      <search className="card filter-grid">
        <div className="field">
          <label htmlFor={`${id}-act`}>{say('audit.act')}</label>
          <Select<Act>
            id={`${id}-act`}
            value={asked.act}
            onChange={(act) => setAsked({ ...asked, act })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: say('audit.all') },
              ...AUDIT_ACTS.map((one) => ({ value: one, label: wordOf(one, language) })),
            ]}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-who`}>{say('audit.who')}</label>
          <Input id={`${id}-who`} allowClear value={who} onChange={(event) => setWho(event.target.value)} />
        </div>
        <fieldset className="field">
          <legend>{say('audit.days')}</legend>
          <DatePicker.RangePicker
            className="wide"
            allowEmpty={[true, true]}
            placeholder={[say('ledger.fromDay'), say('ledger.toDay')]}
            aria-label={say('audit.days')}
            onChange={(_, days) => setAsked({ ...asked, from: days?.[0] || undefined, to: days?.[1] || undefined })}
          />
        </fieldset>
      </search>
      <Log key={JSON.stringify(asked)} asked={asked} />
      {exporting && (
        <ExportDialog
          name={say('audit.title')}
          fetchFile={(reason) => api.exportAudit({ body: { ...asked, reason } })}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

/** What an act is called; one of another version stands as it is. */
const wordOf = (act: string, language: Language): string =>
  AUDIT_WORDS[act as AuditAct]?.[language === 'zh-CN' ? 'zh' : 'en'] ?? act;

/** Milliseconds of silence before a name is asked for. */
const PAUSE = 350;

function Log({ asked }: { asked: Asked }) {
  const { say } = useSpeech();
  const list = useLoad('auditLog', { query: { ...asked } });
  return (
    <Loading of={list}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title={say('audit.empty')}>{say('audit.emptyHint')}</Empty>
        ) : (
          <Entries list={list} asked={asked} />
        )
      }
    </Loading>
  );
}

function Entries({ list, asked }: { list: Loaded<Page>; asked: Asked }) {
  const { say, language } = useSpeech();
  const more = useMore(list, (cursor) => api.auditLog({ query: { ...asked, cursor } }));
  const { rows, next } = list.data as Page;
  const detail = ({ reason, rows: exported, fields, address }: Page['rows'][number]) =>
    [
      fields.length > 0 && <Fields key="fields" fields={fields} />,
      [
        reason,
        exported === null ? '' : say('audit.rows', { n: exported }),
        address && say('audit.address', { address }),
      ]
        .filter(Boolean)
        .join(' · '),
    ].filter(Boolean);
  const cells = (row: Page['rows'][number]) =>
    [
      ['audit.at', momentText(row.at, language)],
      ['audit.who', row.who.unit ? `${row.who.name}（${row.who.unit}）` : row.who.name],
      ['audit.act', wordOf(row.act, language)],
      ['audit.object', row.refused ? say(`audit.refused.${row.refused.kind}`, row.refused) : row.object || row.name],
      ['audit.detail', detail(row)],
    ] as const;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys */}
      <section className="card flush ledger" aria-label={say('audit.title')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {(['audit.at', 'audit.who', 'audit.act', 'audit.object', 'audit.detail'] as const).map((label) => (
                <th key={label} scope="col">
                  {say(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {cells(row).map(([label, text]) => (
                  <td key={label}>
                    <span className="cell-label">{say(label)}</span>
                    {text.length > 0 ? text : '—'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {next && (
        <div className="row-tools">
          <Button loading={more.busy} onClick={() => void more.load(next)}>
            {say('state.more')}
          </Button>
        </div>
      )}
    </>
  );
}
