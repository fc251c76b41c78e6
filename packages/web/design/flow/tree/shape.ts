/**
 * Owns a flow as a tree (审批树): steps one below the other, branches side by side until they meet, events at their steps. Where a line leads to what is shown
 * elsewhere - back, or into another branch - the tree says so and goes no further, so that every flow can be shown and nothing twice. Rule: [DES50].
 */
import { elementOf, isA, listOf } from '@ganwei/process/lint/tree';
import type { Moddle } from '../moddle.ts';

/** The line by which an item is reached; new steps are put on it. None before the first. */
interface Reached {
  readonly by: Moddle | undefined;
}

export interface Step extends Reached {
  readonly kind: 'step';
  readonly node: Moddle;
  /** the inside of a phase */
  readonly inside: readonly Item[];
  /** what happens on an event at its border */
  readonly events: readonly { readonly node: Moddle; readonly items: readonly Item[] }[];
}

export interface Split extends Reached {
  readonly kind: 'split';
  readonly node: Moddle;
  readonly branches: readonly Branch[];
  /** where the branches meet; none: each goes its own way */
  readonly join: Moddle | undefined;
}

export interface Branch {
  readonly flow: Moddle;
  readonly items: readonly Item[];
}

/** A line that leads to what is shown elsewhere. */
export interface Jump extends Reached {
  readonly kind: 'jump';
  readonly node: Moddle;
}

export type Item = Step | Split | Jump;

/** The tree of a process or phase: one sequence for each of its starts; those after the first end where they meet it. */
export function treeOf(scope: Moddle): readonly (readonly Item[])[] {
  const reader = new Reader(scope);
  return reader.starts.map((start) => reader.from(start, undefined, undefined));
}

class Reader {
  readonly starts: readonly Moddle[];
  readonly #nodes: readonly Moddle[];
  readonly #meets: ReadonlyMap<Moddle, Moddle | undefined>;
  readonly #shown = new Set<Moddle>();

  constructor(scope: Moddle) {
    this.#nodes = (listOf(scope, 'flowElements') as readonly Moddle[]).filter((one) => isA(one, 'bpmn:FlowNode'));
    this.starts = this.#nodes.filter((node) => isA(node, 'bpmn:StartEvent'));
    this.#meets = meetings(this.#nodes);
  }

  /** From a node until the end, until `stop`, or until something that is shown already. */
  from(first: Moddle, by: Moddle | undefined, stop: Moddle | undefined): Item[] {
    const items: Item[] = [];
    let [node, line]: [Moddle | undefined, Moddle | undefined] = [first, by];
    while (node && node !== stop) {
      if (this.#shown.has(node)) return [...items, { kind: 'jump', node, by: line }];
      this.#shown.add(node);
      const out = outOf(node);
      if (out.length > 1) {
        const join = this.#meets.get(node);
        const at = node;
        const branches = out.map((flow) => ({ flow, items: this.#branch(flow, join ?? stop) }));
        items.push({ kind: 'split', node: at, branches, join, by: line });
        if (!join || join === stop) return items;
        [node, line] = [join, undefined];
        continue;
      }
      items.push(this.#step(node, line));
      line = out[0];
      node = line && targetOf(line);
    }
    return items;
  }

  #branch(flow: Moddle, stop: Moddle | undefined): Item[] {
    const first = targetOf(flow);
    return first ? this.from(first, flow, stop) : [];
  }

  #step(node: Moddle, by: Moddle | undefined): Step {
    const events = this.#nodes.filter((one) => elementOf(one, 'attachedToRef') === node);
    return {
      kind: 'step',
      node,
      by,
      inside: isA(node, 'bpmn:SubProcess') ? treeOf(node).flat() : [],
      events: events.map((event) => {
        this.#shown.add(event);
        const [flow] = outOf(event);
        return { node: event, items: flow ? this.#branch(flow, undefined) : [] };
      }),
    };
  }
}

const outOf = (node: Moddle): readonly Moddle[] => listOf(node, 'outgoing') as readonly Moddle[];
const targetOf = (flow: Moddle): Moddle | undefined => elementOf(flow, 'targetRef') as Moddle | undefined;

/** Of each node, the first that every way from it comes to; none where the ways only have the end in common. */
function meetings(nodes: readonly Moddle[]): ReadonlyMap<Moddle, Moddle | undefined> {
  const all = new Set(nodes);
  const after = new Map<Moddle, Set<Moddle>>(nodes.map((node) => [node, new Set(all)]));
  const next = (node: Moddle): Moddle[] => outOf(node).flatMap((flow) => targetOf(flow) ?? []);
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of nodes) {
      const [first, ...others] = next(node).map((one) => after.get(one) ?? new Set<Moddle>());
      const common = new Set([...(first ?? [])].filter((one) => others.every((set) => set.has(one))));
      common.add(node);
      if (common.size !== after.get(node)?.size) {
        after.set(node, common);
        changed = true;
      }
    }
  }
  return new Map(nodes.map((node) => [node, nearestOf(node, after)] as const));
}

/** Of what comes after a node in any case, that which all the rest comes after. */
function nearestOf(node: Moddle, after: ReadonlyMap<Moddle, ReadonlySet<Moddle>>): Moddle | undefined {
  const candidates = [...(after.get(node) ?? [])].filter((one) => one !== node);
  return candidates.find((one) => candidates.every((other) => after.get(one)?.has(other)));
}
