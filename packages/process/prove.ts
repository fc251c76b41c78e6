/**
 * Owns the proof that a process is sound: whatever is answered, due, received or fails, the end can be reached, no token waits for
 * ever at a join, nothing is done twice unawares and every node can be reached. It plays the token game over every
 * marking that can arise; sub-processes and blocks of branches that do not touch each other are proved one by one. Bounded:
 * what was not visited is reported, never assumed to be right. Must never know variables or people.
 *
 * Conditions are free choices, except that comparisons of one thing within one step agree with each other: two gateways far
 * apart that test the same may be shown to contradict each other on a way. A finding then names a way no case will go.
 */

import type { ProcessModel, ProcessNode } from './model.ts';
import { netOf } from './net.ts';
import { comparisonOf } from './proof/condition.ts';
import { type Finding, findingsOf } from './proof/findings.ts';
import { type Block, blocksOf, branchModel, flatModel, stepOf, withSteps } from './proof/piece.ts';
import { type Budget, type Part, type Visit, visit } from './proof/visit.ts';
import { branchOf, type Choice, choicesTo, wayInWords } from './proof/way.ts';

export type { Finding } from './proof/findings.ts';
export type { Choice } from './proof/way.ts';

export interface Bound {
  /** most moves to play (some 10 µs each) */
  moves?: number;
  /** most milliseconds, if `now` is given: a clock in milliseconds */
  milliseconds?: number;
  now?: () => number;
}

export interface Proof {
  /** errors and warnings, nearest to the start first; their `rule`s: stuck, cannot-end, never-reached, endless, uncaught,
   * unbounded, runs-twice, no-way, bound */
  findings: Finding[];
  /** markings visited, and moves played, in all parts together */
  markings: number;
  moves: number;
  /** sub-processes and branches proved by themselves */
  parts: number;
  /** false: the bound was met, and nothing is known about what was not visited */
  complete: boolean;
}

const MOST_MOVES = 200_000;

/** Proves the process of a compiled definition; takes milliseconds where branches are kept apart. */
export function prove(model: ProcessModel, bound: Bound = {}): Proof {
  const proving = new Proving(model, bound);
  const piece = proving.scope('', new Set());
  const findings = [...piece.findings, ...proving.neverReached(piece), ...proving.boundMet()];
  const { markings, moves, parts, complete } = proving;
  return { findings, markings, moves, parts, complete };
}

/** A piece after its proof. */
interface Proved extends Part {
  visit: Visit;
  findings: Finding[];
  /** gives exactly one token back, whatever happens within */
  tidy: boolean;
  reached: ReadonlySet<string>;
}

class Proving {
  markings = 0;
  moves = 0;
  parts = -1;
  complete = true;
  readonly #whole: ProcessModel;
  readonly #bound: Bound;
  readonly #until: number;
  readonly #budget: Budget;
  /** error ends -> their code */
  readonly #raised: ReadonlyMap<string, string>;

  constructor(whole: ProcessModel, bound: Bound) {
    this.#whole = whole;
    this.#bound = bound;
    this.#until = (bound.now?.() ?? 0) + (bound.milliseconds ?? Number.POSITIVE_INFINITY);
    this.#budget = { take: () => this.#take() };
    this.#raised = new Map(
      [...whole.nodes.values()].flatMap(({ id, kind, errorCode: code }) =>
        kind === 'end' && code ? [[id, code]] : [],
      ),
    );
  }

  #take(): boolean {
    this.complete &&= this.moves < (this.#bound.moves ?? MOST_MOVES);
    if (this.complete && this.#bound.now && this.moves % 16 === 0) this.complete = this.#bound.now() < this.#until;
    if (this.complete) this.moves++;
    return this.complete;
  }

  /** A scope of the process: its sub-processes first. `outer`: codes that boundary events around it catch. */
  scope(scope: string, outer: ReadonlySet<string>): Proved {
    const inner = new Map<string, Proved>();
    for (const { id, kind, parent } of this.#whole.nodes.values())
      if (kind === 'subprocess' && (parent ?? '') === scope)
        inner.set(id, this.scope(id, new Set([...this.#codesAt(id), ...outer])));
    return this.#piece(flatModel(this.#whole, scope), inner, outer);
  }

  #codesAt(host: string): string[] {
    const nodes = [...this.#whole.nodes.values()];
    return nodes.flatMap(({ attachedTo, errorCode }) => (attachedTo === host ? (errorCode ?? []) : []));
  }

  /** A flat model: its blocks first, and again without those that turn out to be none. */
  #piece(model: ProcessModel, given: ReadonlyMap<string, Proved>, outer: ReadonlySet<string>): Proved {
    this.parts++;
    const except = new Set<string>();
    const branches = new Map<string, { block: Block; proved: Proved[] }>();
    for (;;) {
      const blocks = blocksOf(model, except);
      for (const block of blocks)
        if (!branches.has(block.fork))
          branches.set(block.fork, { block, proved: this.#branches(model, block, given, outer) });
      const proved = blocks.map(({ fork }) => branches.get(fork) as { block: Block; proved: Proved[] });
      const spoilt = proved.filter((one) => one.proved.some(({ tidy }) => !tidy));
      for (const { block } of spoilt) except.add(block.fork);
      if (spoilt.length > 0) continue;
      const result = this.#visit(withSteps(model, blocks), given, proved, outer);
      const crowded = blocks.filter((block) => crowdedAt(result.visit, block));
      if (crowded.length === 0 || !this.complete) return result;
      for (const { fork } of crowded) except.add(fork);
    }
  }

  #branches(
    model: ProcessModel,
    block: Block,
    given: ReadonlyMap<string, Proved>,
    outer: ReadonlySet<string>,
  ): Proved[] {
    return block.branches
      .filter(({ nodes }) => nodes.size > 0)
      .map((branch) => {
        const proved = this.#piece(branchModel(model, block, branch), given, outer);
        const choice = branchOf(this.#whole, branch.flow);
        return choice ? { ...proved, findings: proved.findings.map((one) => after([choice], one)) } : proved;
      });
  }

  #visit(
    model: ProcessModel,
    given: ReadonlyMap<string, Proved>,
    blocks: readonly { block: Block; proved: readonly Proved[] }[],
    outer: ReadonlySet<string>,
  ): Proved {
    const steps = new Map<string, readonly Proved[]>();
    for (const [id, proved] of given) if (model.nodes.has(id)) steps.set(id, [proved]);
    for (const { block, proved } of blocks) steps.set(stepOf(block), proved);
    const parts = new Map([...steps].map(([id, proved]) => [id, together(proved)]));
    const visited = visit(model, { parts, caught: outer, raised: this.#raised }, this.#budget);
    this.markings += visited.markings.size;
    const { places } = netOf(model);
    const own = findingsOf({ visit: visited, places, whole: this.#whole }).filter((one) => !this.#isCovered(one));
    const inner = [...steps].flatMap(([id, proved]) => {
      const edge = visited.reached.get(id);
      const way = edge ? choicesTo(visited, this.#whole, { ...edge, taken: edge.move.taken }) : [];
      return edge ? proved.flatMap(({ findings }) => findings.map((one) => after(way, one))) : [];
    });
    const reached = new Set(visited.reached.keys());
    for (const [id, proved] of steps)
      if (reached.has(id)) for (const one of proved) for (const node of one.reached) reached.add(node);
    const tidy = !visited.untidy && !visited.truncated && visited.growing.size === 0 && visited.completes;
    return {
      visit: visited,
      findings: [...own, ...inner],
      tidy,
      reached,
      completes: visited.completes,
      codes: visited.codes,
    };
  }

  /** Conditions over one outcome that name every outcome of its step: one of them holds. */
  #isCovered({ rule, element }: Finding): boolean {
    if (rule !== 'no-way') return false;
    const compared = [...this.#whole.flows.values()].filter(({ source }) => source === element).map(comparisonOf);
    const step = this.#whole.nodes.get(compared[0]?.step ?? '');
    const keys = new Set(compared.flatMap((one) => (one?.equal && one.step === step?.id ? one.literal : [])));
    return step?.task?.outcomes.every(({ key }) => keys.has(JSON.stringify(key))) ?? false;
  }

  neverReached({ reached, visit: { endless, growing } }: Proved): Finding[] {
    if (!this.complete || endless.size > 0 || growing.size > 0) return [];
    const missed = (node: ProcessNode): boolean => !reached.has(node.id);
    return [...this.#whole.nodes.values()]
      .filter((node) => missed(node) && (node.parent === undefined || reached.has(node.parent)))
      .slice(0, 10)
      .map(({ id, name }) => ({
        severity: 'error',
        rule: 'never-reached',
        element: id,
        message: `「${name}」在任何情况下都走不到。`,
        way: [],
      }));
  }

  boundMet(): Finding[] {
    if (this.complete) return [];
    const message =
      `流程的走法太多，只核对了 ${this.markings} 种局面、${this.moves} 步，没有走完；已报告的问题属实，未走到的部分没有结论。` +
      '把互不相干的分支用成对的并行（或包容）网关围起来，或放进子流程，就能核对完。';
    return [{ severity: 'warning', rule: 'bound', element: this.#whole.id, message, way: [] }];
  }
}

/** A second token came to the block while it was under way: its branches do not run one by one. */
const crowdedAt = ({ markings }: Visit, block: Block): boolean => {
  const queue = `${stepOf(block)}+`;
  return [...markings.keys()].some((marking) => marking.split(' ').some((entry) => entry.startsWith(queue)));
};

const together = (proved: readonly Proved[]): Part => ({
  completes: proved.every(({ completes }) => completes),
  codes: new Set(proved.flatMap(({ codes }) => [...codes])),
});

/** A finding with a way before its own. */
function after(way: readonly Choice[], one: Finding): Finding {
  const whole = [...way, ...one.way];
  const sentence = one.message.slice(wayInWords(one.way).length);
  return { ...one, way: whole, message: `${wayInWords(whole)}${sentence}` };
}
