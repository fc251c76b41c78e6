/**
 * Owns the visiting of one piece: every marking that can arise in a flat model, with every answer of every condition, every
 * timer, message and error, nearest first. Keeps how each marking was come to. Tells what is true of it and judges nothing;
 * findings.ts does. Bounded by a budget that all pieces of a proof share.
 */
import { Endless, NoWay, Uncaught } from '../faults.ts';
import { type Game, gameOf, type Happening, type Move } from '../game.ts';
import type { ProcessModel, ProcessNode } from '../model.ts';
import { tokensIn } from '../position.ts';
import type { Wait } from '../run.ts';
import { Facts } from './condition.ts';

/** A step that stands for a part: whether it can be done, and with which errors it can fail. */
export interface Part {
  completes: boolean;
  codes: ReadonlySet<string>;
}

export interface Budget {
  /** false: used up */
  take(): boolean;
}

/** One move and the marking it was made from (`null`: the start). */
export interface Edge {
  from: string | null;
  stimulus: Happening;
  move: Move;
}

export interface Visit {
  /** marking -> the move by which it was first come to */
  readonly markings: ReadonlyMap<string, Edge>;
  /** can it come to an end by itself? */
  readonly completes: boolean;
  /** an end was reached while tokens were left, or not exactly one: what stands around may not count on one token */
  readonly untidy: boolean;
  /** marking -> markings one move before it; END stands for the end, also by an error that leaves the piece */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  /** node or flow -> the move in which it was first reached */
  readonly reached: ReadonlyMap<string, Edge>;
  /** codes of errors that leave the piece */
  readonly codes: ReadonlySet<string>;
  /** moves that never come to rest, that raise an error nobody catches, that find no way on; by node */
  readonly endless: ReadonlyMap<string, Attempt>;
  readonly uncaught: ReadonlyMap<string, Attempt & { code: string }>;
  readonly noWay: ReadonlyMap<string, Attempt>;
  /** markings of which a repetition would grow without bound; not gone on from */
  readonly growing: ReadonlySet<string>;
  readonly moves: number;
  /** the budget was used up before everything was visited */
  readonly truncated: boolean;
}

/** A move that did not come about. */
export interface Attempt {
  from: string | null;
  stimulus: Happening;
}

export const END = '';

/** What is around a piece. */
export interface Around {
  /** the steps that stand for parts */
  parts: ReadonlyMap<string, Part>;
  /** codes that boundary events around the piece catch */
  caught: ReadonlySet<string>;
  /** ends of the piece that raise an error -> its code */
  raised: ReadonlyMap<string, string>;
}

export function visit(model: ProcessModel, around: Around, budget: Budget): Visit {
  const visiting = new Visiting(gameOf(model), around, budget);
  visiting.run();
  return visiting;
}

class Visiting implements Visit {
  readonly markings = new Map<string, Edge>();
  completes = false;
  untidy = false;
  readonly before = new Map<string, Set<string>>();
  readonly reached = new Map<string, Edge>();
  readonly codes = new Set<string>();
  readonly endless = new Map<string, Attempt>();
  readonly uncaught = new Map<string, Attempt & { code: string }>();
  readonly noWay = new Map<string, Attempt>();
  readonly growing = new Set<string>();
  moves = 0;
  truncated = false;
  readonly #game: Game;
  readonly #around: Around;
  readonly #budget: Budget;
  readonly #beside = new Map<string, ReadonlySet<string>>();

  constructor(game: Game, around: Around, budget: Budget) {
    this.#game = game;
    this.#around = around;
    this.#budget = budget;
  }

  run(): void {
    for (const { id, kind } of this.#game.net.model.nodes.values())
      if (kind === 'start') this.#everyAnswer({ from: null, stimulus: { kind: 'start', startEvent: id } });
    for (const [marking, { move }] of this.markings) {
      if (this.growing.has(marking)) continue;
      for (const stimulus of this.#stimuli(move.open)) this.#everyAnswer({ from: marking, stimulus });
      if (this.truncated) return;
    }
  }

  /** One stimulus with every combination of answers, discovered as they are asked. */
  #everyAnswer(attempt: Attempt): void {
    for (const scripts: boolean[][] = [[]]; scripts.length > 0; ) {
      if (!this.#budget.take()) {
        this.truncated = true;
        return;
      }
      const given = scripts.pop() as boolean[];
      const free: boolean[] = [];
      const move = this.#try(attempt, given, free);
      for (let i = given.length; i < free.length; i++) scripts.push([...free.slice(0, i), false]);
      if (move === 'endless') return;
      if (move) this.#note({ ...attempt, move });
    }
  }

  /** Answers true beyond the given ones; answers that the facts force are not among them. */
  #try({ from, stimulus }: Attempt, given: readonly boolean[], free: boolean[]): Move | 'endless' | undefined {
    this.moves++;
    const facts = new Facts();
    try {
      return this.#game.move(from, stimulus, (flow) => {
        let answer = facts.forced(flow);
        if (answer === undefined) {
          answer = given[free.length] ?? true;
          free.push(answer);
        }
        facts.settle(flow, answer);
        return answer;
      });
    } catch (error) {
      return this.#failed({ from, stimulus }, error);
    }
  }

  #failed(attempt: Attempt, error: unknown): 'endless' | undefined {
    const { from } = attempt;
    if (error instanceof NoWay) this.#first(this.noWay, error.gateway, attempt);
    else if (error instanceof Endless) {
      this.#first(this.endless, error.node, attempt);
      return 'endless';
    } else if (!(error instanceof Uncaught)) throw error;
    else if (this.#around.caught.has(error.code) || this.#around.caught.has('')) {
      this.codes.add(error.code);
      this.#link(END, from);
    } else this.#first(this.uncaught, error.node, { ...attempt, code: error.code });
    return undefined;
  }

  #first<T>(map: Map<string, T>, key: string, value: T): void {
    if (!map.has(key)) map.set(key, value);
  }

  #note(edge: Edge): void {
    const { from, move } = edge;
    for (const id of [...move.passed, ...move.ends, ...move.taken, ...move.opened.map(({ node }) => node)])
      this.#first(this.reached, id, edge);
    this.#link(move.next ?? END, from);
    const codes = move.ends.flatMap((id) => this.#around.raised.get(id) ?? []);
    for (const code of codes) this.codes.add(code);
    this.completes ||= move.next === null && codes.length === 0;
    this.untidy ||= move.ends.length > 1 || (move.next === null) !== (move.ends.length === 1);
    if (move.next !== null && !this.markings.has(move.next)) {
      this.markings.set(move.next, edge);
      if (move.next.includes('+') && this.#grows(move.next, from)) this.growing.add(move.next);
    }
  }

  #link(to: string, from: string | null): void {
    this.before.set(to, (this.before.get(to) ?? new Set()).add(from ?? 'start~'));
  }

  /** Has the same come about before on the way here with fewer tokens in queues? Then they can grow for ever. */
  #grows(marking: string, from: string | null): boolean {
    const base = withoutQueues(marking);
    const { queued } = tokensIn(marking);
    for (let at = from; at !== null; at = (this.markings.get(at) as Edge).from) {
      if (withoutQueues(at) !== base) continue;
      const earlier = tokensIn(at).queued;
      if ([...earlier].every(([id, count]) => count <= (queued.get(id) ?? 0))) return true;
    }
    return false;
  }

  /** Everything that may happen to what waits. */
  #stimuli(waits: readonly Wait[]): Happening[] {
    const waiting = new Set(waits.map(({ node }) => node));
    return waits.flatMap(({ slot, kind, host }): Happening[] => {
      const node = this.#game.net.model.nodes.get(slot) as ProcessNode;
      if (host !== undefined && node.interrupting === false && this.#besideIsBusy(node, waiting)) return [];
      if (kind === 'timer') return [{ kind: 'fire', slot }];
      if (kind === 'message') return [{ kind: 'message', slot }];
      const part = this.#around.parts.get(slot);
      const errors = [...(part?.codes ?? this.#caught(slot))].map((code): Happening => ({ kind: 'error', slot, code }));
      return part?.completes === false ? errors : [{ kind: 'complete', slot }, ...errors];
    });
  }

  /** Codes of errors that boundary events on the node or around the piece catch. */
  #caught(id: string): Set<string> {
    const own = this.#game.net.places.get(id)?.boundaries.flatMap(({ node }) => node.errorCode ?? []) ?? [];
    return new Set([...own, ...this.#around.caught]);
  }

  /** A side branch that is still busy is not started again: reminders may pile up for as long as nobody acts. */
  #besideIsBusy({ id, attachedTo = '' }: ProcessNode, waiting: ReadonlySet<string>): boolean {
    let side = this.#beside.get(id);
    if (!side) {
      const main = this.#reachable(attachedTo);
      side = new Set([...this.#reachable(id)].filter((other) => other !== id && !main.has(other)));
      this.#beside.set(id, side);
    }
    return [...side].some((other) => waiting.has(other));
  }

  #reachable(from: string): Set<string> {
    const seen = new Set([from]);
    for (const id of seen) for (const { target } of this.#game.net.places.get(id)?.out ?? []) seen.add(target);
    return seen;
  }
}

const withoutQueues = (marking: string): string =>
  marking
    .split(' ')
    .filter((entry) => !entry.includes('+'))
    .join(' ');
