/**
 * Owns the names that the expressions of a process may use, with types: those that every case has, and which of its data are there at each
 * node. What is put into the case is typed in data.ts, what others give to it comes from known.ts.
 */
import { contextOf, DATE, idOf, oneOf, parseType, STRING, sameTypes, type Type } from '@ganwei/feel/type';
import type { ProcessModel } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { dataTypes } from './data.ts';
import { filledBy, fillingsOf, ownList } from './filled.ts';
import type { Others } from './others.ts';
import { actorType, startsOf, statusesOf } from './platform.ts';

/** Names that every expression over a case may use besides the case's data. */
export const CASE_NAMES = ['case', 'parent', 'actor', 'outcome', 'today'] as const;

/** The names of a process with their types. */
export interface CaseNames {
  /** of every case */
  readonly always: ReadonlyMap<string, Type>;
  /** before there is a case */
  readonly starting: ReadonlyMap<string, Type>;
  /** the case's data: forms and outputs */
  readonly data: ReadonlyMap<string, Type>;
}

/** Types of all names, as far as others are known. */
export function caseNames(release: Release, key: string, model: ProcessModel, others: Others): CaseNames {
  const always = new Map(alwaysNames(release, model));
  const data = dataTypes(release, key, model, others, always);
  return { always, starting: startNames(release, model), data };
}

export const sameNames = (one: CaseNames | undefined, other: CaseNames | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    sameTypes(one.always, other.always) &&
    sameTypes(one.starting, other.starting) &&
    sameTypes(one.data, other.data));

/** What is there at one node. */
export interface NodeNames {
  readonly names: ReadonlyMap<string, Type>;
  /** names that no way can have filled, each with where it is filled */
  readonly absent: ReadonlyMap<string, string>;
  /** names that only some ways fill */
  readonly unsure: ReadonlySet<string>;
}

/** When a node begins, or when it has been left: then what it fills is there as well. */
export function namesAt(model: ProcessModel, { always, data }: CaseNames, node: string, left: boolean): NodeNames {
  const { there, absent, unsure } = fillingsOf(model)(node, left ? ownFillings(model, node) : ownList(model, node));
  const filled = [...data].filter(([name]) => there.has(name));
  return { names: new Map([...always, ...filled, ['outcome', outcomesBefore(model, node)]]), absent, unsure };
}

export const sameNodeNames = (one: NodeNames | undefined, other: NodeNames | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    sameTypes(one.names, other.names) &&
    sameEntries(one.absent, other.absent) &&
    sameEntries(new Map(one.unsure.entries()), new Map(other.unsure.entries())));

const sameEntries = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([name, words]) => other.get(name) === words);

const ownFillings = ({ nodes }: ProcessModel, id: string): string[] => {
  const node = nodes.get(id);
  return node ? filledBy(node) : [];
};

// ---- names of every case ---------------------------------------------------------------------------------------------

const PARENT = parseType(
  'context<id: case, number: string, title: string, process: string, status: string, starter: person, starterUnit: unit>',
);
const STATES = oneOf(['running', 'ended', 'withdrawn', 'suspended'], '件的状态');

function alwaysNames(release: Release, model: ProcessModel): [string, Type][] {
  const own = contextOf([
    ['id', idOf('case')],
    ['number', STRING],
    ['title', STRING],
    ['process', oneOf([model.id])],
    ['starter', idOf('person')],
    ['starterUnit', idOf('unit')],
    ['start', startsOf(model)],
    ['status', statusesOf(model)],
    ['state', STATES],
    ['startedOn', DATE],
    ['parent', idOf('case')],
  ]);
  return [
    ['case', own],
    ['parent', PARENT],
    ['actor', actorType(release)],
    ['outcome', STRING],
    ['today', DATE],
  ];
}

function startNames(release: Release, model: ProcessModel): Map<string, Type> {
  const own = contextOf([
    ['process', oneOf([model.id])],
    ['start', startsOf(model)],
    ['starter', idOf('person')],
    ['starterUnit', idOf('unit')],
  ]);
  return new Map([
    ['case', own],
    ['parent', PARENT],
    ['actor', actorType(release)],
    ['today', DATE],
  ]);
}

/** The outcomes with which a case may have come to a node: those of the last user tasks on the ways to it. */
function outcomesBefore(model: ProcessModel, node: string): Type {
  const before = waysInto(model);
  const labels = new Map<string, string>();
  const steps: string[] = [];
  const seen = new Set([node]);
  for (const id of seen) {
    const at = model.nodes.get(id);
    if (id !== node && at?.task) {
      for (const { key, label } of at.task.outcomes) labels.set(key, label);
      steps.push(at.name);
      continue;
    }
    for (const source of before.get(id)?.sources ?? []) seen.add(source);
    if (at?.kind === 'start' && at.parent) seen.add(at.parent);
    if (at?.kind === 'subprocess' && id !== node) for (const end of before.get(id)?.ends ?? []) seen.add(end);
  }
  return labels.size === 0 ? STRING : oneOf(labels.keys(), `「${steps.slice(0, 3).join('」「')}」的办理选项`, labels);
}

/** Where one comes from into a node, and the ends inside of it. */
interface Before {
  readonly sources: string[];
  readonly ends: string[];
}

const found = new WeakMap<ProcessModel, ReadonlyMap<string, Before>>();

/** A model is looked through once. */
function waysInto(model: ProcessModel): ReadonlyMap<string, Before> {
  const known = found.get(model);
  if (known) return known;
  const ways = new Map([...model.nodes.keys()].map((id): [string, Before] => [id, { sources: [], ends: [] }]));
  for (const { source, target } of model.flows.values()) ways.get(target)?.sources.push(source);
  for (const { id, kind, parent } of model.nodes.values()) if (kind === 'end') ways.get(parent ?? '')?.ends.push(id);
  found.set(model, ways);
  return ways;
}
