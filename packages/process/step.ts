/**
 * Owns the memory of steps: a step is a function of (marking, stimulus, answers of conditions), asked of the engine once.
 *
 * A case is { marking, slots }. The marking is the digest of a canonical engine state; a slot is the name of one thing
 * that waits in it, which is the id of the node: a node waits at most once in a process, so a slot keeps its name while
 * it waits, and a node left and entered again in one step is closed and opened. For every (marking, stimulus) we keep a
 * tree of decisions: inner nodes ask a condition, a leaf tells what came of it. A hit walks the tree; a miss recovers
 * the marking's text into the engine, does the deed and adds a branch. [P3] a step remembered equals a step run by the
 * engine. Nothing here knows variables, people or time; a thrown condition leaves the memory as it was.
 */
import { caughtCodes } from './context.ts';
import { contextOf } from './engine.ts';
import type { ProcessFlow, ProcessModel } from './model.ts';
import { type Asked, type CompiledProcess, type Leaf, type Resume, runStep, type Stimulus, type Wait } from './run.ts';

export { NoWay, Uncaught } from './faults.ts';
export type { CompiledProcess, Leaf, Resume, Stimulus, Wait, WaitKind } from './run.ts';

export type Decide = (flow: ProcessFlow) => boolean;
export type Load = (marking: string) => Promise<string | undefined>;

export interface Stepper {
  readonly process: CompiledProcess;
  readonly stats: { hits: number; misses: number; edges: number };
  /** What waits in a marking, if it is remembered. */
  waits(marking: string): readonly Wait[] | undefined;
  /** One step; at once on a hit. `decide` is asked once per condition, in order; `load` gives a stored marking text. */
  step(marking: string | null, stimulus: Stimulus | Resume, decide: Decide, load: Load): Leaf | Promise<Leaf>;
  /** To be called after the transaction that stored the marking's text has committed; leaves omit the text from then on. */
  saved(marking: string): void;
}

interface Branch {
  flow?: ProcessFlow;
  yes?: Branch;
  no?: Branch;
  leaf?: Leaf;
}

/** Marking texts kept for the next misses; a text is 4-8 KB. */
const RECENT_TEXTS = 64;

/** `edges`: how many (marking, stimulus) pairs are remembered; the least recently used are forgotten. */
export function makeStepper(process: CompiledProcess, options: { edges?: number } = {}): Stepper {
  const { model } = process;
  const bound = options.edges ?? 5000;
  const context = contextOf(process);
  const codes = new Set(caughtCodes(model));
  const edges = new Recent<Branch>(bound);
  const waits = new Recent<readonly Wait[]>(bound);
  const stored = new Recent<true>(bound);
  const texts = new Recent<string>(RECENT_TEXTS);
  const stats = { hits: 0, misses: 0, edges: 0 };

  const textOf = async (marking: string, load: Load): Promise<string> => {
    const text = texts.get(marking) ?? (await load(marking));
    if (text === undefined) throw new Error(`the text of marking ${marking} is not stored`);
    return text;
  };
  const miss = async (key: string, marking: string | null, stimulus: Stimulus | Resume, asked: Asked, load: Load) => {
    const text = marking === null ? undefined : await textOf(marking, load);
    const { leaf, open } = await runStep(model, context, text, stimulus, asked);
    stats.misses++;
    if (leaf.next !== null && leaf.text !== undefined) {
      texts.set(leaf.next, leaf.text);
      waits.set(leaf.next, open);
    }
    edges.set(key, grown(edges.get(key), leaf, model));
    stats.edges = edges.size;
    return leaf;
  };
  const step: Stepper['step'] = (marking, stimulus, decide, load) => {
    const key = edgeKey(marking, stimulus, codes);
    const answers: [string, boolean][] = [];
    const branch = walked(edges.get(key), decide, answers);
    if (!branch?.leaf) return miss(key, marking, stimulus, replaying(model, answers, decide), load);
    stats.hits++;
    if (branch.leaf.text !== undefined && stored.get(branch.leaf.next ?? '')) branch.leaf = withoutText(branch.leaf);
    return branch.leaf;
  };
  return {
    process,
    stats,
    step,
    waits: (marking) => waits.get(marking),
    saved: (marking) => stored.set(marking, true),
  };
}

/** Down the tree as far as it is known; notes the answers given. */
function walked(root: Branch | undefined, decide: Decide, answers: [string, boolean][]): Branch | undefined {
  let at = root;
  while (at?.flow) {
    const answer = decide(at.flow);
    answers.push([at.flow.id, answer]);
    at = answer ? at.yes : at.no;
  }
  return at;
}

function withoutText({ text: _stored, ...leaf }: Leaf): Leaf {
  return leaf;
}

/** Errors whose code nobody names behave alike: only a boundary event for every code can catch them. */
function edgeKey(marking: string | null, stimulus: Stimulus | Resume, codes: ReadonlySet<string>): string {
  const from = marking ?? '';
  if (stimulus.kind === 'start') return `${from} start ${stimulus.startEvent}`;
  if (stimulus.kind === 'resume') return `${from} resume ${stimulus.waits.join(',')} ${stimulus.branches.join(',')}`;
  if (stimulus.kind === 'jump') return `${from} jump ${stimulus.to} ${[...stimulus.cancel].sort().join(',')}`;
  if (stimulus.kind !== 'error') return `${from} ${stimulus.kind} ${stimulus.slot}`;
  return `${from} error ${stimulus.slot} ${codes.has(stimulus.code) ? stimulus.code : ''}`;
}

/** Gives the answers already known from the table walk first, then asks on. */
function replaying(model: ProcessModel, known: readonly [string, boolean][], decide: Decide): Asked {
  const answers: [string, boolean][] = [];
  return {
    answers,
    decide(id) {
      const before = known[answers.length];
      if (before && before[0] !== id) throw new Error(`condition ${id} was asked where ${before[0]} was remembered`);
      const answer = before ? before[1] : decide(model.flows.get(id) as ProcessFlow);
      answers.push([id, answer]);
      return answer;
    },
  };
}

/** The tree with one more leaf, under the answers that lead to it. */
function grown(root: Branch | undefined, leaf: Leaf, model: ProcessModel): Branch {
  const tree = root ?? {};
  let at = tree;
  for (const [id, answer] of leaf.answers) {
    at.flow ??= model.flows.get(id) as ProcessFlow;
    const side = answer ? 'yes' : 'no';
    at[side] ??= {};
    at = at[side];
  }
  at.leaf = leaf;
  return tree;
}

/** A map that forgets the least recently used. */
class Recent<V> {
  readonly #entries = new Map<string, V>();
  readonly #bound: number;
  constructor(bound: number) {
    this.#bound = bound;
  }
  get size(): number {
    return this.#entries.size;
  }
  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }
  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#bound) this.#entries.delete(this.#entries.keys().next().value as string);
  }
}
