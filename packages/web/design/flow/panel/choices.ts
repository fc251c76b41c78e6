/** Owns what a key or names may be chosen from: the release for definitions and services, the flow itself for statuses, steps and what it keeps. */
import type { AttributeDescriptor } from '@ganwei/process/lint/descriptors';
import { everyElement, isA, listOf, nameOf, settingsOf, textOf } from '@ganwei/process/lint/tree';
import type { Choice } from '../../check/told.ts';
import { type Editing, useEditing } from '../editing.ts';
import { itemsAt, type Moddle, placeOf, written } from '../moddle.ts';

type Of = NonNullable<AttributeDescriptor['of']>;

export function useChoices(of: Of | undefined): readonly Choice[] {
  const editing = useEditing();
  return of ? FROM[of](editing) : [];
}

const FROM: Readonly<Record<Of, (editing: Editing) => readonly Choice[]>> = {
  form: ({ offered }) => offered?.definitions.form ?? [],
  process: ({ offered }) => offered?.definitions.process ?? [],
  service: ({ services }) => [...services].map(([value, { label }]) => ({ value, label })),
  status: ({ sheet }) =>
    itemsAt(sheet.process(), placeOf('Case'), 'statuses').map((status) => {
      const value = textOf(status, 'key') ?? '';
      return { value, label: textOf(status, 'label') ?? value };
    }),
  task: ({ sheet }) =>
    stepsOf(sheet.process(), 'bpmn:UserTask').map((step) => ({ value: String(step.id), label: nameOf(step) })),
  value: ({ sheet }) => valuesOf(sheet.process()),
  field: (editing) => fieldsShown(editing),
};

export const stepsOf = (process: Moddle, type: string): readonly Moddle[] =>
  [...everyElement(process)].filter((element) => isA(element, type)) as unknown as readonly Moddle[];

/** Names under which a flow keeps something: its forms, and what its services and calls write. */
function valuesOf(process: Moddle): readonly Choice[] {
  const names = new Map<string, string>();
  for (const step of stepsOf(process, 'bpmn:FlowNode')) {
    const kept = keptAs(step);
    if (kept) names.set(kept.as, nameOf(step));
    const written = ['Service', 'Call'].flatMap((type) => listOf(settingsOf(step, type), 'outputs'));
    for (const output of written) {
      const name = textOf(output, 'name')?.split('.')[0];
      if (name !== undefined && !names.has(name)) names.set(name, nameOf(step));
    }
  }
  return [...names].map(([value, step]) => ({ value, label: `${value}（${step}）` }));
}

interface Kept {
  readonly as: string;
  readonly form: string;
}

function keptAs(step: Moddle): Kept | undefined {
  const settings = settingsOf(step, 'Task') ?? settingsOf(step, 'Start');
  const form = textOf(settings, 'form');
  if (form === undefined) return undefined;
  return { as: textOf(settings, 'as') ?? form.slice(form.lastIndexOf('.') + 1), form };
}

/** [DES42] What people call a value of the case: the form and the field it is filled in at; its name where it is none. */
export function callerOf({ sheet, offered }: Editing): (path: string) => string {
  const called = new Map<string, string>();
  for (const { as, form } of stepsOf(sheet.process(), 'bpmn:FlowNode').flatMap((step) => keptAs(step) ?? [])) {
    const title = offered?.definitions.form.find(({ value }) => value === form)?.label ?? form;
    for (const { path, label } of offered?.fields[form] ?? []) called.set(`${as}.${path}`, `${title} · ${label}`);
  }
  return (path) => called.get(path) ?? path;
}

/** Fields of all forms that the selected step shows: the paths are told apart by the form's name. */
function fieldsShown({ sheet, offered, elements: [element] }: Editing): readonly Choice[] {
  if (!element) return [];
  const shown = itemsAt(element.businessObject, placeOf('Task'), 'shows').map((show) => textOf(show, 'as') ?? '');
  const forms = stepsOf(sheet.process(), 'bpmn:FlowNode').flatMap((step) => keptAs(step) ?? []);
  const found = new Map<string, string>();
  for (const { as, form } of forms)
    if (shown.includes(as)) for (const { path, label } of offered?.fields[form] ?? []) found.set(path, label);
  return [...found].map(([value, label]) => ({ value, label: `${label} ${value}` }));
}

/** The form that is filled in at the selected step. */
export function formOf(node: Moddle): string {
  return written(node, placeOf('Task'), 'form') || written(node, placeOf('Start'), 'form');
}
