/**
 * The oracle of the proof: every marking of a whole process is visited, nothing taken apart, every condition free. It asks whoever
 * plays - the engine (slow, the judge) or the token game - and reports what it found, without ways or words.
 */
import { Endless, NoWay, Uncaught } from '@ganwei/process/faults';
import { gameOf } from '@ganwei/process/game';
import type { ProcessModel, ProcessNode } from '@ganwei/process/model';
import { type CompiledProcess, type Leaf, makeStepper, type Stimulus, type Wait } from '@ganwei/process/step';

export interface Exploration {
  /** `<rule> <element>`: stuck, cannot-end, never-reached, no-way, uncaught, endless */
  found: string[];
  markings: number;
  steps: number;
  /** the bound was met: nothing is known about what lies beyond */
  truncated: boolean;
}

/** One step with these answers. */
export type Player = (
  marking: string | null,
  stimulus: Stimulus,
  decide: () => boolean,
) => Pick<Leaf, 'next' | 'opened' | 'kept' | 'passed' | 'ends' | 'answers' | 'stuck'> | Promise<Leaf>;

export function engineOf(process: CompiledProcess): Player {
  const stepper = makeStepper(process, { edges: 100_000 });
  const texts = new Map<string, string>();
  return async (marking, stimulus, decide) => {
    const leaf = await stepper.step(marking, stimulus, decide, async (hash) => texts.get(hash));
    if (leaf.next !== null && leaf.text !== undefined) texts.set(leaf.next, leaf.text);
    return leaf;
  };
}

export function gamePlayer({ model }: CompiledProcess): Player {
  const game = gameOf(model);
  return (marking, stimulus, decide) => {
    if (stimulus.kind === 'jump') throw new Error('the game knows no jumps');
    return game.move(marking, stimulus, decide);
  };
}

/** `steps`: most steps to ask for. */
export async function explore(model: ProcessModel, player: Player, steps = 5000): Promise<Exploration> {
  const seen = new Seen(player);
  for (const node of model.nodes.values())
    if (node.kind === 'start' && node.parent === undefined) seen.plan(null, { kind: 'start', startEvent: node.id });
  while (seen.todo.length > 0 && seen.steps < steps) {
    const { marking, stimulus } = seen.todo.pop() as Planned;
    await seen.take(marking, stimulus, (waits) => stimuli(model, waits));
  }
  const truncated = seen.todo.length > 0;
  return { found: seen.report(model, truncated), markings: seen.waits.size, steps: seen.steps, truncated };
}

interface Planned {
  marking: string | null;
  stimulus: Stimulus;
}

const END = '';
/** What has been visited so far. */
class Seen {
  readonly todo: Planned[] = [];
  readonly waits = new Map<string, readonly Wait[]>();
  readonly #player: Player;
  /** marking -> markings one step before it */
  readonly #before = new Map<string, Set<string>>();
  readonly #reached = new Set<string>();
  readonly #found = new Set<string>();
  steps = 0;

  constructor(player: Player) {
    this.#player = player;
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

  /** Answers true beyond the given ones. */
  async #ask(marking: string | null, stimulus: Stimulus, given: readonly boolean[]) {
    this.steps++;
    let asked = 0;
    try {
      return await this.#player(marking, stimulus, () => given[asked++] ?? true);
    } catch (error) {
      if (error instanceof NoWay) this.#found.add(`no-way ${error.gateway}`);
      else if (error instanceof Uncaught) this.#found.add(`uncaught ${error.node}`);
      else if (error instanceof Endless) this.#found.add(`endless ${error.node}`);
      else throw error;
      return undefined;
    }
  }

  #note(marking: string | null, leaf: Seeing): void {
    const to = leaf.next ?? END;
    this.#before.set(to, (this.#before.get(to) ?? new Set()).add(marking ?? 'start'));
    for (const id of [...leaf.passed, ...leaf.ends, ...leaf.opened.map(({ node }) => node)]) this.#reached.add(id);
    for (const join of leaf.stuck ?? []) this.#found.add(`stuck ${join}`);
  }

  report(model: ProcessModel, truncated: boolean): string[] {
    const canEnd = new Set([END]);
    for (const at of canEnd) for (const before of this.#before.get(at) ?? []) canEnd.add(before);
    if (!truncated) {
      for (const [marking, waits] of this.waits)
        if (!canEnd.has(marking) && waits[0]) this.#found.add(`cannot-end ${waits[0].node}`);
      for (const { id, parent } of model.nodes.values())
        if (!this.#reached.has(id) && (parent === undefined || this.#reached.has(parent)))
          this.#found.add(`never-reached ${id}`);
    }
    return [...this.#found].sort();
  }
}

type Seeing = Pick<Leaf, 'next' | 'opened' | 'kept' | 'passed' | 'ends' | 'stuck'>;

function after(waits: readonly Wait[], leaf: Seeing): Wait[] {
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
