/**
 * Owns which names of a case's data there are, where they are filled, and so which of them are there when a node begins. By the drawing
 * alone (packages/process/filled.ts); what whoever starts a case, or an action at any time, may put in is there everywhere. Rule: [REL61].
 */
import { filledIn } from '@ganwei/process/filled';
import type { Binding, ProcessModel, ProcessNode } from '@ganwei/process/model';

/** Forms filled in the process and first parts of the outputs of its services, calls and actions. */
export function dataNames(model: ProcessModel): string[] {
  const names = new Set<string>(['messages']);
  for (const node of model.nodes.values()) {
    if (node.start?.form) names.add(node.start.as);
    if (node.task?.form) names.add(node.task.as);
  }
  for (const { name } of outputsOf(model)) names.add(name.split('.')[0]!);
  return [...names];
}

export interface Filling {
  /** names that may be there */
  readonly there: ReadonlySet<string>;
  /** names that cannot be, each with where it is filled, in words */
  readonly absent: ReadonlyMap<string, string>;
  /** names that some ways fill and others do not, whatever end a phase was left by: null on these */
  readonly unsure: ReadonlySet<string>;
}

type Fillings = (node: string, own: readonly string[]) => Filling;

const found = new WeakMap<ProcessModel, Fillings>();

/** What is there when a node begins, with what it adds itself. A model is looked through once. */
export function fillingsOf(model: ProcessModel): Fillings {
  const fillings = found.get(model) ?? findFillings(model);
  found.set(model, fillings);
  return fillings;
}

function findFillings(model: ProcessModel): Fillings {
  const { possible, supposed } = filledIn(
    model,
    (node) => [...filledBy(node), ...givenAt(model, node)],
    // A list may be half full when an event breaks its step off.
    ({ attachedTo = '' }) => ownList(model, attachedTo),
  );
  const always = everywhere(model);
  const whys = laterIn(model);
  return (node, own) => {
    const before = possible(node);
    const there = new Set([...always, ...before, ...own]);
    return {
      there,
      absent: new Map([...whys].filter(([name]) => !there.has(name))),
      unsure: new Set([...before].filter((name) => !supposed(node).has(name) && !own.includes(name))),
    };
  };
}

/** Names that are there in any case from its beginning on: actions end whenever they like. */
const everywhere = ({ case: { actions } }: ProcessModel): string[] => [
  'messages',
  ...actions.flatMap(({ outputs }) => outputs.map(({ name }) => firstPart(name))),
];

const firstPart = (path: string): string => path.split('.', 1)[0] ?? path;

/** Names that are there when the node has been left. */
export function filledBy({ start, task, service, call }: ProcessNode): string[] {
  const form = [start, task].flatMap((settings) => (settings?.form ? [settings.as] : []));
  return [...form, ...(service?.outputs ?? call?.outputs ?? []).map(({ name }) => firstPart(name))];
}

/** Whoever starts a case where no form is filled gives it what it needs; what that is, is not known here. */
const givenAt = (model: ProcessModel, { start, parent }: ProcessNode): string[] =>
  start && !start.form && parent === undefined ? dataNames(model) : [];

/** The list that fills while its step is still open: one person after another hands in. */
export function ownList({ nodes }: ProcessModel, id: string): string[] {
  const task = nodes.get(id)?.task;
  return task?.form && task.list ? [task.as] : [];
}

/** Why a name may not be there yet, in words: the steps that fill it. */
function laterIn(model: ProcessModel): Map<string, string> {
  const fills = new Map<string, string[]>(dataNames(model).map((name) => [name, []]));
  for (const node of model.nodes.values())
    for (const name of new Set(filledBy(node))) fills.get(name)?.push(`「${node.name}」`);
  const why = (steps: readonly string[]): string =>
    steps.length === 0 ? '没有步骤填写它' : `它在${steps.slice(0, 3).join('、')}才有`;
  return new Map([...fills].map(([name, steps]) => [name, why(steps)]));
}

/** Everything that is put into the case: by services, calls and actions. */
function outputsOf(model: ProcessModel): Binding[] {
  const actions = model.case.actions.flatMap(({ outputs }) => outputs);
  const nodes = [...model.nodes.values()].flatMap((node) => node.service?.outputs ?? node.call?.outputs ?? []);
  return [...nodes, ...actions];
}
