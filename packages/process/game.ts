/**
 * Owns the token game: what BPMN means here, as a pure and synchronous function from (marking, stimulus, answers) to what
 * comes of it. It plays what the engine plays, a thousand times faster; the random models hold the two equal, order of
 * flows included. The engine remains the judge of running cases; the game proves, predicts and compares.
 *
 * A node waits at most once: what comes meanwhile queues before it. A parallel join opens when a token of every source has
 * come, and swallows further ones; an inclusive join opens when nothing runs that could still bring one. Tokens run depth
 * first, one flow to its end before the next. Must never know variables, people, time or the engine.
 */
import { Endless, NoWay, Uncaught } from './faults.ts';
import type { ProcessFlow, ProcessModel } from './model.ts';
import { type Net, netOf, type Place } from './net.ts';
import { positionOf, type Tokens, tokensIn } from './position.ts';
import type { Leaf, Stimulus, Wait, WaitKind } from './run.ts';

/** What came of a move: a Leaf whose `next` is the marking itself, and everything that waits in it. */
export interface Move extends Omit<Leaf, 'text'> {
  open: readonly Wait[];
}

/** What may happen in the game: everything but jumps. */
export type Happening = Exclude<Stimulus, { kind: 'jump' }>;

export interface Game {
  readonly net: Net;
  /**
   * One move. `marking`: null before the start, else a `next` of this game. `decide` is asked once per condition, in the order of
   * the engine. Throws NoWay, Uncaught, Endless, and Error for what does not wait.
   */
  move(marking: string | null, stimulus: Happening, decide: (flow: ProcessFlow) => boolean): Move;
}

export function gameOf(model: ProcessModel): Game {
  const net = netOf(model);
  return { net, move: (marking, stimulus, decide) => new Playing(net, marking ?? '', decide).play(stimulus) };
}

const WAITS: readonly string[] = ['user', 'service', 'call', 'message', 'timer'] satisfies WaitKind[];
/** A move that passes so many times more nodes than the drawing has goes in circles. */
const MOST_ROUNDS = 4;
const FEW_NODES = 40;

interface Scope {
  alive: boolean;
}

/** One move under way. */
class Playing {
  readonly #net: Net;
  readonly #decide: (flow: ProcessFlow) => boolean;
  readonly #tokens: Tokens;
  /** nodes that have been entered and not left, and do not wait */
  readonly #busy = new Set<string>();
  /** tokens that came to a join while it was passing on others */
  readonly #late: ProcessFlow[] = [];
  readonly #scopes = new Map<string, Scope>();
  readonly #before: ReadonlySet<string>;
  readonly #renewed = new Set<string>();
  readonly #told = { taken: [] as string[], passed: [] as string[], ends: [] as string[] };
  readonly #answers: [string, boolean][] = [];
  #nodes = 0;

  constructor(net: Net, marking: string, decide: (flow: ProcessFlow) => boolean) {
    this.#net = net;
    this.#decide = decide;
    this.#tokens = tokensIn(marking);
    this.#before = new Set(this.#waiting().map(({ slot }) => slot));
    for (const id of ['', ...this.#tokens.active.keys()]) this.#scopes.set(id, { alive: true });
  }

  play(stimulus: Happening): Move {
    if (stimulus.kind === 'start') this.#run(this.#place(stimulus.startEvent));
    else {
      if (!this.#before.has(stimulus.slot)) throw new Error(`${stimulus.slot}: not waiting`);
      const place = this.#place(stimulus.slot);
      if (stimulus.kind === 'error') this.#raise(place, stimulus.code);
      else if (place.node.attachedTo !== undefined) this.#boundaryHappens(place);
      else this.#finish(place);
    }
    while (this.#openOneJoin());
    return this.#outcome();
  }

  #place(id: string): Place {
    const place = this.#net.places.get(id);
    if (!place) throw new Error(`no node ${id}`);
    return place;
  }

  #scope({ scope }: Place): Scope {
    return this.#scopes.get(scope) as Scope;
  }

  // ---- a token comes to a node, runs through it and leaves ----

  #arrive(flow: ProcessFlow): void {
    this.#told.taken.push(flow.id);
    const place = this.#place(flow.target);
    const { id } = place.node;
    if (place.join) this.#arriveAtJoin(place, flow);
    else if (this.#busy.has(id) || this.#tokens.active.has(id))
      this.#tokens.queued.set(id, (this.#tokens.queued.get(id) ?? 0) + 1);
    else this.#run(place);
  }

  #arriveAtJoin(place: Place, flow: ProcessFlow): void {
    const { arrived } = this.#tokens;
    if (this.#busy.has(place.node.id)) {
      this.#late.push(flow);
      return;
    }
    arrived.add(flow.id);
    const here = place.into.filter(({ id }) => arrived.has(id));
    const sources = (flows: readonly ProcessFlow[]): number => new Set(flows.map(({ source }) => source)).size;
    if (place.join === 'parallel' && sources(here) === sources(place.into)) this.#open(place);
  }

  #open(join: Place): void {
    for (const { id } of join.into) this.#tokens.arrived.delete(id);
    this.#run(join);
  }

  #run(place: Place): void {
    const { node } = place;
    if (++this.#nodes > FEW_NODES + MOST_ROUNDS * this.#net.places.size) throw new Endless(node.id);
    for (const { node: event } of place.boundaries)
      if (WAITS.includes(event.kind)) this.#wait(event.id, event.timer?.repeat);
    if (WAITS.includes(node.kind)) this.#wait(node.id);
    else if (node.kind === 'end') this.#end(place);
    else {
      this.#told.passed.push(node.id);
      if (node.kind === 'subprocess') {
        this.#wait(node.id);
        this.#scopes.set(node.id, { alive: true });
        this.#run(this.#place(String(place.inner)));
      } else if (node.type === 'bpmn:EventBasedGateway') {
        this.#wait(node.id);
        this.#passOn(place, place.out);
      } else {
        this.#busy.add(node.id);
        this.#passOnAndLeave(place, this.#chosen(place));
      }
    }
  }

  #wait(id: string, repeat = 0): void {
    this.#tokens.active.set(id, repeat);
    this.#renewed.add(id);
  }

  #end(place: Place): void {
    const { id, errorCode, end } = place.node;
    if (errorCode !== undefined) {
      this.#told.passed.push(id);
      this.#fail(place, errorCode);
      return;
    }
    this.#busy.add(id);
    if (end?.terminate) this.#empty(place.scope, id);
    this.#told.ends.push(id);
    this.#leave(place);
  }

  /** Which flows a token takes that leaves the node. */
  #chosen({ node, out }: Place): readonly ProcessFlow[] {
    const exclusive = node.type === 'bpmn:ExclusiveGateway';
    const taken: ProcessFlow[] = [];
    for (const flow of out) {
      if (taken.length > 0 && (exclusive || flow.isDefault)) break;
      if (flow.isDefault || flow.condition === undefined || this.#ask(flow)) taken.push(flow);
    }
    if (out.length > 0 && taken.length === 0) throw new NoWay(node.id);
    return taken;
  }

  #ask(flow: ProcessFlow): boolean {
    const answer = this.#decide(flow);
    this.#answers.push([flow.id, answer]);
    return answer;
  }

  /** Each flow to its end before the next, of several to the same node only the first; false: the scope is gone meanwhile. */
  #passOn(place: Place, flows: readonly ProcessFlow[]): boolean {
    const scope = this.#scope(place);
    const targets = new Set<string>();
    for (const flow of flows) {
      if (!scope.alive) return false;
      if (!targets.has(flow.target)) this.#arrive(flow);
      targets.add(flow.target);
    }
    return scope.alive;
  }

  #passOnAndLeave(place: Place, flows: readonly ProcessFlow[]): void {
    if (this.#passOn(place, flows)) this.#leave(place);
  }

  /** The node is left: its scope may be at its end, or the next token in the queue comes in. */
  #leave(place: Place): void {
    const { id } = place.node;
    const { queued } = this.#tokens;
    this.#busy.delete(id);
    if (!this.#anythingIn(place.scope)) {
      this.#complete(place.scope);
      return;
    }
    const late = this.#late.filter(({ target }) => target === id);
    for (const flow of late) this.#late.splice(this.#late.indexOf(flow), 1);
    for (const flow of late) this.#arriveAtJoin(place, flow);
    const waiting = queued.get(id) ?? 0;
    if (waiting === 0) return;
    if (waiting === 1) queued.delete(id);
    else queued.set(id, waiting - 1);
    this.#run(place);
  }

  #complete(scope: string): void {
    const alive = this.#scopes.get(scope) as Scope;
    alive.alive = false;
    if (scope !== '') this.#finish(this.#place(scope));
  }

  // ---- what waits happens, fails or is withdrawn ----

  /** A wait or a sub-process is done: its token goes on. */
  #finish(place: Place): void {
    const { active } = this.#tokens;
    active.delete(place.node.id);
    this.#busy.add(place.node.id);
    this.#withdrawRivals(place);
    if (!this.#passOn(place, this.#chosen(place))) return;
    for (const { node } of place.boundaries) active.delete(node.id);
    this.#leave(place);
  }

  /** Of the events behind an event gateway the first counts. */
  #withdrawRivals(place: Place): void {
    const { active } = this.#tokens;
    for (const { source } of place.into) {
      const gateway = this.#place(source);
      if (gateway.node.type !== 'bpmn:EventBasedGateway' || !active.has(source)) continue;
      for (const { target } of gateway.out) if (target !== place.node.id) this.#withdraw(this.#place(target));
      active.delete(source);
      this.#leave(gateway);
    }
  }

  #withdraw(place: Place): void {
    if (!this.#tokens.active.delete(place.node.id)) return;
    for (const { node } of place.boundaries) this.#tokens.active.delete(node.id);
    this.#leave(place);
  }

  #boundaryHappens(event: Place): void {
    const { active } = this.#tokens;
    const { node } = event;
    if (node.interrupting !== false) {
      this.#interrupt(this.#place(String(node.attachedTo)), [event]);
      return;
    }
    const repeat = active.get(node.id) ?? 0;
    active.delete(node.id);
    this.#busy.add(node.id);
    this.#told.passed.push(node.id);
    if (!this.#passOn(event, event.out)) return;
    if (repeat !== 0 && active.has(String(node.attachedTo))) {
      this.#busy.delete(node.id);
      this.#wait(node.id, repeat > 0 ? repeat - 1 : repeat);
    } else this.#leave(event);
  }

  /** The host goes with all that is in it, and the events go on in its place. */
  #interrupt(host: Place, events: readonly Place[]): void {
    const { active } = this.#tokens;
    active.delete(host.node.id);
    this.#busy.add(host.node.id);
    if (host.node.kind === 'subprocess') this.#empty(host.node.id);
    for (const { node } of host.boundaries) active.delete(node.id);
    for (const event of events) this.#busy.add(event.node.id);
    for (const event of events) {
      this.#told.passed.push(event.node.id);
      if (!this.#passOn(event, event.out)) return;
      this.#leave(event);
    }
    this.#leave(host);
  }

  /** A wait fails, or an error comes out of a sub-process: events that catch it, else the scope fails. */
  #raise(place: Place, code: string, origin = place.node.id): void {
    const events = place.boundaries.filter(({ node }) => node.errorCode === code || node.errorCode === '');
    if (events.length > 0) this.#interrupt(place, events);
    else this.#fail(place, code, origin);
  }

  #fail(place: Place, code: string, origin = place.node.id): void {
    if (place.scope === '') throw new Uncaught(origin, code);
    this.#empty(place.scope);
    this.#raise(this.#place(place.scope), code, origin);
  }

  /** Takes all tokens out of a scope, those inside its sub-processes too; `except`: the node that does it and stays busy. */
  #empty(scope: string, except?: string): void {
    const { active, queued, arrived } = this.#tokens;
    const old = this.#scopes.get(scope);
    if (old) old.alive = false;
    if (except !== undefined) this.#scopes.set(scope, { alive: true });
    const inside = (id: string): boolean => this.#place(id).scope === scope;
    for (const id of [...active.keys()].filter(inside)) {
      active.delete(id);
      if (this.#place(id).node.kind === 'subprocess') this.#empty(id);
    }
    for (const id of [...queued.keys()].filter(inside)) queued.delete(id);
    for (const id of [...this.#busy].filter(inside)) if (id !== except) this.#busy.delete(id);
    for (const id of [...arrived]) if (inside(this.#flow(id).target)) arrived.delete(id);
    for (const flow of this.#late.filter(({ target }) => inside(target)))
      this.#late.splice(this.#late.indexOf(flow), 1);
  }

  // ---- joins that wait for whatever may still come ----

  /** BPMN 2.0 §13.4.3, as tokens.ts has it. */
  #openOneJoin(): boolean {
    if (this.#tokens.arrived.size === 0) return false;
    for (const scope of this.#liveScopes(''))
      for (const join of this.#net.inclusive.get(scope) ?? []) {
        const here = join.into.filter(({ id }) => this.#tokens.arrived.has(id)).map(({ id }) => id);
        if (here.length === 0 || this.#mayStillArrive(join, here)) continue;
        this.#open(join);
        return true;
      }
    return false;
  }

  #liveScopes(scope: string): string[] {
    const inner = [...this.#net.places.values()].filter(
      (place) => place.scope === scope && place.node.kind === 'subprocess' && this.#tokens.active.has(place.node.id),
    );
    return [scope, ...inner.flatMap(({ node }) => this.#liveScopes(node.id))];
  }

  #mayStillArrive(join: Place, here: readonly string[]): boolean {
    const { active, queued, arrived } = this.#tokens;
    const beside = [...arrived].filter((id) => !here.includes(id)).map((id) => this.#flow(id).target);
    for (const at of new Set([...active.keys(), ...queued.keys(), ...beside])) {
      const place = this.#place(at);
      if (place.scope !== join.scope || at === join.node.id) continue;
      const reached = this.#net.reach(join, place.node.attachedTo ?? at);
      if (reached.size > 0 && !here.some((id) => reached.has(id))) return true;
    }
    return false;
  }

  // ---- reading off ----

  #flow(id: string): ProcessFlow {
    return this.#net.model.flows.get(id) as ProcessFlow;
  }

  #anythingIn(scope: string): boolean {
    const { active, queued, arrived } = this.#tokens;
    const inside = (id: string): boolean => this.#place(id).scope === scope;
    for (const ids of [active.keys(), queued.keys(), this.#busy]) for (const id of ids) if (inside(id)) return true;
    for (const id of arrived) if (inside(this.#flow(id).target)) return true;
    return this.#late.some(({ target }) => inside(target));
  }

  #waiting(): Wait[] {
    const waits: Wait[] = [];
    for (const id of this.#tokens.active.keys()) {
      const { node } = this.#place(id);
      if (!WAITS.includes(node.kind)) continue;
      const host = node.attachedTo === undefined ? {} : { host: node.attachedTo };
      waits.push({ slot: id, node: id, kind: node.kind as WaitKind, ...host });
    }
    const order = this.#net.order;
    return waits.sort((a, b) => (order.get(a.node) as number) - (order.get(b.node) as number));
  }

  #outcome(): Move {
    const open = this.#waiting();
    const { active, queued, arrived } = this.#tokens;
    const same = (slot: string): boolean => active.has(slot) && !this.#renewed.has(slot);
    const before = [...this.#before];
    const ended = active.size + queued.size + arrived.size === 0;
    const stuck = open.length > 0 ? [] : [...queued.keys(), ...[...arrived].map((id) => this.#flow(id).target)];
    return {
      next: ended ? null : positionOf(this.#tokens),
      kept: before.filter(same).map((slot) => [slot, slot] as const),
      closed: before.filter((slot) => !same(slot)),
      opened: open.filter(({ slot }) => !this.#before.has(slot) || this.#renewed.has(slot)),
      ...this.#told,
      answers: this.#answers,
      open,
      ...(stuck.length > 0 && { stuck: [...new Set(stuck)] }),
    };
  }
}
