/**
 * Owns who may read a case and how much of it: deny by default. Whom the process names as reader sees all of it; everybody else sees the
 * forms of the steps he had or has, as those steps showed them. Commands and queries ask the same functions. Rules: [A1] [A2] [A3].
 */
import type { ProcessModel } from '@ganwei/process/model';
import type { Part } from '../store/cases.ts';
import { feel, type World } from './language.ts';

/** What a person had to do with a case. */
export interface Involvement {
  parts: ReadonlySet<Part>;
  /** start event and user tasks at which he has or had a work item */
  nodes: ReadonlySet<string>;
}

export interface Reading {
  /** the whole case, by the process's rule */
  whole: boolean;
  /** name of a form -> paths of it that stay hidden */
  forms: ReadonlyMap<string, readonly string[]>;
}

/** [A1] May this person read anything of the case? Those who start, work on, or were sent it; others by the process's `readers`. */
export function mayReadCase(
  model: ProcessModel,
  parts: ReadonlySet<Part>,
  scope: Record<string, unknown>,
  world: World,
): boolean {
  return parts.size > 0 || readsAll(model, scope, world);
}

/** [A2] Which forms, and which fields of them. */
export function readingOf(
  model: ProcessModel,
  { parts, nodes }: Involvement,
  scope: Record<string, unknown>,
  world: World,
): Reading {
  const concealed = new Set(isConcerned(parts) && !isDisclosed(model, scope, world) ? model.case.confidential : []);
  const forms = new Map<string, string[]>();
  const show = (name: string, hide: readonly string[]): void => {
    if (concealed.has(name)) return;
    const before = forms.get(name);
    forms.set(name, before ? before.filter((path) => hide.includes(path)) : [...hide]);
  };
  if (readsAll(model, scope, world) && concealed.size === 0) {
    for (const node of model.nodes.values()) {
      if (node.start?.form) show(node.start.as, []);
      if (node.task?.form) show(node.task.as, []);
    }
    return { whole: true, forms };
  }
  for (const id of nodes) {
    const node = model.nodes.get(id);
    if (node?.start?.form) show(node.start.as, []);
    if (!node?.task) continue;
    const { form, as, access, shows, mode } = node.task;
    // A blind submission stays its author's: others' are never shown by having taken part.
    if (form && mode !== 'blind')
      show(
        as,
        access.filter((a) => a.mode === 'hidden').map((a) => a.path),
      );
    for (const shown of shows) {
      if (!shown.when || feel(shown.when).evaluate(scope, world) === true) show(shown.as, shown.hide);
    }
  }
  return { whole: false, forms };
}

const readsAll = (model: ProcessModel, scope: Record<string, unknown>, world: World): boolean =>
  model.case.readers !== undefined && feel(model.case.readers).evaluate(scope, world) === true;

/** The starter and the persons the case is about. */
const isConcerned = (parts: ReadonlySet<Part>): boolean => parts.has('starter') || parts.has('subject');

const isDisclosed = ({ case: settings }: ProcessModel, scope: Record<string, unknown>, world: World): boolean =>
  settings.disclosed !== undefined && feel(settings.disclosed).evaluate(scope, world) === true;
