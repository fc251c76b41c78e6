/** Owns what the condition of a branch may be about: outcomes of steps and the values of the case, each called what people call it. Rules: [DES40] [DES42]. */
import { elementOf, isA, listOf, nameOf, settingsOf, textOf } from '@ganwei/process/lint/tree';
import { useSpeech } from '../../../kit/language.tsx';
import type { Choice } from '../../check/told.ts';
import { outcomeOf } from '../../feel/condition.ts';
import type { Subject } from '../../feel/phrasing.ts';
import { useEditing, useElement, useNames } from '../editing.ts';
import type { Moddle } from '../moddle.ts';
import { callerOf, stepsOf } from './choices.ts';

/** What may be asked about: the outcome of the step before and of other steps, and the values of the case. */
export function useSubjects(): readonly Subject[] {
  const editing = useEditing();
  const { sheet } = editing;
  const { businessObject: flow } = useElement();
  const { say } = useSpeech();
  const known = useNames();
  const steps = stepsOf(sheet.process(), 'bpmn:UserTask');
  const before = stepBefore(flow);
  const outcomes: Subject[] = [
    { value: 'outcome', label: say('flow.lastOutcome'), kind: 'string', choices: before ? outcomesOf(before) : [] },
    ...steps.map((step) => ({
      value: outcomeOf(String(step.id)),
      label: say('flow.outcomeOf', { step: nameOf(step) }),
      kind: 'string',
      choices: outcomesOf(step),
    })),
  ];
  const called = callerOf(editing);
  const named = known
    .filter(({ path, kind }) => path !== 'outcome' && kind !== 'context')
    .map(({ path, kind, values }) => ({ value: path, label: called(path), kind, choices: values }));
  // A person or a unit is compared with another one that the case knows: a fixed id would be nobody after the next change of posts.
  const others = (kind: string) => named.filter((one) => one.kind === kind);
  const values = named.map((one) => {
    const item = one.kind.replace(/^list<(.*)>$/, '$1');
    return item === 'person' || item === 'unit' ? { ...one, choices: others(item) } : one;
  });
  return [...outcomes, ...values];
}

/** The nearest step that people decide, on the way back through gateways. */
function stepBefore(flow: Moddle): Moddle | undefined {
  let at = elementOf(flow, 'sourceRef');
  for (let steps = 0; at && steps < 10; steps += 1) {
    if (isA(at, 'bpmn:UserTask')) return at as Moddle;
    at = elementOf(listOf(at, 'incoming')[0], 'sourceRef');
  }
  return undefined;
}

const outcomesOf = (step: Moddle): readonly Choice[] =>
  listOf(settingsOf(step, 'Task'), 'outcomes').map((outcome) => {
    const value = textOf(outcome, 'key') ?? '';
    return { value, label: textOf(outcome, 'label') ?? value };
  });
