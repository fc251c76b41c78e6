/**
 * Owns the expression language as this platform speaks it: the functions it brings (the directory, the calendar, what has happened in the
 * case), and the language of a release, in which every expression of its definitions is compiled. A function never writes and never sees
 * more than its World. docs/administrator.md lists the functions for people. Rule: [EXT1].
 */

import type { Calendar } from '@ganwei/calendar/calendar';
import { CALENDAR_FUNCTIONS } from '@ganwei/calendar/feel';
import { localDate } from '@ganwei/calendar/zone';
import type { ReachedNode } from '@ganwei/core/history';
import {
  type Compiled,
  compileExpression,
  compileTemplate,
  FeelError,
  type FunctionSpec,
  type Language,
  type Value,
} from '@ganwei/feel/compile';
import { jsonOf } from '@ganwei/feel/json';
import { arityOf, parseSignature } from '@ganwei/feel/type';
import type { Spend } from '@ganwei/feel/values';
import { type Directory, isHeldOn, type Person, type Post, type Unit } from './directory.ts';
import { connectedWith, nextAbove, others, subordinatesOf, superiorsOf } from './ties.ts';

/** What an expression may look at besides its scope. */
export interface World {
  directory: Directory;
  calendar: Calendar;
  /** YYYY-MM-DD, local */
  today: string;
  /** what the case has passed through; absent outside a case */
  reached?: Readonly<Record<string, ReachedNode>>;
  /** steps of the case that are open, with their due dates (YYYY-MM-DD) */
  waiting?: ReadonlyMap<string, string | null>;
}

type Call = (args: readonly Value[], world: World) => Value;
/** A function of this platform; how many arguments it takes and of what types is said by its signature alone. */
const spec = (signature: string, call: Call): FunctionSpec => ({
  params: arityOf(parseSignature(signature)),
  signatures: [signature],
  call: (args, world) => call(args, world as World),
});
const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const texts = (value: Value | undefined): string[] =>
  (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).filter(
    (v): v is string => typeof v === 'string' && v !== '',
  );
/** For each unit of a list (or the one unit), joined without repetition. */
const overUnits = (find: (unit: string) => readonly string[]) => (value: Value | undefined) => [
  ...new Set(texts(value).flatMap(find)),
];

const DIRECTORY_FUNCTIONS: Record<string, FunctionSpec> = {
  /** person("id") -> { id, name, unit, unitName, post, …attributes } or null */
  person: spec('person(id: person) -> person record', ([id], { directory }) =>
    personContext(directory.people.get(text(id)), directory),
  ),
  /** person at("id", day) -> the same as he was on that day: with the unit and the post he held then, null where he held none */
  'person at': spec('person at(id: person, day: date) -> person record', ([id, day], { directory }) => {
    const person = directory.people.get(text(id));
    return personContext(person, directory, person?.career.find(isHeldOn(String(jsonOf(day)).slice(0, 10))) ?? null);
  }),
  /** unit("id") -> { id, name, kind, level, parent, …attributes } or null */
  unit: spec('unit(id: unit) -> unit record', ([id], { directory }) => unitContext(directory.units.get(text(id)))),
  'unit of': spec(
    'unit of(id: person) -> unit',
    ([id], { directory }) => directory.people.get(text(id))?.posts[0]?.unit ?? null,
  ),
  /** holders(unit or list of units, role) -> people who hold the role there */
  holders: spec('holders(unit: list<unit>, role: role) -> list<person>', ([unit, role], { directory }) =>
    overUnits((u) => directory.holders(u, text(role)))(unit),
  ),
  'holders above': spec('holders above(unit: list<unit>, role: role) -> list<person>', ([unit, role], { directory }) =>
    overUnits((u) => directory.holdersAbove(u, text(role)))(unit),
  ),
  'holders below': spec('holders below(unit: list<unit>, role: role) -> list<person>', ([unit, role], { directory }) =>
    overUnits((u) => directory.holdersBelow(u, text(role)))(unit),
  ),
  members: spec('members(unit: list<unit>) -> list<person>', ([unit], { directory }) =>
    overUnits((u) => directory.members(u))(unit),
  ),
  subtree: spec('subtree(unit: list<unit>) -> list<unit>', ([unit], { directory }) =>
    overUnits((u) => directory.subtree(u))(unit),
  ),
  'head of': spec('head of(unit: list<unit>) -> list<person>', ([unit], { directory }) =>
    overUnits((u) => directory.holders(u, 'main_leader'))(unit),
  ),
  /** superior of(person): the head of his unit or, if he is that himself, of the nearest unit above */
  'superior of': spec('superior of(id: person) -> list<person>', ([id], { directory }) =>
    nextAbove(text(id), directory),
  ),
  /** leader in charge(field or unit): holders of a post whose charge areas name it */
  'leader in charge': spec('leader in charge(area: string) -> list<person>', ([area], { directory }) =>
    inCharge(text(area), directory),
  ),
  /** related unit(unit, relation) -> unit id or null */
  'related unit': spec('related unit(unit: unit, relation: relation) -> unit', ([unit, relation], { directory }) =>
    directory.related(text(unit), text(relation)),
  ),
  /** inherited(unit, attribute): the attribute of the unit or of the nearest unit above that has it */
  inherited: spec('inherited(unit: unit, attribute: unit attribute) -> Any', ([unit, name], { directory }) => {
    for (const at of [text(unit), ...directory.ancestors(text(unit))]) {
      const value = directory.units.get(at)?.attributes[text(name)];
      if (value !== undefined) return value as Value;
    }
    return null;
  }),
  /** [CON80] first of(groups …) -> the people of the first group that has any: whom to ask, and whom else when there is none */
  'first of': spec(
    'first of(...people: list<person>) -> list<person>',
    (groups) => groups.map(texts).find((group) => group.length > 0) ?? [],
  ),
  /** name of(id or list) -> names joined by 、 */
  'name of': spec('name of(ids: list<Any>) -> string', ([ids], { directory }) =>
    texts(ids)
      .map((id) => directory.nameOf(id))
      .join('、'),
  ),
  /** superiors of(people): the heads of their units and those in charge there, and the nearest head above; never themselves */
  'superiors of': spec('superiors of(ids: list<person>) -> list<person>', ([ids], { directory }) =>
    others(texts(ids), (id) => superiorsOf(id, directory)),
  ),
  /** subordinates of(people): everybody whose superior one of them is */
  'subordinates of': spec('subordinates of(ids: list<person>) -> list<person>', ([ids], { directory }) =>
    others(texts(ids), (id) => subordinatesOf(id, directory)),
  ),
  /** connected with(people, attribute): whom that attribute of theirs names, and who names one of them in it, e.g. declared kin */
  'connected with': spec(
    'connected with(ids: list<person>, attribute: person attribute) -> list<person>',
    ([ids, name], { directory }) => others(texts(ids), (id) => connectedWith(id, text(name), directory)),
  ),
  /** has role(person, unit, role) */
  'has role': spec('has role(id: person, unit: list<unit>, role: role) -> boolean', ([id, unit, role], { directory }) =>
    texts(unit).some((u) => directory.holders(u, text(role)).includes(text(id))),
  ),
};

const CASE_FUNCTIONS: Record<string, FunctionSpec> = {
  /** reached(node): has the step been finished at least once? */
  reached: spec('reached(node: node) -> boolean', ([node], { reached }) => Boolean(reached?.[text(node)])),
  /** times(node): how often the step has been finished */
  times: spec('times(node: node) -> number', ([node], { reached }) => reached?.[text(node)]?.count ?? 0),
  /** done by(node or list): who submitted there in the last round */
  'done by': spec('done by(nodes: list<node>) -> list<person>', ([nodes], { reached }) => [
    ...new Set(texts(nodes).flatMap((node) => reached?.[node]?.by ?? [])),
  ]),
  /** took part(nodes): who ever submitted there, in whichever round; without nodes everybody who has done something in the case */
  'took part': spec('took part(nodes?: list<node>) -> list<person>', ([nodes], { reached = {} }) => [
    ...new Set(nodes === undefined ? tookPart(reached) : texts(nodes).flatMap((node) => everAt(reached[node]))),
  ]),
  /** took part before(): who had done something in the case this one came from (its parent) when it was begun */
  'took part before': spec('took part before() -> list<person>', (_, { reached }) => [
    ...(reached?.[TOOK_PART_BEFORE]?.by ?? []),
  ]),
  /** outcome of(node): key of its last outcome, or null */
  'outcome of': spec(
    'outcome of(node: node) -> string',
    ([node], { reached }) => reached?.[text(node)]?.outcome ?? null,
  ),
  /** waiting(node): is the step open now? */
  waiting: spec('waiting(node: node) -> boolean', ([node], { waiting }) => waiting?.has(text(node)) ?? false),
  /** due of(node) -> due date of the open step, or null */
  'due of': spec('due of(node: node) -> date', ([node], { waiting }) => waiting?.get(text(node)) ?? null),
  'comment of': spec(
    'comment of(node: node) -> string',
    ([node], { reached }) => reached?.[text(node)]?.comment ?? null,
  ),
  /** finished at(node) -> date of the last time the step was finished, or null */
  'finished at': spec('finished at(node: node) -> date', ([node], { reached }) => {
    const at = reached?.[text(node)]?.at;
    return at === undefined ? null : localDate(at);
  }),
};

export type Functions = Readonly<Record<string, FunctionSpec>>;

/** What every expression of this platform may call; a host program and the content of a release add to it. */
export const PLATFORM_FUNCTIONS: Functions = {
  ...(CALENDAR_FUNCTIONS as Functions),
  ...DIRECTORY_FUNCTIONS,
  ...CASE_FUNCTIONS,
};

/** One table of all, the known one itself when nothing is added; a name that is there already is an error of whoever brings it, not a replacement. */
export function joined(known: Functions, more: Functions): Functions {
  if (Object.keys(more).length === 0) return known;
  const twice = Object.keys(more).filter((name) => name in known);
  if (twice.length > 0) throw new Error(`函数重名：${twice.join('、')}`);
  return { ...known, ...more };
}

type Template = ReturnType<typeof compileTemplate>;

/** What trying an expression may take; who gets a step is found in a hundred operations. */
const TRIAL = { operations: 5_000, milliseconds: 100 };

function patience(source: string): Spend {
  const end = performance.now() + TRIAL.milliseconds;
  let left = TRIAL.operations;
  return (operations) => {
    left -= operations;
    if (left < 0 || performance.now() > end) throw new FeelError('试算的计算量过大，已停止；请用试运行查看', source);
  };
}

/** Texts kept compiled: more than the definitions of any installation have. */
const MOST_TEXTS = 20_000;

/** The language of a release: each text is compiled once. Compiling throws FeelError. */
export class PlatformLanguage {
  /** strict, with all functions: for rooms that compile whole definitions */
  readonly dialect: Language & { functions: Functions };
  readonly #strict = new Map<string, Compiled>();
  readonly #tolerant = new Map<string, Compiled>();
  readonly #templates = new Map<string, Template>();

  constructor(functions: Functions) {
    this.dialect = { mode: 'strict', functions };
  }

  compile(source: string): Compiled {
    return remember(this.#strict, source, () => compileExpression(source, this.dialect));
  }

  /** For columns and summaries over half-filled data: an unknown value is null instead of an error. */
  tolerant(source: string): Compiled {
    return remember(this.#tolerant, source, () => compileExpression(source, { ...this.dialect, mode: 'tolerant' }));
  }

  /**
   * What `use` makes of an expression that an author tries, over half-filled data; or in words what is wrong with it. It runs where everybody is
   * served, and nobody has agreed to it yet: `spend` ends it when it takes too long.
   */
  tried<T>(source: string, use: (compiled: Compiled, spend: Spend) => T): { used: T } | { wrong: string } {
    try {
      return { used: use(compileExpression(source, { ...this.dialect, mode: 'tolerant' }), patience(source)) };
    } catch (error) {
      if (error instanceof FeelError) return { wrong: error.message };
      throw error;
    }
  }

  /** A text with `{= … }` placeholders. */
  template(source: string): Template {
    return remember(this.#templates, source, () => compileTemplate(source, this.dialect));
  }
}

function remember<T>(cache: Map<string, T>, source: string, make: () => T): T {
  let made = cache.get(source);
  if (!made) {
    if (cache.size >= MOST_TEXTS) cache.clear();
    made = make();
    cache.set(source, made);
  }
  return made;
}

/** Person ids that an expression yields: one id, a list, contexts with an `id`; duplicates and unknown people dropped. */
export function peopleIn(value: unknown, directory: Directory): string[] {
  const found: string[] = [];
  const add = (entry: unknown): void => {
    if (Array.isArray(entry)) for (const inner of entry) add(inner);
    else if (typeof entry === 'string') {
      if (directory.people.get(entry)?.active && !found.includes(entry)) found.push(entry);
    } else if (entry && typeof entry === 'object' && 'id' in entry) add((entry as { id: unknown }).id);
  };
  add(value);
  return found;
}

/** `held`: the post he is seen in; that of today unless another is given. */
function personContext(person: Person | undefined, directory: Directory, held?: Post | null): Value {
  if (!person) return null;
  const post = held === undefined ? person.posts[0] : held;
  return {
    ...(person.attributes as Record<string, Value>),
    id: person.id,
    name: person.name,
    unit: post?.unit ?? null,
    unitName: directory.units.get(post?.unit ?? '')?.name ?? null,
    post: post?.title ?? null,
    roles: post ? [...post.roles] : [],
  };
}

function unitContext(unit: Unit | undefined): Value {
  if (!unit) return null;
  return {
    ...(unit.attributes as Record<string, Value>),
    id: unit.id,
    name: unit.name,
    shortName: unit.shortName,
    kind: unit.kind,
    level: unit.level,
    parent: unit.parent,
  };
}

/** Where `reached` keeps who has done something in the case; no node can have this id. */
export const TOOK_PART = 'case/took-part';
/** The same of the case it came from, as it was then. */
export const TOOK_PART_BEFORE = 'case/took-part-before';

const everAt = (node: ReachedNode | undefined): readonly string[] => [...(node?.ever ?? []), ...(node?.by ?? [])];

/** Everybody who has done something in a case, by what it has passed through. */
export const tookPart = (reached: Readonly<Record<string, ReachedNode>>): string[] => [
  ...new Set(Object.entries(reached).flatMap(([node, at]) => (node === TOOK_PART_BEFORE ? [] : everAt(at)))),
];

function inCharge(area: string, directory: Directory): string[] {
  const found: string[] = [];
  for (const person of directory.people.values()) {
    if (!person.active) continue;
    const areas = person.posts.flatMap((post) => [
      ...texts(post.attributes.chargeAreas as Value),
      ...texts(post.attributes.contactUnits as Value),
    ]);
    if (areas.includes(area)) found.push(person.id);
  }
  return found;
}
