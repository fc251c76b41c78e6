/** Owns how an import is told: what was left, by its reason with an advice, and what became what. Nothing is left out; long lists are opened. Rule: [FOR60]. */
import type { Became, Left, Reason } from '@ganwei/process/foreign/told';
import { type Setting, settingOf } from '@ganwei/process/lint/descriptors';
import { wordOf } from '@ganwei/process/lint/panel';
import { Button } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { type ForeignKey, foreignZh } from '../../messages/foreign.zh-CN.ts';

/** What needs nobody's attention comes last, closed. */
const ASIDE: readonly Reason[] = ['engine', 'editor', 'drawing', 'data', 'empty-process'];
/** Rows that are shown before one asks for all. */
const FIRST = 20;

export function LeftOver({ left }: { left: readonly Left[] }) {
  const { say } = useSpeech();
  const groups = [...byReason(left)].sort(
    ([one], [other]) => Number(ASIDE.includes(one)) - Number(ASIDE.includes(other)),
  );
  return (
    <section className="card card-body" aria-labelledby="foreign-left">
      <h2 id="foreign-left">{say('foreign.left', { n: left.length })}</h2>
      <p className="dim">{say(left.length === 0 ? 'foreign.nothingLeft' : 'foreign.leftHint')}</p>
      {groups.map(([reason, rows]) => (
        <details key={reason} className="foreign-group" open={!ASIDE.includes(reason)}>
          <summary>
            <strong>{say(`foreign.why.${reason}`)}</strong>
            <span className="count">{rows.length}</span>
            <span className="foreign-advice">{say(`foreign.do.${reason}`)}</span>
          </summary>
          <Rows rows={rows}>
            {(one, index) => (
              <li key={index}>
                <Step of={one} />
                <As of={one} />
                {one.hint !== '' && (
                  <span>{say(one.reason === 'script' ? 'foreign.might' : 'foreign.named', { hint: one.hint })}</span>
                )}
              </li>
            )}
          </Rows>
        </details>
      ))}
    </section>
  );
}

function byReason(left: readonly Left[]): ReadonlyMap<Reason, readonly Left[]> {
  const groups = new Map<Reason, Left[]>();
  for (const one of left) {
    const group = groups.get(one.reason);
    if (group) group.push(one);
    else groups.set(one.reason, [one]);
  }
  return groups;
}

export function BecameWhat({ became }: { became: readonly Became[] }) {
  const { say } = useSpeech();
  return (
    <section className="card card-body" aria-labelledby="foreign-became">
      <h2 id="foreign-became">{say('foreign.became', { n: became.length })}</h2>
      {became.length === 0 ? (
        <p className="dim">{say('foreign.nothingBecame')}</p>
      ) : (
        <>
          <div className="foreign-head" aria-hidden>
            <span>{say('foreign.step')}</span>
            <span>{say('foreign.setting')}</span>
            <span>{say('foreign.into')}</span>
          </div>
          <Rows rows={became}>
            {(one, index) => (
              <li key={index}>
                <Step of={one} />
                <As of={one} />
                <Into of={one} />
              </li>
            )}
          </Rows>
        </>
      )}
    </section>
  );
}

interface RowsProps<T> {
  rows: readonly T[];
  children(row: T, index: number): React.ReactNode;
}

function Rows<T>({ rows, children }: RowsProps<T>) {
  const { say } = useSpeech();
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <>
      <ul className="foreign-rows">{shown.map(children)}</ul>
      {shown.length < rows.length && (
        <Button size="small" onClick={() => setAll(true)}>
          {say('foreign.all', { n: rows.length })}
        </Button>
      )}
    </>
  );
}

/** Types of BPMN that have a word of their own. */
const KNOWN = new Set(Object.keys(foreignZh).flatMap((key) => /^foreign\.what\.(.+)$/.exec(key)?.[1] ?? []));

/** By its name; where it has none, by its id. */
function Step({ of: { name, element, what } }: { of: Left | Became }) {
  const { say } = useSpeech();
  return (
    <span className="foreign-step">
      {name || element || say('foreign.ofFile')}
      <small className="dim">{KNOWN.has(what) ? say(`foreign.what.${what}` as ForeignKey) : what}</small>
    </span>
  );
}

function As({ of: { setting, value } }: { of: Left | Became }) {
  return (
    <span className="foreign-said">
      {setting !== '' && <code>{setting}</code>}
      {value !== '' && <code className="foreign-value">{value}</code>}
    </span>
  );
}

function Into({ of: { into, as, value } }: { of: Became }) {
  const { say, language } = useSpeech();
  if (!into.includes('.')) return <span>{say(`foreign.into.${into}` as ForeignKey, { as, value })}</span>;
  const { label } = settingOf(into as Setting);
  const [settings = '', attribute = ''] = into.split('.');
  const word = wordOf(settings, attribute, as);
  return (
    <span className="foreign-said">
      <span>{language === 'zh-CN' ? label.zh : label.en}</span>
      {word.zh !== as ? (
        <span>{language === 'zh-CN' ? word.zh : word.en}</span>
      ) : (
        as !== '' && <code className="foreign-value">{as}</code>
      )}
    </span>
  );
}
