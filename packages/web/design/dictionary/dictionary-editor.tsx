/**
 * Owns the editor of a dictionary: its entries in their order, what is said of the one selected, and where the dictionary is used. It is given a text and
 * gives one with every act; English names are saved in the translation of the same change. Rules: [DCT1] [DCT2] [DCT3].
 */
import '../texts/words.ts';
import '../flow/flow.css';
import './dictionary.css';
import { withEntry, withMoved, withoutEntry, withValue } from '@ganwei/release/json-text';
import type { Named } from '@ganwei/release/paths';
import { Button } from 'antd';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { Loading } from '../../kit/states.tsx';
import type { Draft } from '../change/saving.ts';
import type { Definition } from '../check/told.ts';
import { useSteps } from '../texts/history.ts';
import { StepButtons, stepKeys } from '../texts/steps.tsx';
import { useEnglish, useTranslation } from './english.ts';
import { entriesIn } from './entries.ts';
import { EntryPanel } from './entry-panel.tsx';
import { Paste } from './paste.tsx';
import { usersOf } from './uses.ts';

export interface DictionaryEditorProps {
  change: string;
  named: Named;
  source: string;
  /** as it is in force; null: it is new */
  current: string | null;
  /** everything that would be in force */
  definitions: readonly Definition[];
  readOnly?: boolean;
  onChange(source: string): void;
}

export default function DictionaryEditor(props: DictionaryEditorProps) {
  const translation = useTranslation(props.change, props.named);
  return <Loading of={translation}>{(begun) => <Editor {...props} begun={begun} />}</Loading>;
}

function Editor(props: DictionaryEditorProps & { begun: Draft }) {
  const { change, named, source, current, definitions, readOnly = false, onChange, begun } = props;
  const { say } = useSpeech();
  const steps = useSteps(source, onChange);
  const english = useEnglish(change, named, begun);
  const [selected, setSelected] = useState(0);
  const [pasting, setPasting] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const read = entriesIn(steps.text);
  if (!read) return <p className="note note-error">{say('dictionary.unreadable')}</p>;
  const { items } = read;
  const at = Math.max(0, Math.min(selected, items.length - 1));
  const entry = items[at];
  const inForce = new Set(entriesIn(current ?? '')?.items.map(({ code }) => code));
  const users = usersOf(definitions, named.key);
  const go = (to: number) => {
    setSelected(to);
    requestAnimationFrame(() => list.current?.querySelectorAll('button')[to]?.focus());
  };
  const move = (from: number, to: number) => {
    if (readOnly || to < 0 || to >= items.length) return;
    steps.act(
      say('dictionary.did.move', { name: items[from]?.label ?? '' }),
      withMoved(steps.text, ['items'], from, to),
    );
    go(to);
  };
  const add = () => {
    const code = freshCode(items.map((one) => one.code));
    const made = withEntry(steps.text, ['items'], at + 1, { code, label: say('dictionary.newLabel') });
    steps.act(say('dictionary.did.add'), made);
    setSelected(at + 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    if (event.altKey) move(at, at + by);
    else if (items[at + by]) go(at + by);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: steps back and forth are the editor's as a whole
    <div className="dict-editor" onKeyDown={(event) => !readOnly && stepKeys(steps, event)}>
      <div className="flow-toolbar" role="toolbar" aria-label={say('dictionary.tools')}>
        {!readOnly && (
          <>
            <StepButtons steps={steps} />
            <Button size="small" onClick={add}>
              {say('dictionary.add')}
            </Button>
            <Button size="small" onClick={() => setPasting(true)}>
              {say('dictionary.paste')}
            </Button>
            <Button size="small" disabled={at === 0} onClick={() => move(at, at - 1)}>
              {say('decision.up')}
            </Button>
            <Button size="small" disabled={at >= items.length - 1} onClick={() => move(at, at + 1)}>
              {say('decision.down')}
            </Button>
          </>
        )}
        <span>{say('dictionary.count', { n: items.length, off: items.filter(({ active }) => !active).length })}</span>
      </div>
      <ol ref={list} className="dict-list" aria-label={say('dictionary.entries')} onKeyDown={onKeyDown}>
        {items.map(({ code, label, active }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two entries may have the same code while one types
          <li key={index} {...dragging(index, move)} draggable={!readOnly}>
            <button
              type="button"
              tabIndex={index === at ? 0 : -1}
              aria-current={index === at}
              className={active ? '' : 'dict-off'}
              onClick={() => setSelected(index)}
            >
              <b>{label}</b>
              <span className="dim">{code}</span>
              <span className="dim">{english.of(label)}</span>
              {!active && <small>{say('dictionary.off')}</small>}
            </button>
          </li>
        ))}
      </ol>
      <aside className="dict-panel" aria-label={say('dictionary.panel')}>
        {entry && (
          <EntryPanel
            key={at}
            entry={entry}
            english={english.of(entry.label)}
            fixed={inForce.has(entry.code)}
            others={items.flatMap(({ code }, index) => (index === at ? [] : [code]))}
            readOnly={readOnly}
            set={(name, value) => {
              const told = say('dictionary.did.set', { name: entry.label });
              steps.act(told, withValue(steps.text, ['items', at, name], value));
              if (name === 'label' && english.of(entry.label)) english.set([[String(value), english.of(entry.label)]]);
            }}
            setEnglish={(text) => english.set([[entry.label, text]])}
            remove={() =>
              steps.act(say('dictionary.did.remove', { name: entry.label }), withoutEntry(steps.text, ['items'], at))
            }
          />
        )}
        <h2>{say('dictionary.used')}</h2>
        {users.length === 0 ? (
          <p className="dim">{say('dictionary.unused')}</p>
        ) : (
          <ul>
            {users.map(({ kind, title }) => (
              <li key={`${kind} ${title}`}>
                {say(`definition.kind.${kind}`)} · {title}
              </li>
            ))}
          </ul>
        )}
      </aside>
      {pasting && (
        <Paste
          there={items.map(({ code }) => code)}
          take={(entries) => {
            const made = entries.reduce(
              (text, { code, label }) => withEntry(text, ['items'], Number.MAX_SAFE_INTEGER, { code, label }),
              steps.text,
            );
            steps.act(say('dictionary.did.paste', { n: entries.length }), made);
            english.set(entries.filter((one) => one.english !== '').map((one) => [one.label, one.english] as const));
          }}
          close={() => setPasting(false)}
        />
      )}
    </div>
  );
}

/** The pointer drags an entry onto the place it is to have. */
const dragging = (index: number, move: (from: number, to: number) => void) => ({
  onDragStart: (event: DragEvent) => event.dataTransfer.setData('text/plain', String(index)),
  onDragOver: (event: DragEvent) => event.preventDefault(),
  onDrop: (event: DragEvent) => {
    event.preventDefault();
    const from = Number(event.dataTransfer.getData('text/plain'));
    if (Number.isInteger(from) && from !== index) move(from, index);
  },
});

function freshCode(codes: readonly string[]): string {
  let n = codes.length + 1;
  while (codes.includes(String(n))) n += 1;
  return String(n);
}
