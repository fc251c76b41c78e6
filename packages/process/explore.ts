/**
 * Owns the proof that a process is sound: every marking that can arise is visited, with every answer of every condition,
 * every timer, message and caught error. From each the end must be reachable, no token may wait for ever at a join, and
 * every node must be reached. Bounded; what was not visited is reported, never assumed to be right.
 */
import type { Problem } from '@ganwei/core/definition';
import type { ProcessModel, ProcessNode } from './model.ts';
import { type CompiledProcess, type Leaf, makeStepper, NoWay, type Stepper, type Stimulus, type Wait } from './step.ts';

export interface Exploration {
  problems: Problem[];
  markings: number;
  steps: number;
  /** the bound was met: nothing is known about what lies beyond */
  truncated: boolean;
}

/** `steps`: most steps to ask of the engine (about 4 ms each); `tick` is called now and then, so that others can work. */
export async function explore(
  process: CompiledProcess,
  { steps = 5000, tick = async () => {} }: { steps?: number; tick?: () => Promise<void> } = {},
): Promise<Exploration> {
  const { model } = process;
  const seen = new Seen(makeStepper(process, { edges: steps + 1 }));
  for (const node of model.nodes.values())
    if (node.kind === 'start' && node.parent === undefined) seen.plan(null, { kind: 'start', startEvent: node.id });
  while (seen.todo.length > 0 && seen.steps < steps) {
    const { marking, stimulus } = seen.todo.pop() as Planned;
    await seen.take(marking, stimulus, (waits) => stimuli(model, waits));
    if (seen.steps % 50 === 0) await tick();
  }
  const truncated = seen.todo.length > 0;
  return { problems: seen.report(model, truncated), markings: seen.waits.size, steps: seen.steps, truncated };
}

interface Planned {
  marking: string | null;
  stimulus: Stimulus;
}

const END = '';
/** Findings of one kind that are told; the rest only repeats them. */
const TOLD = 10;

/** What has been visited so far. */
class Seen {
  readonly todo: Planned[] = [];
  readonly waits = new Map<string, readonly Wait[]>();
  readonly #stepper: Stepper;
  readonly #texts = new Map<string, string>();
  /** marking -> markings one step before it */
  readonly #before = new Map<string, Set<string>>();
  readonly #reached = new Set<string>();
  readonly #problems: Problem[] = [];
  steps = 0;

  constructor(stepper: Stepper) {
    this.#stepper = stepper;
  }

  plan(marking: string | null, stimulus: Stimulus): void {
    this.todo.push({ marking, stimulus });
  }

  /** One stimulus with every combination of answers, discovered as they are asked. */
  async take(marking: string | null, stimulus: Stimulus, next: (waits: readonly Wait[]) => Stimulus[]): Promise<void> {
    for (const scripts: boolean[][] = [[]]; scripts.length > 0; ) {
      const given = scripts.pop() as boolean[];
      const leaf = await this.#ask(marking, stimulus, given);
      if (!leaf) continue;
      const asked = leaf.answers.map(([, answer]) => answer);
      for (let i = given.length; i < asked.length; i++) scripts.push([...asked.slice(0, i), false]);
      this.#note(marking, leaf);
      if (leaf.next === null || this.waits.has(leaf.next)) continue;
      const waits = after(this.waits.get(marking ?? END) ?? [], leaf);
      this.waits.set(leaf.next, waits);
      for (const follow of next(waits)) this.plan(leaf.next, follow);
    }
  }

  /** Answers true beyond the given ones. A gateway without a way is a finding; any other error is a bug. */
  async #ask(marking: string | null, stimulus: Stimulus, given: readonly boolean[]): Promise<Leaf | undefined> {
    this.steps++;
    let asked = 0;
    try {
      const leaf = await this.#stepper.step(
        marking,
        stimulus,
        () => given[asked++] ?? true,
        async (hash) => this.#texts.get(hash),
      );
      if (leaf.next !== null && leaf.text !== undefined) this.#texts.set(leaf.next, leaf.text);
      return leaf;
    } catch (error) {
      if (!(error instanceof NoWay)) throw error;
      this.#add('no-way', error.gateway, '条件都不满足时此网关无路可走，请设默认分支。');
      return undefined;
    }
  }

  #note(marking: string | null, leaf: Leaf): void {
    const to = leaf.next ?? END;
    this.#before.set(to, (this.#before.get(to) ?? new Set()).add(marking ?? 'start'));
    for (const id of [...leaf.passed, ...leaf.ends, ...leaf.opened.map(({ node }) => node)]) this.#reached.add(id);
    for (const join of leaf.stuck ?? [])
      this.#add(
        'stuck',
        join,
        '有分支到达此汇聚后，其余分支永远不会到达，流程停在这里；请核对分出与汇聚的网关是否成对、类型一致。',
      );
  }

  report(model: ProcessModel, truncated: boolean): Problem[] {
    const canEnd = new Set([END]);
    for (const todo = [END]; todo.length > 0; )
      for (const before of this.#before.get(todo.pop() as string) ?? [])
        if (!canEnd.has(before)) {
          canEnd.add(before);
          todo.push(before);
        }
    if (!truncated) {
      for (const [marking, waits] of this.waits) if (!canEnd.has(marking) && waits[0]) this.#addTrap(model, waits);
      for (const node of model.nodes.values())
        if (!this.#reached.has(node.id)) this.#add('never-reached', node.id, `「${node.name}」在任何情况下都走不到。`);
    }
    return this.#problems;
  }

  #addTrap(model: ProcessModel, waits: readonly Wait[]): void {
    const names = waits.filter(({ host }) => !host).map(({ node }) => `「${model.nodes.get(node)?.name}」`);
    const message = `流程走到${names.join('、')}后无法再走到结束。`;
    this.#add('cannot-end', String(waits[0]?.node), message);
  }

  #add(rule: string, element: string, message: string): void {
    const same = this.#problems.filter((problem) => problem.rule === rule);
    if (same.length >= TOLD || same.some((problem) => problem.element === element && problem.message === message))
      return;
    this.#problems.push({ severity: 'error', rule, element, message });
  }
}

function after(waits: readonly Wait[], leaf: Leaf): Wait[] {
  const kept = new Set(leaf.kept.map(([slot]) => slot));
  return [...waits.filter(({ slot }) => kept.has(slot)), ...leaf.opened];
}

/** Everything that may happen to what waits. */
function stimuli(model: ProcessModel, waits: readonly Wait[]): Stimulus[] {
  const waiting = new Set(waits.map(({ node }) => node));
  return waits.flatMap((wait): Stimulus[] => {
    const { slot } = wait;
    const node = model.nodes.get(wait.node) as ProcessNode;
    if (wait.host !== undefined && node.interrupting === false && besideIsBusy(model, node, waiting)) return [];
    if (wait.kind === 'timer') return [{ kind: 'fire', slot }];
    if (wait.kind === 'message') return [{ kind: 'message', slot }];
    const codes = catchers(model, node.id).map((code): Stimulus => ({ kind: 'error', slot, code }));
    return [{ kind: 'complete', slot }, ...codes];
  });
}

/** Codes of errors that boundary events on the node or on a sub-process around it catch. */
function catchers(model: ProcessModel, id: string): string[] {
  const codes: string[] = [];
  for (let at = model.nodes.get(id); at; at = at.parent === undefined ? undefined : model.nodes.get(at.parent)) {
    const host = at.id;
    for (const node of model.nodes.values())
      if (node.attachedTo === host && node.errorCode !== undefined) codes.push(node.errorCode);
  }
  return [...new Set(codes)];
}

/** A side branch that is still busy is not started again: the number of its tokens would have no bound. */
function besideIsBusy(model: ProcessModel, event: ProcessNode, waiting: ReadonlySet<string>): boolean {
  const main = reachable(model, event.attachedTo ?? '');
  return [...reachable(model, event.id)].some((id) => id !== event.id && !main.has(id) && waiting.has(id));
}

function reachable(model: ProcessModel, from: string): Set<string> {
  const seen = new Set([from]);
  for (const id of seen) {
    for (const flow of model.flows.values()) if (flow.source === id) seen.add(flow.target);
    for (const node of model.nodes.values()) if (node.parent === id) seen.add(node.id);
  }
  return seen;
}
