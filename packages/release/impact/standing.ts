/**
 * Owns where a replayed case stands: its data, what it has passed, what waits, and so what expressions see. Changes only by what is told it;
 * what follows from what is the replay's (replay.ts). One can go in the steps of another from wherever both stand alike: as long as both are told
 * the same, what the one has found out the other takes over, so that only what a change bears on is worked out twice. Rule: [IMP1].
 */
import type { ReachedNode } from '@ganwei/core/history';
import type { TaskSettings } from '@ganwei/process/model';
import type { Wait } from '@ganwei/process/step';
import type { Ground, Names } from './ground.ts';
import type { Event, RecordedCase, Submitted } from './recorded.ts';

/** Something that waits. */
export interface Waiting extends Wait {
  /** YYYY-MM-DD of a step, or epoch milliseconds of a timer */
  due: string | number | null;
  /** what has been submitted there so far */
  submitted: Submitted[];
  /** of a step that was returned to: where it goes straight back to */
  back: string | undefined;
}

/** What was told or found out in the course of one event, in order. */
interface Step {
  what: string;
  value: unknown;
}

export class Standing {
  readonly ground: Ground;
  readonly recorded: RecordedCase;
  readonly #values: Map<string, unknown>;
  readonly #waits = new Map<string, Waiting>();
  readonly #reached: Record<string, ReachedNode>;
  #status: string;
  /** key of the outcome that caused the present step */
  #outcome: string | null = null;
  #person = '';
  #at = 0;
  /** what expressions see, as long as nothing of it has changed */
  #scope: Names | undefined;
  #world: Names | undefined;
  #steps: Step[] = [];
  /** the one in whose steps it goes; undefined: it has left them for good */
  #leader: Standing | undefined;

  constructor(ground: Ground, recorded: RecordedCase) {
    this.ground = ground;
    this.recorded = recorded;
    this.#status = ground.flow.model.case.statuses[0]?.key ?? 'running';
    this.#reached = { ...recorded.before };
    // What nobody in the flow writes was there from the beginning; where nothing is filled in at the start, so may anything be.
    const { start } = ground.node(recorded.start) ?? {};
    const written = new Set(start && !start.form ? [] : ground.names);
    this.#values = new Map([...recorded.values].filter(([name]) => !written.has(name)));
  }

  /** From here on goes in the steps of another, if both stand alike. */
  follow(leader: Standing): void {
    if (this.#standsLike(leader)) this.#leader = leader;
  }

  #standsLike(other: Standing): boolean {
    return (
      this.#status === other.#status &&
      alike([...this.#waits.values()], [...other.#waits.values()]) &&
      alike(this.ground.names, other.ground.names) &&
      alike([...this.#values.keys()], [...other.#values.keys()]) &&
      [...this.#values].every(([name, value]) => alike(value, other.#values.get(name))) &&
      alike(this.#reached, other.#reached)
    );
  }

  /** What the one in whose steps it goes was told, or found out, at this point. */
  get #expected(): Step | undefined {
    const leader = this.#leader;
    return leader ? leader.#steps[this.#steps.length] : undefined;
  }

  /** Both stand alike. */
  get isInStep(): boolean {
    return this.#leader !== undefined && this.#steps.length === this.#leader.#steps.length;
  }

  get values(): ReadonlyMap<string, unknown> {
    return this.#values;
  }

  /** By slot, which is the id of the node. */
  get waits(): ReadonlyMap<string, Waiting> {
    return this.#waits;
  }

  /** Timers that would have gone off by then. */
  *overdue(at: number): Iterable<Waiting> {
    for (const wait of this.#waits.values())
      if (wait.kind === 'timer' && typeof wait.due === 'number' && wait.due <= at) yield wait;
  }

  timesPassed = (node: string): number => this.#reached[node]?.count ?? 0;

  // ---- what expressions see ----

  get at(): number {
    return this.#at;
  }

  /** Names and what functions look at, now. */
  get sight(): { scope: Names; world: Names } {
    this.#scope ??= this.#seen();
    this.#world ??= this.#around();
    return { scope: this.#scope, world: this.#world };
  }

  #seen(): Names {
    const { names } = this.ground;
    const seen = new Map([...this.#values].map(([name, value]) => [name, this.ground.seen(name, value)]));
    const [values, status, outcome, person, at] = [seen, this.#status, this.#outcome, this.#person, this.#at];
    return this.recorded.scope({ names, values, status, outcome, person, at });
  }

  #around(): Names {
    const { outside, calendar } = this.ground;
    const waiting = new Map<string, string | null>();
    for (const { kind, node, due } of this.#waits.values())
      if (kind === 'user') waiting.set(node, typeof due === 'string' ? due : null);
    return outside.world({ calendar, at: this.#at, reached: this.#reached, waiting });
  }

  ask(source: string, more?: Names): unknown {
    const { scope, world } = this.sight;
    return this.ground.compiled(source).evaluate(more ? { ...scope, ...more } : scope, world);
  }

  /** The same in the course of an event: what the one whose steps it goes in has found out is so here, too. */
  findOut<T>(what: string, work: () => T): T {
    const known = this.#expected;
    if (known?.what !== what) this.#leader = undefined;
    const step = known?.what === what ? known : { what, value: work() };
    this.#steps.push(step);
    return step.value as T;
  }

  holds = (source: string, more?: Names): boolean => this.ask(source, more) === true;

  people = (source: string): string[] => this.ground.outside.people(this.ask(source));

  /** Whom a step would be given to. */
  holdersOf({ assignees, exclusions }: TaskSettings): string[] {
    const barred = new Set(exclusions.flatMap(({ who }) => this.people(who)));
    return this.people(assignees).filter((person) => !barred.has(person));
  }

  // ---- what is told it ----

  #told(what: string, value: unknown = null): void {
    const known = this.#expected;
    if (known?.what !== what || !alike(known.value, value)) this.#leader = undefined;
    this.#steps.push({ what, value });
  }

  /** From now on it is this moment, and this person acts. */
  turnTo({ at, person }: Pick<Event, 'at' | 'person'>): void {
    this.#at = at;
    this.#person = person;
    this.#outcome = null;
    this.#steps = [];
    this.#scope = undefined;
    this.#world = undefined;
  }

  /** It comes to a definition: another one, though of the same name, leads elsewhere. */
  meet(definition: object | undefined): void {
    if (this.#expected?.value !== definition) this.#leader = undefined;
    this.#steps.push({ what: 'meet', value: definition });
  }

  /** It is in this state from now on; undefined: it stays in the one it has. */
  become(status: string | undefined): void {
    if (status !== undefined && status !== this.#status) this.#scope = undefined;
    this.#status = status ?? this.#status;
    this.#told('status', this.#status);
  }

  decide(outcome: string): void {
    this.#outcome = outcome;
    this.#scope = undefined;
    this.#told('outcome', outcome);
  }

  wait(waiting: Waiting): void {
    this.#waits.set(waiting.slot, waiting);
    this.#world = undefined;
    this.#told('wait', waiting.slot);
  }

  isDue(waiting: Waiting, due: Waiting['due']): void {
    waiting.due = due;
    this.#world = undefined;
    this.#told('due', due);
  }

  leave(slot: string): void {
    this.#waits.delete(slot);
    this.#world = undefined;
    this.#told('leave', slot);
  }

  /** Puts a plain value at a dotted path of the data. */
  put(path: string, value: unknown): void {
    const [name, ...rest] = path.split('.') as [string, ...string[]];
    this.#values.set(name, placed(this.#values.get(name), rest, value));
    this.#scope = undefined;
    this.#told(`put ${path}`, value);
  }

  /** Puts there what the record has there at the end. */
  putRecorded(path: string): void {
    const [name, ...rest] = path.split('.') as [string, ...string[]];
    const found = this.recorded.values.get(name);
    this.put(path, rest.reduce<unknown>((at, key) => (at as Names | null | undefined)?.[key], found) ?? null);
  }

  pass(key: string, outcome?: string): void {
    const before = this.#reached[key];
    const more = { count: (before?.count ?? 0) + 1, at: this.#at, ...(outcome !== undefined && { outcome }) };
    this.#reached[key] = { ...before, ...more };
    this.#told(`pass ${key}`, outcome);
  }

  /** A step of people is done, by the last of those who signed. */
  done({ node, submitted: all }: Waiting, { comment }: Submitted, outcome: string): void {
    const by = [...new Set(all.map(({ person }) => person))];
    const { count = 0, ever = [], by: before = [] } = this.#reached[node] ?? {};
    this.#reached[node] = {
      count: count + 1,
      at: this.#at,
      outcome,
      by,
      ever: [...new Set([...ever, ...before, ...by])],
      ...(comment && { comment }),
    };
    this.#told('done', `${node} ${outcome}`);
  }

  tookPart(person: string): void {
    const key = this.ground.outside.tookPart;
    const { by = [] } = this.#reached[key] ?? {};
    this.#reached[key] = { count: 1, at: this.#at, by: by.includes(person) ? by : [...by, person] };
    this.#told('took part', person);
  }
}

const alike = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** The value with another at a place within it. */
function placed(base: unknown, path: readonly string[], value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const own = base && typeof base === 'object' && !Array.isArray(base) ? (base as Names) : {};
  return { ...own, [head]: placed(own[head], rest, value) };
}
