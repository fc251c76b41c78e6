/**
 * Owns what the expressions of a process may use, with types: the forms filled in it, what its services, calls and actions put into the
 * case, and the names every case has. Types of outputs depend on one another; they are inferred until nothing changes.
 */
import { join } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import {
  ANY,
  contextOf,
  DATE,
  idOf,
  listOf,
  NULL,
  NUMBER,
  oneOf,
  parseType,
  STRING,
  type Type,
} from '@ganwei/feel/type';
import type { Binding, ProcessModel, ProcessNode } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { withNames } from './environment.ts';
import { dataNames, filledBy, fillings, ownList } from './filled.ts';
import { formType } from './forms.ts';
import { actorType, namedTypes, refinements } from './platform.ts';
import { serviceResult } from './services.ts';

/** Names that every expression over a case may use besides the case's data. */
export const CASE_NAMES = ['case', 'parent', 'actor', 'outcome', 'today'] as const;

export interface ProcessScope {
  /** everywhere in a running case */
  readonly running: Environment;
  /** where it is decided who may start, and in start forms: there is no case yet */
  readonly starting: Environment;
  /** when a node begins: `outcome` is one of the step that leads there; names that no way can have filled are absent, names that only some fill unsure */
  at(node: string): Environment;
  /** when a node has been left: what it fills is there as well */
  after(node: string): Environment;
}

const ownFillings = ({ nodes }: ProcessModel, id: string): string[] => {
  const node = nodes.get(id);
  return node ? filledBy(node) : [];
};

/** Environments are large, and asked for by every check. */
function once(make: (node: string) => Environment): (node: string) => Environment {
  const made = new Map<string, Environment>();
  return (node) => {
    const environment = made.get(node) ?? make(node);
    made.set(node, environment);
    return environment;
  };
}

export function processScope(release: Release, model: ProcessModel): ProcessScope {
  const named = new Map([...namedTypes(release), ...wordsOf(model)]);
  const refine = refinements(release, model);
  const always = alwaysNames(release, model);
  const data = dataTypes(release, model, (names) => ({ names: new Map([...always, ...names]), named, refine }));
  const running: Environment = { names: new Map([...always, ...data]), named, refine };
  const starting: Environment = { names: startNames(release, model), named, refine };
  const filled = fillings(model);
  const within = (node: string, own: readonly string[]): Environment => {
    const { there, absent, unsure } = filled(node, own);
    const known = [...running.names].filter(([name]) => !data.has(name) || there.has(name));
    const names = new Map([...known, ['outcome', outcomesBefore(model, node)] as const]);
    return { ...running, names, absent, unsure };
  };
  return {
    running,
    starting,
    at: once((node) => within(node, ownList(model, node))),
    after: once((node) => within(node, ownFillings(model, node))),
  };
}

// ---- names of every case ---------------------------------------------------------------------------------------------

/** Steps (and actions) that `reached(…)` may speak of, and the statuses of this process. */
const wordsOf = (model: ProcessModel): [string, Type][] => [
  ['node', oneOf([...model.nodes.keys(), ...model.case.actions.map(({ key }) => key)], '流程的步骤')],
  ['status', statusesOf(model)],
];

const statusesOf = (model: ProcessModel): Type =>
  oneOf(
    model.case.statuses.map(({ key }) => key),
    '流程的状态',
  );

const startsOf = (model: ProcessModel): Type =>
  oneOf(
    [...model.nodes.values()].filter(({ kind }) => kind === 'start').map(({ id }) => id),
    '开始事件',
  );

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
  const keys = new Set<string>();
  const steps: string[] = [];
  const seen = new Set([node]);
  for (const id of seen) {
    const at = model.nodes.get(id);
    if (id !== node && at?.task) {
      for (const { key } of at.task.outcomes) keys.add(key);
      steps.push(at.name);
      continue;
    }
    for (const flow of model.flows.values()) if (flow.target === id) seen.add(flow.source);
    if (at?.kind === 'start' && at.parent) seen.add(at.parent);
    if (at?.kind === 'subprocess' && id !== node) for (const end of endsIn(model, id)) seen.add(end);
  }
  return keys.size === 0 ? STRING : oneOf(keys, `「${steps.slice(0, 3).join('」「')}」的办理选项`);
}

const endsIn = (model: ProcessModel, parent: string): string[] =>
  [...model.nodes.values()].filter((node) => node.parent === parent && node.kind === 'end').map(({ id }) => id);

// ---- data of the case ------------------------------------------------------------------------------------------------

/** What an entry of a form filled by several people has besides the form's fields. */
const LISTED: readonly (readonly [string, Type])[] = [
  ['by', idOf('person')],
  ['byName', STRING],
  ['at', NUMBER],
  ['comment', STRING],
];

const MOST_ROUNDS = 8;

function dataTypes(
  release: Release,
  model: ProcessModel,
  environment: (names: ReadonlyMap<string, Type>) => Environment,
): Map<string, Type> {
  const forms = filledTypes(release, model);
  // What is put into the case begins as nothing and grows: an output that refers to itself says what the others put there.
  let known: Map<string, Type> = new Map(dataNames(model).map((name) => [name, forms.get(name) ?? NULL] as const));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = outputTypes(release, model, forms, environment(known));
    const settled = [...next].every(([name, type]) => same(known.get(name), type));
    known = next;
    if (settled) break;
  }
  return known;
}

const same = (a: Type | undefined, b: Type): boolean =>
  a !== undefined && JSON.stringify(a, plain) === JSON.stringify(b, plain);
const plain = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);

/** Values of the forms by the name they are kept under. */
function filledTypes(release: Release, model: ProcessModel): Map<string, Type> {
  const types = new Map<string, Type>([['messages', messagesType(release, model)]]);
  const add = (name: string, type: Type): void => {
    const before = types.get(name);
    types.set(name, before ? join(before, type) : type);
  };
  for (const { start, task } of model.nodes.values()) {
    const form = release.form(start?.form ?? task?.form ?? '');
    const type = form ? formType(form, release) : ANY;
    if (start?.form) add(start.as, type);
    if (task?.form) add(task.as, task.list ? listOf(listedType(type, task.outcomes)) : type);
  }
  return types;
}

function listedType(form: Type, outcomes: readonly { key: string }[]): Type {
  if (form.kind !== 'context') return ANY;
  const outcome = oneOf(
    outcomes.map(({ key }) => key),
    '办理选项',
  );
  return contextOf([...form.members, ...LISTED, ['outcome', outcome] as const]);
}

const messagesType = (release: Release, model: ProcessModel): Type =>
  contextOf(
    [...model.nodes.values()].flatMap(({ id, message }) =>
      message ? [[id, release.given.message(message.name)] as const] : [],
    ),
  );

function outputTypes(
  release: Release,
  model: ProcessModel,
  forms: ReadonlyMap<string, Type>,
  environment: Environment,
): Map<string, Type> {
  const types = new Map(forms);
  for (const { path, type } of outputWritings(release, model, environment)) putAt(types, path, type);
  return types;
}

/** A place that puts a value into the case. */
export interface Written {
  readonly element: string;
  readonly path: readonly string[];
  readonly type: Type;
  /** key of the form that is filled in there */
  readonly form?: string;
}

/** Everything that is put into a case of the process: filled forms first, then outputs in the order of the drawing. */
export function writings(release: Release, model: ProcessModel): Written[] {
  const filled = [...model.nodes.values()].flatMap(({ id, start, task }): Written[] => {
    const settings = start ?? task;
    const form = release.form(settings?.form ?? '');
    if (!settings?.form) return [];
    const type = form ? formType(form, release) : ANY;
    return [{ element: id, path: [settings.as], form: settings.form, type: task?.list ? listOf(type) : type }];
  });
  const environment = release.scope(model.id)?.running;
  return environment ? [...filled, ...outputWritings(release, model, environment)] : filled;
}

function outputWritings(release: Release, model: ProcessModel, environment: Environment): Written[] {
  const written: Written[] = [];
  const put = (element: string, outputs: readonly Binding[], result: Type): void => {
    const inside = withNames(environment, [['result', result]]);
    for (const { name, value } of outputs) {
      written.push({ element, path: name.split('.'), type: inferred(release, value, inside) });
    }
  };
  for (const node of model.nodes.values()) {
    if (node.service) put(node.id, node.service.outputs, serviceResult(release, node.service, environment));
    if (node.call) put(node.id, node.call.outputs, callResult(release, node));
  }
  for (const action of model.case.actions) put(action.key, action.outputs, endedType(release, action.process));
  return written;
}

/** The type of an expression; of a wrong one nothing is known, its own place reports it. */
const inferred = (release: Release, source: string, environment: Environment): Type =>
  inferExpression(source, release.language, environment).type;

function putAt(types: Map<string, Type>, [name = '', ...path]: readonly string[], type: Type): void {
  const before = types.get(name);
  const whole = path.length === 0 ? (before ? join(before, type) : type) : withPath(before, path, type);
  types.set(name, whole);
}

function withPath(base: Type | undefined, [head = '', ...rest]: readonly string[], type: Type): Type {
  if (base && base.kind !== 'context' && base.kind !== 'null') return ANY;
  const members = new Map(base?.kind === 'context' ? base.members : []);
  const before = members.get(head);
  members.set(head, rest.length > 0 ? withPath(before, rest, type) : before ? join(before, type) : type);
  return contextOf(members, base?.kind === 'context' && base.open);
}

// ---- results of calls ------------------------------------------------------------------------------------------------

/** What a call activity gives: the ended child, or a list of them. */
export function callResult(release: Release, { call }: ProcessNode): Type {
  const ended = endedType(release, call?.process ?? '');
  return call?.each ? listOf(ended) : ended;
}

/** What is known of a called or attached case when it has ended. Its data are typed as far as its forms go. */
export function endedType(release: Release, process: string): Type {
  const child = release.process(process);
  const values = child
    ? contextOf(
        dataNames(child.model).map((name) => [name, filledTypes(release, child.model).get(name) ?? ANY] as const),
      )
    : ANY;
  return contextOf([
    ['id', idOf('case')],
    ['number', STRING],
    ['status', child ? statusesOf(child.model) : STRING],
    ['values', values],
    ['index', NUMBER],
  ]);
}
