/**
 * Owns which data of a case can be there when a step begins, and which must be: by the drawing alone, over all ways, side branches and
 * returns. Pure and cheap; conditions are free choices. What it calls impossible is impossible; what it calls certain is certain only
 * as long as nobody jumps. Must never know what the data are; whoever asks says which names a node fills. Rule: [REL61].
 */
import type { ProcessModel, ProcessNode } from './model.ts';
import { netOf, type Place } from './net.ts';

export interface Filled {
  /** names that some way can have filled before the node begins; names nobody fills are not among them */
  possible(node: string): ReadonlySet<string>;
  /** names that every way has filled by then */
  certain(node: string): ReadonlySet<string>;
  /** the same, if every sub-process was left by the end behind which they are filled: which one it was, a gateway after it asks */
  supposed(node: string): ReadonlySet<string>;
}

type Fills = (node: ProcessNode) => readonly string[];

/** `fills`: the names that are there when the node has been left for good; `perhaps`: names that may be there then as well. */
export function filledIn(model: ProcessModel, fills: Fills, perhaps: Fills = () => []): Filled {
  const { places } = netOf(model);
  const named = (of: Fills): Names => new Map([...places.values()].map(({ node }) => [node.id, new Set(of(node))]));
  const certain = certainly(places, named(fills), both);
  const supposed = certainly(places, named(fills), either);
  const possible = possibly(
    places,
    named((node) => [...fills(node), ...perhaps(node)]),
  );
  const at = (of: ReadonlyMap<string, ReadonlySet<string>>, node: string) => of.get(node) ?? NOTHING;
  return {
    possible: (node) => at(possible, node),
    certain: (node) => at(certain, node),
    supposed: (node) => at(supposed, node),
  };
}

type Places = ReadonlyMap<string, Place>;
type Names = ReadonlyMap<string, ReadonlySet<string>>;
const NOTHING: ReadonlySet<string> = new Set();

// ---- what can be there -----------------------------------------------------------------------------------------------

function possibly(places: Places, own: Names): Names {
  const found = new Map([...places.keys()].map((id) => [id, new Set<string>()] as const));
  const give = (names: ReadonlySet<string>, to: Iterable<string>): void => {
    for (const id of to) for (const name of names) found.get(id)?.add(name);
  };
  for (const [id, names] of own) if (names.size > 0) give(names, reached(places, afterwards(places, id)));
  // What is filled on one branch of a fork, or after it, may be there on any other: only a proof could tell that they wait for each other.
  for (const branches of forksOf(places)) {
    const nodes = branches.map((from) => reached(places, [from]));
    for (const [i, here] of nodes.entries()) {
      const names = new Set([...here].flatMap((id) => [...(own.get(id) ?? [])]));
      if (names.size > 0) for (const [j, there] of nodes.entries()) if (i !== j) give(names, there);
    }
  }
  return found;
}

/** Where a token may be next when the node has been done; what surrounds it may be broken off. */
function afterwards(places: Places, id: string): string[] {
  const place = places.get(id);
  if (!place) return [];
  const next = place.out.map(({ target }) => target);
  const around = places.get(place.scope);
  if (!around) return next;
  const leaves = place.node.kind === 'end' ? afterwards(places, place.scope) : [];
  return [...next, ...leaves, ...around.boundaries.map(({ node }) => node.id)];
}

/** Every node a token can come to from these, with themselves. */
function reached(places: Places, from: readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const id of seen) {
    const place = places.get(id);
    for (const { node } of place?.boundaries ?? []) seen.add(node.id);
    if (place?.inner) seen.add(place.inner);
    for (const next of afterwards(places, id)) seen.add(next);
  }
  return seen;
}

const ONE_WAY = ['bpmn:ExclusiveGateway', 'bpmn:EventBasedGateway'];

/** For every node after which several things go on at once: where each of them begins. */
function* forksOf(places: Places): Generator<string[]> {
  for (const { node, out, boundaries } of places.values()) {
    const besides = boundaries.filter(({ node: event }) => event.interrupting === false).map((one) => one.node.id);
    // It may happen again while what it began goes on.
    if (besides.length > 0) yield [node.id, ...besides, ...besides];
    if (out.length > 1 && !ONE_WAY.includes(node.type)) yield out.map(({ target }) => target);
  }
}

// ---- what must be there ----------------------------------------------------------------------------------------------

/**
 * Begins with everything everywhere and takes away what some way leaves out, until nothing changes. `merge`: what has been filled when a
 * sub-process is left that has several ends.
 */
function certainly(places: Places, own: Names, merge: typeof both): Names {
  const all = new Set([...own.values()].flatMap((names) => [...names]));
  const before = new Map([...places.keys()].map((id) => [id, all as ReadonlySet<string>] as const));
  const ends = endsByScope(places);
  const after = (id: string): ReadonlySet<string> => {
    const inner = (ends.get(id) ?? []).map(after);
    const done = inner.length > 0 ? inner.reduce(merge) : (before.get(id) ?? NOTHING);
    return new Set([...done, ...(before.get(id) ?? NOTHING), ...(own.get(id) ?? NOTHING)]);
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [id, place] of places) {
      const next = entering(place, before, after);
      if (next.size === before.get(id)?.size) continue;
      before.set(id, next);
      changed = true;
    }
  }
  return before;
}

function entering({ node, scope, into, join }: Place, before: Names, after: (id: string) => ReadonlySet<string>) {
  if (node.attachedTo !== undefined) return before.get(node.attachedTo) ?? NOTHING;
  const ways = into.map(({ source }) => after(source));
  if (node.kind === 'start' && ways.length === 0) return before.get(scope) ?? NOTHING;
  if (ways.length === 0) return NOTHING;
  return join === 'parallel' ? new Set(ways.flatMap((names) => [...names])) : ways.reduce(both);
}

const both = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...a].filter((name) => b.has(name)));

const either = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> => new Set([...a, ...b]);

function endsByScope(places: Places): Map<string, string[]> {
  const ends = new Map<string, string[]>();
  for (const { node, scope } of places.values())
    if (node.kind === 'end' && node.errorCode === undefined) ends.set(scope, [...(ends.get(scope) ?? []), node.id]);
  ends.delete('');
  return ends;
}
