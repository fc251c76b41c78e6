/**
 * Owns who may read a case and how much of it: deny by default. Whom the process names as reader sees all of it; everybody else sees the
 * forms of the steps he had or has, as those steps showed them. Commands and queries ask the same functions. Rules: [A1] [A2] [A3].
 */
import type { ProcessModel } from '@ganwei/process/model';
import type { Part } from '../store/cases.ts';
import type { Sight } from './sight.ts';

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
export const mayReadCase = (model: ProcessModel, parts: ReadonlySet<Part>, sight: Sight): boolean =>
  parts.size > 0 || readsAll(model, sight);

/** [A2] Which forms, and which fields of them. */
export function readingOf(model: ProcessModel, { parts, nodes }: Involvement, sight: Sight): Reading {
  const concealed = new Set(isConcerned(parts) && !isDisclosed(model, sight) ? model.case.confidential : []);
  const forms = new Map<string, string[]>();
  const show = (name: string, hide: readonly string[]): void => {
    if (concealed.has(name)) return;
    const before = forms.get(name);
    forms.set(name, before ? before.filter((path) => hide.includes(path)) : [...hide]);
  };
  if (readsAll(model, sight) && concealed.size === 0) {
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
      if (!shown.when || sight.holds(shown.when)) show(shown.as, shown.hide);
    }
  }
  return { whole: false, forms };
}

const readsAll = ({ case: settings }: ProcessModel, sight: Sight): boolean =>
  settings.readers !== undefined && sight.holds(settings.readers);

/** The starter and the persons the case is about. */
const isConcerned = (parts: ReadonlySet<Part>): boolean => parts.has('starter') || parts.has('subject');

const isDisclosed = ({ case: settings }: ProcessModel, sight: Sight): boolean =>
  settings.disclosed !== undefined && sight.holds(settings.disclosed);
