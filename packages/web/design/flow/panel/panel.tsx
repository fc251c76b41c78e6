/**
 * Owns the panel beside the drawing: what is selected, what is wrong with it, and a control for each thing that can be set on it. Which settings there are
 * and how they stand together is said by packages/process/lint; a new one appears here by itself. Rules: [DES20] [DES21].
 */
import { groupsOf, settingsFor } from '@ganwei/process/lint/panel';
import { isA } from '@ganwei/process/lint/tree';
import { useMemo } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import { type Phrasing, PhrasingContext } from '../../feel/phrasing.ts';
import { useEditing, useWord } from '../editing.ts';
import { placeOf } from '../moddle.ts';
import { FindingLines } from '../problems.tsx';
import type { Drawn } from '../tools.ts';
import { About } from './about.tsx';
import { EventSettings } from './event.tsx';
import { FlowSettings } from './flow.tsx';
import { SettingsFields } from './settings.tsx';

export function Panel() {
  const editing = useEditing();
  const { elements, findings } = editing;
  const { say } = useSpeech();
  const phrasing = useMemo<Phrasing>(() => {
    const { sheet, offered, names, directory } = editing;
    return { readOnly: sheet.readOnly, functions: offered?.functions, names, directory };
  }, [editing]);
  const [first] = elements;
  if (!first) return null;
  const key = elements.map(({ id }) => id).join(' ');
  return (
    <PhrasingContext value={phrasing}>
      <section className="flow-panel" aria-label={say('flow.panel')} key={key}>
        <h2>{elements.length > 1 ? say('flow.several', { n: elements.length }) : <Kind of={first} />}</h2>
        {elements.length > 1 && <p className="dim">{say('flow.severalHint')}</p>}
        <FindingLines findings={findings} />
        {elements.length === 1 && (
          <>
            <About />
            <FlowSettings />
            <EventSettings />
          </>
        )}
        <Settings />
      </section>
    </PhrasingContext>
  );
}

/** What people call a thing of BPMN. */
const KINDS = [
  ['bpmn:Process', 'process'],
  ['bpmn:UserTask', 'user'],
  ['bpmn:ReceiveTask', 'receive'],
  ['bpmn:CallActivity', 'call'],
  ['bpmn:SubProcess', 'phase'],
  ['bpmn:ServiceTask', 'service'],
  ['bpmn:SendTask', 'service'],
  ['bpmn:BusinessRuleTask', 'service'],
  ['bpmn:StartEvent', 'start'],
  ['bpmn:EndEvent', 'end'],
  ['bpmn:BoundaryEvent', 'boundary'],
  ['bpmn:Event', 'event'],
  ['bpmn:Gateway', 'gateway'],
  ['bpmn:SequenceFlow', 'flow'],
  ['bpmn:TextAnnotation', 'note'],
  ['bpmn:Lane', 'lane'],
  ['bpmn:Participant', 'pool'],
] as const;

function Kind({ of: { businessObject } }: { of: Drawn }) {
  const { say } = useSpeech();
  const [, kind] = KINDS.find(([type]) => isA(businessObject, type)) ?? [];
  return kind ? say(`flow.kind.${kind}`) : say('flow.kind.other');
}

/** Settings that all selected elements may have. The status a step has anyway is not offered twice. */
function Settings() {
  const { elements } = useEditing();
  const word = useWord();
  const names = settingsFor((type) => elements.every(({ businessObject }) => isA(businessObject, type)));
  const single = elements.length === 1;
  return names.flatMap((name) => {
    const place = placeOf(name);
    const hidden = name === 'Mark' && names.length > 1 ? ['status'] : [];
    return groupsOf(name).map(({ label, holds }, index) => (
      <details key={`${name} ${label.zh}`} className="flow-group" open={index < 2 || undefined}>
        <summary>{word(label)}</summary>
        <SettingsFields place={place} holds={holds.filter((one) => !hidden.includes(one))} lists={single} />
      </details>
    ));
  });
}
