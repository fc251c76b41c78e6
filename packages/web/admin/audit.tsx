/** Owns the audit log: who signed in, exported, changed passwords or the directory, and with what reason. */
import { type Answer, AUDIT_ACTS } from '@ganwei/core/contract';
import { Button, DatePicker, Input, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { api } from '../api/client.ts';
import { type Loaded, useLoad } from '../api/load.ts';
import { useMore } from '../api/more.ts';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Empty, Loading, PageHead } from '../kit/states.tsx';
import { Fields } from './directory-import.tsx';
import '../ledger/ledger.css';
import '../ledger/learned.ts';

type Page = Answer<'auditLog'>;
type Act = (typeof AUDIT_ACTS)[number] | '';

/** What is asked of the log. */
interface Asked {
  act: Act;
  who: string;
  from: string | undefined;
  to: string | undefined;
}

export default function Audit() {
  const { say } = useSpeech();
  const [asked, setAsked] = useState<Asked>({ act: '', who: '', from: undefined, to: undefined });
  const [who, setWho] = useState('');
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => setAsked((before) => ({ ...before, who: who.trim() })), PAUSE);
    return () => clearTimeout(timer);
  }, [who]);
  return (
    <div className="page">
      <PageHead title={say('audit.title')} note={say('audit.note')} />
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
              ...AUDIT_ACTS.map((one) => ({ value: one, label: say(`audit.${one}`) })),
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
    </div>
  );
}

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
  const known = (key: string) => AUDIT_ACTS.find((one) => one === key);
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
      ['audit.act', known(row.act) ? say(`audit.${known(row.act)!}`) : row.act],
      ['audit.object', row.object || row.name],
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
