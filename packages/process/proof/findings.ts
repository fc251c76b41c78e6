/**
 * Owns what is said about a visited piece: which of what was found is a mistake, which a warning, at which element, with the way
 * to it. One kind of finding, one function. Every sentence is Chinese and says what to do.
 */
import type { Problem } from '@ganwei/core/definition';
import type { ProcessModel } from '../model.ts';
import type { Place } from '../net.ts';
import { tokensIn } from '../position.ts';
import { type Attempt, type Edge, END, type Visit } from './visit.ts';
import { type Choice, choicesTo, wayInWords } from './way.ts';

export interface Finding extends Problem {
  /** the choices that lead to it, in order */
  way: readonly Choice[];
}

/** A piece that has been visited, with the whole model it is part of. */
export interface Visited {
  visit: Visit;
  places: ReadonlyMap<string, Place>;
  whole: ProcessModel;
}

/** Findings of one kind that are told; the rest only repeats them. */
const TOLD = 10;

export function findingsOf(visited: Visited): Finding[] {
  return [stuck, cannotEnd, endless, uncaught, unbounded, runsTwice, noWay].flatMap((kind) =>
    kind(visited).slice(0, TOLD),
  );
}

type Found = (visited: Visited) => Finding[];

function finding(
  { visit, whole }: Visited,
  severity: Problem['severity'],
  rule: string,
  element: string,
  sentence: string,
  last: Edge | Attempt | undefined,
): Finding {
  const taken = last && 'move' in last ? last.move.taken : [];
  const way = choicesTo(visit, whole, last && { from: last.from, stimulus: last.stimulus, taken });
  return { severity, rule, element, message: `${wayInWords(way)}${sentence}`, way };
}

const named = (whole: ProcessModel, id: string): string => `「${whole.nodes.get(id)?.name ?? id}」`;

/** Nothing waits any more, but tokens stand at a join. */
const stuck: Found = (visited) => {
  const found = new Map<string, Finding>();
  for (const edge of visited.visit.markings.values())
    for (const join of edge.move.stuck ?? []) {
      if (found.has(join)) continue;
      const sentence = `停在${named(visited.whole, join)}：有分支到达此汇聚后，其余分支永远不会到达；请核对分出与汇聚的网关是否成对、类型一致。`;
      found.set(join, finding(visited, 'error', 'stuck', join, sentence, edge));
    }
  return [...found.values()];
};

/** From here the end cannot be reached, and no join that stays shut is the reason. */
const cannotEnd: Found = (visited) => {
  const { markings, growing, before, noWay: ways, endless: loops, uncaught: errors } = visited.visit;
  if (visited.visit.truncated) return [];
  const broken = [...ways.values(), ...loops.values(), ...errors.values()].flatMap(({ from }) => from ?? []);
  const standing = [...markings].filter(([, { move }]) => move.stuck).map(([marking]) => marking);
  const fine = backFrom([END, ...standing, ...growing, ...broken], before);
  const traps = [...markings].filter(([marking]) => !fine.has(marking));
  return traps
    .filter(([, { from }]) => from === null || fine.has(from))
    .map(([, edge]) => {
      const waiting = edge.move.open.filter(({ host }) => !host);
      const names = waiting.map(({ node }) => named(visited.whole, node)).join('、');
      const element = waiting[0]?.node ?? '';
      return finding(visited, 'error', 'cannot-end', element, `流程走到${names}后再也走不到结束。`, edge);
    });
};

function backFrom(from: readonly string[], before: Visit['before']): Set<string> {
  const seen = new Set(from);
  for (const at of seen) for (const earlier of before.get(at) ?? []) seen.add(earlier);
  return seen;
}

const endless: Found = (visited) =>
  [...visited.visit.endless].map(([node, attempt]) => {
    const sentence = `流程在${named(visited.whole, node)}所在的循环里不停空转：循环中没有任何等待的步骤。`;
    return finding(visited, 'error', 'endless', node, sentence, attempt);
  });

const uncaught: Found = (visited) =>
  [...visited.visit.uncaught].map(([node, attempt]) => {
    const sentence = `${named(visited.whole, node)}抛出错误“${attempt.code}”，没有边界事件接住它。`;
    return finding(visited, 'error', 'uncaught', node, sentence, attempt);
  });

const unbounded: Found = (visited) => {
  const found = new Map<string, Finding>();
  for (const marking of visited.visit.growing)
    for (const node of tokensIn(marking).queued.keys()) {
      const sentence = `${named(visited.whole, node)}前面的待办会越积越多：每转一圈又分出一支，而它们从不汇合。`;
      const edge = visited.visit.markings.get(marking);
      if (!found.has(node)) found.set(node, finding(visited, 'error', 'unbounded', node, sentence, edge));
    }
  return [...found.values()];
};

/** A token comes to a node where one is already: what follows is done twice. */
const runsTwice: Found = (visited) => {
  const { markings, growing } = visited.visit;
  const found = new Map<string, Finding>();
  for (const [marking, edge] of markings) {
    if (!marking.includes('+') || growing.has(marking)) continue;
    for (const node of tokensIn(marking).queued.keys()) {
      const merge = mergeBefore(visited.places, node);
      if (found.has(merge)) continue;
      const sentence =
        `几个同时进行的分支在${named(visited.whole, merge)}逐个通过，不相等候，其后的${named(visited.whole, node)}` +
        '会办理不止一次；如须等齐，请改用与分出处相同的并行（或包容）汇聚。';
      found.set(merge, finding(visited, 'warning', 'runs-twice', merge, sentence, edge));
    }
  }
  return [...found.values()];
};

/** The nearest node at or before the given one at which several flows meet. */
function mergeBefore(places: ReadonlyMap<string, Place>, node: string): string {
  const seen = new Set<string>();
  for (let at = node; !seen.has(at); ) {
    seen.add(at);
    const into = places.get(at)?.into ?? [];
    if (into.length > 1) return at;
    at = into[0]?.source ?? places.get(at)?.node.attachedTo ?? at;
  }
  return node;
}

/** A gateway without a default flow whose conditions may all fail. Outcomes that are all covered cannot. */
const noWay: Found = (visited) =>
  [...visited.visit.noWay].map(([gateway, attempt]) => {
    const sentence = `网关${named(visited.whole, gateway)}的条件可能都不满足，流程无路可走；请设默认分支。`;
    return finding(visited, 'warning', 'no-way', gateway, sentence, attempt);
  });
