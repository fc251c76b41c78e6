/**
 * Owns moving running cases to the version in force: which step stands in for one that is gone, what it would come to case by case, then doing
 * it some at a time, with progress, a way to stop, and a report. Rules: [RUN2] [RUN3] [RUN4] [RUN7].
 */
import type { Answer } from '@ganwei/core/contract';
import { saysNothing } from '@ganwei/core/text';
import { Button, Checkbox, Input, Select } from 'antd';
import { useId, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { Refused, type Trouble } from '../../kit/states.tsx';
import type { Flow } from './running-flow.tsx';

type Previewed = Answer<'previewRunning'>['rows'][number];
type MovedOne = Answer<'moveRunning'>['rows'][number];

/** Cases of one request: a report comes after each. */
const AT_ONCE = 10;

/** Cases whose preview is shown; all are counted. */
const SHOWN = 50;

export function MoveCases({ flow, onClose }: { flow: Flow; onClose(): void }) {
  const { say } = useSpeech();
  const id = useId();
  const [instead, setInstead] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [rows, setRows] = useState<readonly Previewed[]>();
  const [results, setResults] = useState<readonly MovedOne[]>([]);
  const [aside, setAside] = useState<Previewed['aside']>([]);
  const [seen, setSeen] = useState(false);
  const [busy, setBusy] = useState<'preview' | 'move' | null>(null);
  const [problem, setProblem] = useState<Trouble>();
  const stopped = useRef(false);
  const mapping = Object.entries(instead).map(([from, to]) => ({ from, to }));
  const params = { process: flow.process };
  const standIn = (from: string, to: string | undefined) => {
    const { [from]: _, ...rest } = instead;
    setInstead(to === undefined ? rest : { ...rest, [from]: to });
    setRows(undefined);
  };

  const work = async (kind: 'preview' | 'move', deed: () => Promise<void>) => {
    setBusy(kind);
    setProblem(undefined);
    stopped.current = false;
    try {
      await deed();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(null);
    }
  };
  const preview = () =>
    work('preview', async () => {
      const found: Previewed[] = [];
      setSeen(false);
      let cursor: string | undefined;
      do {
        const page = await api.previewRunning({ params, body: { instead: mapping, ...(cursor && { cursor }) } });
        found.push(...page.rows.filter(({ version }) => version !== flow.current));
        setRows([...found]);
        setAside((known) => distinct([...known, ...page.rows.flatMap((row) => row.aside)]));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && !stopped.current);
    });
  const movable = (rows ?? []).filter(({ reasons }) => reasons.length === 0);
  const beginning = movable.filter(({ begins }) => begins.length > 0);
  const names = [...new Set(beginning.flatMap(({ begins }) => begins))].join('、');
  const move = () =>
    work('move', async () => {
      const done: MovedOne[] = [];
      for (let at = 0; at < movable.length && !stopped.current; at += AT_ONCE) {
        const cases = movable.slice(at, at + AT_ONCE).map((row) => row.id);
        const body = { cases, instead: mapping, begin: seen, reason: reason.trim(), release: flow.release };
        done.push(...(await api.moveRunning({ params, body })).rows);
        setResults([...done]);
      }
    });

  return (
    <section className="card card-body stack" aria-labelledby={id}>
      <h2 id={id}>{say('running.move')}</h2>
      <p>{say('running.moveNote', { version: flow.current ?? 0 })}</p>
      {flow.gone.map(({ node, name, count }) => (
        <div key={node} className="field short">
          <label htmlFor={`${id}-${node}`}>{say('running.gone', { name, n: count })}</label>
          <Select
            id={`${id}-${node}`}
            allowClear
            placeholder={say('running.stays')}
            value={instead[node] ?? null}
            onChange={(to: string | undefined) => standIn(node, to)}
            options={flow.places.map((place) => ({ value: place.node, label: place.name }))}
          />
        </div>
      ))}
      {aside.map(({ from, to, name, after }) => (
        <Checkbox
          key={`${from} ${to}`}
          checked={instead[from] === to}
          onChange={({ target }) => standIn(from, target.checked ? to : undefined)}
        >
          {say('running.aside', { name, after })}
        </Checkbox>
      ))}
      <div className="field">
        <label htmlFor={`${id}-reason`}>{say('running.reason')}</label>
        <Input.TextArea
          id={`${id}-reason`}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <Refused problem={problem} />
      {beginning.length > 0 && (
        <Checkbox checked={seen} onChange={({ target }) => setSeen(target.checked)}>
          {say('running.seen', { n: beginning.length, names })}
        </Checkbox>
      )}
      <div className="row-tools">
        <Button loading={busy === 'preview'} disabled={busy === 'move'} onClick={() => void preview()}>
          {say('running.preview')}
        </Button>
        <Button
          type="primary"
          loading={busy === 'move'}
          disabled={
            movable.length === 0 ||
            (beginning.length > 0 && !seen) ||
            saysNothing(reason) ||
            busy === 'preview' ||
            results.length > 0
          }
          onClick={() => void move()}
        >
          {say('running.moveThese', { n: movable.length })}
        </Button>
        {busy && (
          <Button
            onClick={() => {
              stopped.current = true;
            }}
          >
            {say('running.stop')}
          </Button>
        )}
        <Button type="text" disabled={busy !== null} onClick={onClose}>
          {say('act.close')}
        </Button>
      </div>
      {results.length > 0 ? (
        <Report results={results} of={movable.length} />
      ) : (
        rows && <Previews rows={rows} movable={movable.length} />
      )}
    </section>
  );
}

/** One line for each step that may be withdrawn. */
const distinct = (aside: Previewed['aside']): Previewed['aside'] => [
  ...new Map(aside.map((one) => [`${one.from} ${one.to}`, one])).values(),
];

function Previews({ rows, movable }: { rows: readonly Previewed[]; movable: number }) {
  const { say } = useSpeech();
  return (
    <div role="status">
      <p>{say('running.previewed', { n: rows.length, movable, barred: rows.length - movable })}</p>
      <ul className="findings">
        {rows.slice(0, SHOWN).map(({ id, number, version, places, reasons, begins }) => (
          <li key={id}>
            <Mark tone={reasons.length === 0 ? 'done' : 'warning'}>
              {say(reasons.length === 0 ? 'running.movable' : 'running.barred')}
            </Mark>
            <div>
              {number} <span className="dim">{say('design.version', { n: version })}</span> {places.join('、')}
              {reasons.length > 0 && <p>{reasons.join('；')}</p>}
              {begins.length > 0 && <p>{say('running.begins', { names: begins.join('、') })}</p>}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Report({ results, of }: { results: readonly MovedOne[]; of: number }) {
  const { say } = useSpeech();
  const failed = results.filter(({ moved }) => !moved);
  return (
    <div role="status">
      <p>{say('running.report', { n: results.length - failed.length, of, failed: failed.length })}</p>
      <ul className="findings">
        {failed.map(({ id, number, reason }) => (
          <li key={id}>
            <Mark tone="warning">{say('running.barred')}</Mark>
            <div>
              {number}
              <p>{reason}</p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
