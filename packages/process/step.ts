/**
 * Owns the step: a function of (marking, stimulus, answers of conditions), asked of the engine once and remembered.
 *
 * A case is { marking, slots }. The marking is the digest of a canonical engine state; a slot is the name of one thing
 * that waits in it, which is the id of the node: a node waits at most once in a process, so a slot keeps its name while
 * it waits, and a node left and entered again in one step is closed and opened. For every (marking, stimulus) we keep a
 * tree of decisions: inner nodes ask a condition, a leaf tells what came of it. A hit walks the tree; a miss recovers
 * the marking's text into the engine, does the deed and adds a branch. [P3] a step remembered equals a step run by the
 * engine. Nothing here knows variables, people or time; a thrown condition leaves the memory as it was.
 */
import { caughtCodes } from './context.ts';
import { act, type Live, readContext, recover, start, tokensOf } from './engine.ts';
import { jump } from './jump.ts';
import { digest, markingOf } from './marking.ts';
import type { NodeKind, ProcessFlow, ProcessModel, ProcessNode } from './model.ts';

export { NoWay, Uncaught } from './engine.ts';

/** A process made ready to run; compile.ts makes it, the store keeps it with the version. */
export interface CompiledProcess {
  model: ProcessModel;
  /** serialized engine context */
  context: string;
  /** digest of the source */
  hash: string;
}

export type Stimulus =
  | { kind: 'start'; startEvent: string }
  | { kind: 'complete' | 'fire' | 'message'; slot: string }
  /** the wait fails with a code that a boundary event may catch; else Uncaught is thrown */
  | { kind: 'error'; slot: string; code: string }
  /** `cancel`: slots whose tokens are withdrawn */
  | { kind: 'jump'; to: string; cancel: readonly string[] };

export type WaitKind = 'user' | 'service' | 'call' | 'message' | 'timer';

export interface Wait {
  slot: string;
  node: string;
  kind: WaitKind;
  /** boundary timer or message: the slot of its host */
  host?: string;
}

export interface Leaf {
  /** digest of the marking; null: the case has ended */
  next: string | null;
  /** text of the marking, until `saved(next)` has been called: the caller stores it under `next` */
  text?: string;
  /** slots that wait before and after (both names are always equal) */
  kept: readonly (readonly [from: string, to: string])[];
  /** slots that waited before and left */
  closed: readonly string[];
  opened: readonly Wait[];
  /** ids of the flows taken, in order */
  taken: readonly string[];
  /** nodes entered on the way that are neither waits nor end events, in order; boundary events when they happen */
  passed: readonly string[];
  /** end events reached */
  ends: readonly string[];
  /** conditions asked, in order */
  answers: readonly (readonly [flowId: string, answer: boolean])[];
  /** joins whose tokens wait for ever while nothing else waits: an incident, never an end */
  stuck?: readonly string[];
}

export type Decide = (flow: ProcessFlow) => boolean;
export type Load = (marking: string) => Promise<string | undefined>;

export interface Stepper {
  readonly process: CompiledProcess;
  readonly stats: { hits: number; misses: number; edges: number };
  /** What waits in a marking, if it is remembered. */
  waits(marking: string): readonly Wait[] | undefined;
  /** One step; at once on a hit. `decide` is asked once per condition, in order; `load` gives a stored marking text. */
  step(marking: string | null, stimulus: Stimulus, decide: Decide, load: Load): Leaf | Promise<Leaf>;
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
  const context = readContext(process.context);
  const codes = new Set(caughtCodes(model));
  const edges = new Recent<Branch>(options.edges ?? 5000);
  const waits = new Recent<readonly Wait[]>(options.edges ?? 5000);
  const stored = new Recent<true>(options.edges ?? 5000);
  const texts = new Recent<string>(RECENT_TEXTS);
  const stats = { hits: 0, misses: 0, edges: 0 };

  const step: Stepper['step'] = (marking, stimulus, decide, load) => {
    const key = edgeKey(marking, stimulus, codes);
    let branch = edges.get(key);
    const answers: [string, boolean][] = [];
    while (branch?.flow) {
      const answer = decide(branch.flow);
      answers.push([branch.flow.id, answer]);
      branch = answer ? branch.yes : branch.no;
    }
    if (!branch?.leaf) return miss(marking, stimulus, key, replaying(model, answers, decide), load);
    stats.hits++;
    const { leaf } = branch;
    if (leaf.text !== undefined && stored.get(leaf.next ?? '')) {
      const { text: _stored, ...rest } = leaf;
      branch.leaf = rest;
    }
    return branch.leaf as Leaf;
  };

  const miss = async (
    marking: string | null,
    stimulus: Stimulus,
    key: string,
    asked: Asked,
    load: Load,
  ): Promise<Leaf> => {
    const text = marking === null ? undefined : (texts.get(marking) ?? (await load(marking)));
    if (marking !== null && text === undefined) throw new Error(`the text of marking ${marking} is not stored`);
    const { leaf, open } = await ask(process, context, text, stimulus, asked);
    stats.misses++;
    if (leaf.next !== null && leaf.text !== undefined) {
      texts.set(leaf.next, leaf.text);
      waits.set(leaf.next, open);
    }
    edges.set(key, grown(edges.get(key), leaf, model));
    stats.edges = edges.size;
    return leaf;
  };

  return {
    process,
    stats,
    step,
    waits: (marking) => waits.get(marking),
    saved: (marking) => stored.set(marking, true),
  };
}

/** Errors whose code nobody names behave alike: only a boundary event for every code can catch them. */
function edgeKey(marking: string | null, stimulus: Stimulus, codes: ReadonlySet<string>): string {
  const from = marking ?? '';
  if (stimulus.kind === 'start') return `${from} start ${stimulus.startEvent}`;
  if (stimulus.kind === 'jump') return `${from} jump ${stimulus.to} ${[...stimulus.cancel].sort().join(',')}`;
  if (stimulus.kind !== 'error') return `${from} ${stimulus.kind} ${stimulus.slot}`;
  return `${from} error ${stimulus.slot} ${codes.has(stimulus.code) ? stimulus.code : ''}`;
}

interface Asked {
  answers: [string, boolean][];
  decide(flow: string): boolean;
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

type Context = ReturnType<typeof readContext>;
type Slots = Map<string, { wait: Wait; execution: string }>;

/** Has the engine do the step. */
async function ask(
  process: CompiledProcess,
  context: Context,
  text: string | undefined,
  stimulus: Stimulus,
  asked: Asked,
) {
  const { model } = process;
  if (stimulus.kind === 'start' || text === undefined) {
    if (stimulus.kind !== 'start' || text !== undefined) throw new Error(`${stimulus.kind}: not waiting`);
    const node = model.nodes.get(stimulus.startEvent);
    if (node?.kind !== 'start' || node.parent !== undefined) throw new Error(`no start event ${stimulus.startEvent}`);
    return outcome(model, await start(context, stimulus.startEvent, asked.decide), new Map(), asked);
  }
  const live = await recover(context, text, asked.decide);
  const before = slotsOf(model, live);
  apply(model, live, before, stimulus);
  return outcome(model, live, before, asked);
}

const KIND_OF: Record<'complete' | 'fire' | 'message' | 'error', readonly WaitKind[]> = {
  complete: ['user', 'service', 'call'],
  fire: ['timer'],
  message: ['message'],
  error: ['user', 'service', 'call'],
};

function apply(model: ProcessModel, live: Live, before: Slots, stimulus: Exclude<Stimulus, { kind: 'start' }>): void {
  if (stimulus.kind === 'jump') {
    for (const slot of stimulus.cancel) if (!before.has(slot)) throw new Error(`${slot}: not waiting`);
    jump(live, model, stimulus.to, new Set(stimulus.cancel));
    return;
  }
  const kind = before.get(stimulus.slot)?.wait.kind;
  const token = tokensOf(live.definition).find(({ id }) => id === stimulus.slot);
  if (!token || !kind || !KIND_OF[stimulus.kind].includes(kind)) throw new Error(`${stimulus.slot}: not waiting`);
  act(live, () => {
    if (stimulus.kind === 'error') token.api().sendApiMessage('error', { message: stimulus.code, code: stimulus.code });
    else token.api().signal();
  });
}

/** What waits, in the order of the model. */
function slotsOf(model: ProcessModel, live: Live): Slots {
  const executions = new Map(tokensOf(live.definition).map(({ id, message }) => [id, message.content.executionId]));
  const slots: Slots = new Map();
  for (const node of model.nodes.values()) {
    const execution = executions.get(node.id);
    if (execution === undefined || !isWait(node.kind)) continue;
    const host = node.attachedTo === undefined ? {} : { host: node.attachedTo };
    slots.set(node.id, { wait: { slot: node.id, node: node.id, kind: node.kind, ...host }, execution });
  }
  return slots;
}

const WAITS: readonly string[] = ['user', 'service', 'call', 'message', 'timer'] satisfies WaitKind[];
const isWait = (kind: NodeKind): kind is WaitKind => WAITS.includes(kind);

/** Reads off what the step came to. */
function outcome(model: ProcessModel, live: Live, before: Slots, asked: Asked): { leaf: Leaf; open: readonly Wait[] } {
  const after = slotsOf(model, live);
  const tokens = tokensOf(live.definition);
  const same = (slot: string): boolean => after.get(slot)?.execution === before.get(slot)?.execution;
  const kept = [...before.keys()].filter((slot) => after.has(slot) && same(slot));
  const text = tokens.length > 0 ? markingOf(live.definition.getState()) : undefined;
  const stuck = after.size > 0 ? [] : tokens.flatMap(({ message: { content } }) => content.targetId ?? []);
  const { events } = live.trace;
  const idsOf = (chosen: typeof events): string[] => chosen.map(({ id }) => id);
  const leaf: Leaf = {
    next: text === undefined ? null : digest(text),
    ...(text !== undefined && { text }),
    kept: kept.map((slot) => [slot, slot] as const),
    closed: [...before.keys()].filter((slot) => !after.has(slot) || !same(slot)),
    opened: [...after.values()]
      .filter(({ wait }) => !before.has(wait.slot) || !same(wait.slot))
      .map(({ wait }) => wait),
    taken: idsOf(events.filter(({ what }) => what === 'taken')),
    passed: idsOf(events.filter(({ what, id }) => what === happening(model.nodes.get(id)))),
    ends: idsOf(events.filter(({ what, id }) => what === 'ended' && model.nodes.get(id)?.kind === 'end')),
    answers: asked.answers,
    ...(stuck.length > 0 && { stuck: [...new Set(stuck)] }),
  };
  return { leaf, open: [...after.values()].map(({ wait }) => wait) };
}

/** The event by which a node counts as passed: boundary events happen when they end, gateways and the like when entered. */
function happening(node: ProcessNode | undefined): 'entered' | 'ended' | undefined {
  if (node?.attachedTo !== undefined) return 'ended';
  return node && !isWait(node.kind) && node.kind !== 'end' ? 'entered' : undefined;
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
