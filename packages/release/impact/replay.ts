/**
 * Owns the replay of one case on one ground: what people and time did is done again at the steps where it was done, and the flow goes as its
 * ground has it - conditions, decision tables, assigned values; what other services brought is taken from the record. Rules: [IMP1] [IMP2].
 */
import { momentOf } from '@ganwei/calendar/due';
import { isFaultOfContent } from '@ganwei/core/definition';
import { decideBy } from '@ganwei/decision/decide';
import { jsonOf, textOf } from '@ganwei/feel/json';
import { leadsTo } from '@ganwei/process/ahead';
import { Endless, NoWay, Uncaught } from '@ganwei/process/faults';
import type { ProcessFlow, ProcessNode } from '@ganwei/process/model';
import type { Leaf, Stimulus, Wait } from '@ganwei/process/step';
import type { Ground, Names } from './ground.ts';
import type { Event, RecordedCase, Submitted } from './recorded.ts';
import { Standing, type Waiting } from './standing.ts';

/** Why a replay cannot go on: the step is not open · it has no such outcome, or did not offer it then · the flow stands still. */
export type Break = 'step' | 'outcome' | 'standstill';

/** The replay has come to a node from which the record leads no further. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly node: string;
  readonly why: Break;
  constructor(node: string, why: Break, cause?: unknown) {
    super(`${node}: ${why}`, { cause });
    this.node = node;
    this.why = why;
  }
}

/** What came of one event. */
export interface Course {
  opened: readonly Waiting[];
  taken: readonly string[];
  ends: readonly string[];
  /** decisions that were asked: node -> result, as JSON text */
  decided: ReadonlyMap<string, string>;
}

/** More automatic steps in a row than any sensible flow needs. */
const LONGEST_CHAIN = 200;

/** Services whose result follows from the case alone. */
const WORKED_OUT: ReadonlySet<string> = new Set(['decide', 'set', 'fail']);

export class Replay {
  readonly ground: Ground;
  readonly standing: Standing;
  ended = false;
  readonly #case: RecordedCase;
  readonly #isSettled: (node: string) => boolean;
  #marking: string | null = null;
  /** calls cut short: flow -> when; what they had called ended with them, of which the record tells like of any end */
  readonly #cut = new Map<string, number>();
  /** a straight return under way: it comes back from there to here */
  #back: { at: string; to: string } | undefined;
  #course = {
    opened: [] as Waiting[],
    taken: [] as string[],
    ends: [] as string[],
    decided: new Map<string, string>(),
  };

  /** `isSettled`: what is asked at this node need not be looked at, beyond what the flow needs */
  constructor(ground: Ground, recorded: RecordedCase, isSettled: (node: string) => boolean = () => false) {
    this.ground = ground;
    this.#isSettled = isSettled;
    this.standing = new Standing(ground, recorded);
    this.#case = recorded;
  }

  /** Have both come to the same place of the flow, and would they go back to the same one? */
  isWhere(other: Replay): boolean {
    const [back, theirs] = [this.#back, other.#back];
    return this.#marking === other.#marking && back?.at === theirs?.at && back?.to === theirs?.to;
  }

  /** Does what happened. Throws Broken. */
  async carryOut(event: Event): Promise<Course> {
    this.standing.turnTo(event);
    this.#course = { opened: [], taken: [], ends: [], decided: new Map() };
    const stimulus = this.#stimulusOf(event);
    if (stimulus) await this.#take(stimulus);
    return this.#course;
  }

  #stimulusOf(event: Event): Stimulus | undefined {
    switch (event.kind) {
      case 'started':
        return this.#start(event.submitted);
      case 'submitted':
        return this.#submit(event);
      case 'returned':
        return this.#giveBack(event);
      case 'fired':
        this.#keepUnfinished(this.#waitAt(event.node));
        this.#passCatchEvent(event.node);
        return { kind: 'fire', slot: event.node };
      case 'message':
        this.#passCatchEvent(event.node);
        this.standing.putRecorded(`messages.${event.node}`);
        return { kind: 'message', slot: event.node };
      case 'called':
        return this.#called(event.process);
      case 'rescheduled':
        for (const wait of this.standing.waits.values())
          if (wait.node === event.node) this.standing.isDue(wait, event.due);
        return undefined;
      case 'action':
        this.#actionEnded(event.label);
        return undefined;
      case 'over':
        this.ended = true;
        return undefined;
    }
  }

  #waitAt(node: string): Waiting {
    const wait = this.standing.waits.get(node);
    if (!wait) throw new Broken(node, 'step');
    return wait;
  }

  /** What stands alone and has happened counts as passed. */
  #passCatchEvent(node: string): void {
    if (this.#waitAt(node).host === undefined) this.standing.pass(node);
  }

  #start(submitted: Submitted | null): Stimulus {
    const { start } = this.#case;
    const settings = this.ground.node(start)?.start;
    if (!settings) throw new Broken(start, 'step');
    if (settings.form) this.standing.put(settings.as, submitted?.values ?? this.#case.values.get(settings.as));
    return { kind: 'start', startEvent: start };
  }

  #submit({ node, submitted, closes }: Extract<Event, { kind: 'submitted' }>): Stimulus | undefined {
    const wait = this.#waitAt(node);
    const task = this.ground.node(node)?.task;
    if (!task) throw new Broken(node, 'step');
    wait.submitted.push(submitted);
    this.standing.tookPart(submitted.person);
    if (closes === null) return undefined;
    const outcome = task.outcomes.find(({ key }) => key === closes);
    if (!outcome) throw new Broken(node, 'outcome');
    this.standing.decide(closes);
    if (task.form) this.standing.put(task.as, task.list ? this.#listed(wait) : submitted.values);
    this.standing.done(wait, submitted, closes);
    if (wait.back !== undefined && outcome.positive) return { kind: 'jump', to: wait.back, cancel: [wait.slot] };
    return { kind: 'complete', slot: wait.slot };
  }

  #giveBack({ node, to, straight, person }: Extract<Event, { kind: 'returned' }>): Stimulus {
    const wait = this.#waitAt(node);
    if (!this.ground.node(to)?.task) throw new Broken(to, 'step');
    this.standing.tookPart(person);
    const { flow } = this.ground;
    const cancel = [...this.standing.waits.values()]
      .filter(({ slot, host, node: at }) => slot === wait.slot || (!host && leadsTo(flow.model, to, at)))
      .map(({ slot }) => slot);
    this.#back = straight ? { at: to, to: node } : undefined;
    return { kind: 'jump', to, cancel };
  }

  #called(process: string): Stimulus | undefined {
    if (this.#cut.get(process) === this.standing.at) {
      this.#cut.delete(process);
      return undefined;
    }
    for (const { kind, node, slot } of this.standing.waits.values()) {
      const call = kind === 'call' ? this.ground.node(node)?.call : undefined;
      if (!call || this.ground.full(call.process) !== process) continue;
      for (const { name } of call.outputs) this.standing.putRecorded(name);
      this.standing.pass(node);
      return { kind: 'complete', slot };
    }
    throw new Broken('', 'step');
  }

  #noteCut(slot: string): void {
    const wait = this.standing.waits.get(slot);
    const { call } = (wait?.kind === 'call' && this.ground.node(wait.node)) || {};
    if (call) this.#cut.set(this.ground.full(call.process), this.standing.at);
  }

  #actionEnded(label: string): void {
    for (const { key, outputs } of this.ground.flow.model.case.actions.filter((action) => action.label === label)) {
      for (const { name } of outputs) this.standing.putRecorded(name);
      this.standing.pass(key, this.#case.reached[key]?.outcome);
    }
  }

  /** An interrupted step of several people keeps what has been submitted so far. */
  #keepUnfinished({ host, node }: Waiting): void {
    const wait = host === undefined ? undefined : this.standing.waits.get(host);
    const task = wait && this.ground.node(wait.node)?.task;
    if (wait && task?.list && this.ground.node(node)?.interrupting !== false)
      this.standing.put(task.as, this.#listed(wait));
  }

  #listed = ({ submitted }: Waiting): unknown => submitted.map((one) => this.ground.outside.listed(one));

  // ---- the flow ----

  async #take(first: Stimulus): Promise<void> {
    const waiting: Stimulus[] = [first];
    for (let length = 0; waiting.length > 0; length++) {
      if (length > LONGEST_CHAIN) throw new Broken('', 'standstill');
      const stimulus = waiting.shift()!;
      const node = 'slot' in stimulus ? stimulus.slot : 'to' in stimulus ? stimulus.to : stimulus.startEvent;
      await this.#within(node, async () => {
        const leaf = await this.#step(stimulus);
        for (const slot of leaf.closed) {
          if (slot !== node) this.#noteCut(slot);
          this.standing.leave(slot);
        }
        if (leaf.stuck?.length) throw new Broken(leaf.stuck[0]!, 'standstill');
        for (const wait of leaf.opened) waiting.push(...this.#open(wait));
        if (leaf.next === null) this.ended = true;
      });
    }
  }

  /** What fails by the content's own fault breaks off here. */
  async #within(node: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof NoWay) throw new Broken(error.gateway, 'standstill', error);
      if (error instanceof Uncaught || error instanceof Endless) throw new Broken(error.node, 'standstill', error);
      throw isFaultOfContent(error) ? new Broken(node, 'standstill', error) : error;
    }
  }

  async #step(stimulus: Stimulus): Promise<Leaf> {
    const { stepper, markings } = this.ground;
    const decide = ({ condition, source }: ProcessFlow): boolean => {
      const value = this.#find(condition!);
      if (typeof value !== 'boolean') throw new Broken(source, 'standstill');
      return value;
    };
    const leaf = await stepper.step(this.#marking, stimulus, decide, async (hash) => markings.get(hash));
    const { next, text } = leaf;
    if (next !== null && text !== undefined) {
      markings.set(next, text);
      stepper.saved(next);
    }
    this.#marking = next;
    for (const id of [...leaf.passed, ...leaf.taken, ...leaf.ends]) this.standing.pass(id);
    for (const id of [...leaf.passed, ...leaf.ends]) this.standing.become(this.ground.node(id)?.status);
    this.#course.taken.push(...leaf.taken);
    this.#course.ends.push(...leaf.ends);
    return leaf;
  }

  /** Something waits; answers with what happens to it at once. */
  #open(wait: Wait): Stimulus[] {
    const node = this.ground.node(wait.node)!;
    this.standing.become(node.status);
    const back = this.#back?.at === wait.node ? this.#back.to : undefined;
    if (back !== undefined) this.#back = undefined;
    const opened: Waiting = { ...wait, due: null, submitted: [], back };
    this.standing.wait(opened);
    if (node.kind === 'service') return [this.#serve(node)];
    if (node.task?.due) this.standing.isDue(opened, this.#text(node.task.due)?.slice(0, 10) ?? null);
    if (node.timer) this.standing.isDue(opened, this.#momentOf(node.timer.at));
    this.#course.opened.push(opened);
    const each = node.call?.each === undefined ? undefined : this.#find(node.call.each);
    return Array.isArray(each) && each.length === 0 ? [{ kind: 'complete', slot: wait.slot }] : [];
  }

  #momentOf(source: string): number | null {
    const text = this.#text(source);
    return text === null ? null : momentOf(text, this.standing.at, 'end');
  }

  #text = (source: string): string | null => textOf(this.#find(source));

  /** The value of an expression, as plain data. */
  #find = (source: string, more?: Names): unknown =>
    this.standing.findOut(source, () => jsonOf(this.standing.ask(source, more)));

  // ---- services ----

  /** Decisions and assigned values are found out anew; what else a service brought is taken from the record, and so is its failing. */
  #serve(node: ProcessNode): Stimulus {
    const { type, outputs } = node.service!;
    const given = WORKED_OUT.has(type) || !this.#isSettled(node.id) ? this.#inputsOf(node) : {};
    const failed = type === 'fail' ? String(given.code ?? 'failed') : this.#failedThen(node.id);
    if (failed !== undefined) return { kind: 'error', slot: node.id, code: failed };
    const result =
      type === 'decide' ? this.#decide(node.id, given) : type === 'set' ? (given.value ?? null) : undefined;
    if (type === 'set' && typeof given.status === 'string') this.standing.become(given.status);
    for (const { name, value } of outputs)
      if (result === undefined) this.standing.putRecorded(name);
      else this.standing.put(name, this.#find(value, { result }));
    this.standing.pass(node.id);
    return { kind: 'complete', slot: node.id };
  }

  #inputsOf({ service }: ProcessNode): Record<string, unknown> {
    const { type, inputs } = service!;
    const { raw = [] } = this.ground.release.services.get(type) ?? {};
    return Object.fromEntries(inputs.map(({ name, value }) => [name, raw.includes(name) ? value : this.#find(value)]));
  }

  #decide(node: string, { table, date: _date, ...given }: Names): unknown {
    const decision = this.ground.release.decision(String(table));
    // Another table, even of the same name, decides for itself.
    this.standing.meet(decision);
    if (!decision) throw new Broken(node, 'standstill');
    const { kept, result } = this.standing.findOut('decision', () => {
      const { scope, world } = this.standing.sight;
      // The version is no part of what was decided: a draft has none yet.
      return decideBy(decision, { table: String(table), version: 0 }, { ...scope, ...given }, world);
    });
    this.#course.decided.set(node, JSON.stringify(result));
    return kept;
  }

  /** Code of the event that caught a failure of this service then, once for each time it did. */
  #failedThen(service: string): string | undefined {
    for (const { id, attachedTo, errorCode } of this.ground.flow.model.nodes.values()) {
      if (attachedTo !== service || errorCode === undefined) continue;
      if ((this.#case.reached[id]?.count ?? 0) > this.standing.timesPassed(id)) return errorCode || 'failed';
    }
    return undefined;
  }
}
