/**
 * Owns which texts of a process people read: what its drawing shows, and what its settings say of starts, steps, choices, states, reminders.
 * Expressions are no such texts, whatever stands in their quotation marks. Rule: [LANG1].
 */
import { drawnTexts } from './drawing.ts';
import type { ProcessModel, ProcessNode } from './model.ts';

/** All of them, as they are written; `source`: the BPMN text. */
export function textsOfProcess({ case: own, nodes }: ProcessModel, source: string): string[] {
  const { category, description, statuses, actions } = own;
  return [
    ...drawnTexts(source),
    ...[category, description],
    ...[...statuses, ...actions].map(({ label }) => label),
    ...[...nodes.values()].flatMap(textsOfNode),
  ];
}

function textsOfNode({ milestone = '', start, task }: ProcessNode): string[] {
  return [
    milestone,
    ...(start ? [start.label, start.help ?? ''] : []),
    ...(task
      ? [
          task.help ?? '',
          ...task.outcomes.flatMap(({ label, confirm = '' }) => [label, confirm]),
          ...task.exclusions.map(({ reason }) => reason),
          ...task.reminders.map(({ text }) => text),
        ]
      : []),
  ];
}
