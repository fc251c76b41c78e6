/**
 * Owns one step done by the engine itself: a marking's text and a stimulus go in, a Leaf comes out that tells what opened,
 * closed and was passed. Remembers nothing; step.ts does. A stimulus for something that does not wait is refused.
 */
import { act, type contextOf, type Live, recover, start, tokensOf } from './engine.ts';
import { jump } from './jump.ts';
import { digest, markingOf } from './marking.ts';
import type { NodeKind, ProcessModel, ProcessNode } from './model.ts';
import { resume } from './resume.ts';

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

/** A marking of another version is taken up: joins that need not wait here open, and branches begin that this version puts beside what waits. */
export interface Resume {
  kind: 'resume';
  /** the slots that waited there, without those that were left for others */
  waits: readonly string[];
  /** flows, as Migration has them */
  branches: readonly string[];
}

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
  /** nodes entered on the way that neither wait nor end, in order; error end events too; boundary events when they happen */
  passed: readonly string[];
  /** end events reached */
  ends: readonly string[];
  /** conditions asked, in order */
  answers: readonly (readonly [flowId: string, answer: boolean])[];
  /** joins whose tokens wait for ever while nothing else waits: an incident, never an end */
  stuck?: readonly string[];
}

/** Conditions as the engine asks them, by flow id; every answer is noted. */
export interface Asked {
  answers: [string, boolean][];
  decide(flow: string): boolean;
}

type Context = ReturnType<typeof contextOf>;
type Slots = Map<string, { wait: Wait; execution: string }>;

/** The step from a marking's text (undefined: before the start), and what waits after it. */
export async function runStep(
  model: ProcessModel,
  context: Context,
  text: string | undefined,
  stimulus: Stimulus | Resume,
  asked: Asked,
): Promise<{ leaf: Leaf; open: readonly Wait[] }> {
  if (stimulus.kind === 'start' || text === undefined) {
    if (stimulus.kind !== 'start' || text !== undefined) throw new Error(`${stimulus.kind}: not waiting`);
    const node = model.nodes.get(stimulus.startEvent);
    if (node?.kind !== 'start' || node.parent !== undefined) throw new Error(`no start event ${stimulus.startEvent}`);
    return outcome(model, await start(context, stimulus.startEvent, asked.decide), new Map(), asked);
  }
  if (stimulus.kind === 'resume') {
    const live = await resume(model, context, text, asked.decide, stimulus.branches);
    const now = slotsOf(model, live);
    return outcome(model, live, new Map([...now].filter(([slot]) => stimulus.waits.includes(slot))), asked);
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
  const raises = node?.kind === 'end' && node.errorCode !== undefined;
  return node && (raises || (!isWait(node.kind) && node.kind !== 'end')) ? 'entered' : undefined;
}
