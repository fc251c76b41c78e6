/** Owns what sets off an event: its time, the name of its message, the code of its error; and whether a boundary event breaks off its step. Rules: [DES22] [DES27]. */
import { elementOf, eventOf, isA, listOf, textOf } from '@ganwei/process/lint/tree';
import { Checkbox } from 'antd';
import { useId } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { Chooser, Formula } from '../../feel/basic.tsx';
import { useEditing, useElement } from '../editing.ts';
import type { Change, Moddle } from '../moddle.ts';
import { Words } from './about.tsx';

export function EventSettings() {
  const { businessObject: node } = useElement();
  const receives = isA(node, 'bpmn:ReceiveTask');
  const event = eventOf(node) as Moddle | undefined;
  if (event?.$type === 'bpmn:TimerEventDefinition') return <Timer event={event} />;
  if (event?.$type === 'bpmn:ErrorEventDefinition') return <Thrown event={event} />;
  const message = receives ? node : event?.$type === 'bpmn:MessageEventDefinition' ? event : undefined;
  return message ? <Message holder={message} /> : null;
}

const TIMES = ['timeDate', 'timeDuration', 'timeCycle'] as const;

/** A timer has one of three kinds of time. */
function Timer({ event }: { event: Moddle }) {
  const { sheet, elements } = useEditing();
  const { say } = useSpeech();
  const id = useId();
  const kind = TIMES.find((one) => elementOf(event, one)) ?? 'timeDuration';
  const value = String((elementOf(event, kind) as Moddle | undefined)?.get('body') ?? '');
  const set = (of: string, text: string) => {
    const time = text === '' ? undefined : sheet.create('bpmn:FormalExpression', { body: text });
    if (time) Object.assign(time, { $parent: event });
    const values = Object.fromEntries(TIMES.map((one) => [one, one === of ? time : undefined]));
    sheet.write([{ of: event, values }], elements);
  };
  return (
    <div className="flow-field">
      <label htmlFor={id}>{say('flow.time')}</label>
      <Chooser
        label={say('flow.timeKind')}
        choices={TIMES.map((one) => ({ value: one, label: say(`flow.${one}`) }))}
        value={kind}
        set={(of) => set(of || 'timeDuration', value || 'P1D')}
      />
      <Formula id={id} value={value} set={(text) => set(kind, text)} placeholder={undefined} />
      <p className="dim">{say(`flow.${kind}Hint`)}</p>
      <Interrupting />
    </div>
  );
}

/** Messages and errors are named by things of the file that are found by their name, or made. */
function useNamed(holder: Moddle, reference: string, type: string, by: string): [string, (name: string) => void] {
  const { sheet, elements } = useEditing();
  const set = (name: string) => {
    const definitions = sheet.definitions();
    const roots = listOf(definitions, 'rootElements') as readonly Moddle[];
    const there = roots.find((root) => isA(root, type) && textOf(root, by) === name);
    const made = name === '' || there ? there : sheet.create(type, { name, ...(by !== 'name' && { [by]: name }) });
    const changes: Change[] = [{ of: holder, values: { [reference]: name === '' ? undefined : made } }];
    if (made && made !== there) {
      Object.assign(made, { $parent: definitions });
      changes.push({ of: definitions, values: { rootElements: [...roots, made] } });
    }
    sheet.write(changes, elements);
  };
  return [textOf(elementOf(holder, reference), by) ?? '', set];
}

function Message({ holder }: { holder: Moddle }) {
  const { say } = useSpeech();
  const [name, set] = useNamed(holder, 'messageRef', 'bpmn:Message', 'name');
  return (
    <>
      <Words label={say('flow.message')} value={name} set={set} hint={say('flow.messageHint')} />
      <Interrupting />
    </>
  );
}

function Thrown({ event }: { event: Moddle }) {
  const { say } = useSpeech();
  const [code, set] = useNamed(event, 'errorRef', 'bpmn:Error', 'errorCode');
  return <Words label={say('flow.errorCode')} value={code} set={set} hint={say('flow.errorHint')} />;
}

function Interrupting() {
  const { sheet } = useEditing();
  const element = useElement();
  const { say } = useSpeech();
  const node = element.businessObject;
  if (!isA(node, 'bpmn:BoundaryEvent')) return null;
  return (
    <Checkbox
      checked={node.get('cancelActivity') !== false}
      disabled={sheet.readOnly}
      onChange={({ target }) => sheet.update(element, { cancelActivity: target.checked })}
    >
      {say('flow.interrupting')}
    </Checkbox>
  );
}
