/**
 * Owns the types of what is put into the cases of a process: the forms filled in it, what its services, calls and actions give. Types of outputs
 * depend on one another; they are inferred until nothing changes.
 */ import { join } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { ANY, contextOf, idOf, listOf, NULL, NUMBER, oneOf, STRING, sameType, type Type } from '@ganwei/feel/type';
import type { Binding, ProcessModel, ProcessNode } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { withNames } from './environment.ts';
import { dataNames } from './filled.ts';
import { formType } from './forms.ts';
import { NOTHING_KNOWN, type Others } from './others.ts';
import { statusesOf, surroundings } from './platform.ts';
import { serviceResult } from './services.ts';

/** What an entry of a form filled by several people has besides the form's fields. */
const LISTED: readonly (readonly [string, Type])[] = [
  ['by', idOf('person')],
  ['byName', STRING],
  ['at', NUMBER],
  ['comment', STRING],
];

const MOST_ROUNDS = 8;

/** Types of all data of a process. `always`: the names that its expressions may use besides. */
export function dataTypes(
  release: Release,
  key: string,
  model: ProcessModel,
  others: Others,
  always: ReadonlyMap<string, Type>,
): Map<string, Type> {
  const around = surroundings(release, key);
  const forms = filledTypes(release, model, others);
  // What is put into the case begins as nothing and grows: an output that refers to itself says what the others put there.
  let known: Map<string, Type> = new Map(dataNames(model).map((name) => [name, forms.get(name) ?? NULL] as const));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const environment = { ...around, names: new Map([...always, ...known]) };
    const next = new Map(forms);
    for (const { path, type } of outputWritings(release, model, environment, others)) putAt(next, path, type);
    const settled = [...next].every(([name, type]) => sameType(known.get(name), type));
    known = next;
    if (settled) break;
  }
  return known;
}

/** Values of the forms by the name they are kept under. */
function filledTypes(release: Release, model: ProcessModel, others: Pick<Others, 'message'>): Map<string, Type> {
  const types = new Map<string, Type>([['messages', messagesType(model, others)]]);
  const add = (name: string, type: Type): void => {
    const before = types.get(name);
    types.set(name, before ? join(before, type) : type);
  };
  for (const { start, task } of model.nodes.values()) {
    const form = start?.form ?? task?.form ?? '';
    const type = release.isCompiled('form', form) ? formType(release, form) : ANY;
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

const messagesType = (model: ProcessModel, others: Pick<Others, 'message'>): Type =>
  contextOf(
    [...model.nodes.values()].flatMap(({ id, message }) =>
      message ? [[id, others.message(message.name)] as const] : [],
    ),
  );

/** A place that puts a value into the case. */
export interface Written {
  readonly element: string;
  readonly path: readonly string[];
  readonly type: Type;
  /** key of the form that is filled in there */
  readonly form?: string;
}

/**
 * Everything that is put into a case of the process: filled forms first, then outputs in the order of the drawing. `environment`: what its
 * expressions see everywhere.
 */
export function writings(release: Release, model: ProcessModel, environment: Environment, others: Others): Written[] {
  const filled = [...model.nodes.values()].flatMap(({ id, start, task }): Written[] => {
    const settings = start ?? task;
    if (!settings?.form) return [];
    const type = release.isCompiled('form', settings.form) ? formType(release, settings.form) : ANY;
    return [{ element: id, path: [settings.as], form: settings.form, type: task?.list ? listOf(type) : type }];
  });
  return [...filled, ...outputWritings(release, model, environment, others)];
}

function outputWritings(release: Release, model: ProcessModel, environment: Environment, others: Others): Written[] {
  const written: Written[] = [];
  const put = (element: string, outputs: readonly Binding[], result: Type): void => {
    const inside = withNames(environment, [['result', result]]);
    for (const { name, value } of outputs) {
      written.push({ element, path: name.split('.'), type: inferred(release, value, inside) });
    }
  };
  for (const node of model.nodes.values()) {
    if (node.service?.outputs.length)
      put(node.id, node.service.outputs, serviceResult(release, node.service, environment, others));
    if (node.call?.outputs.length) put(node.id, node.call.outputs, callResult(release, node));
  }
  for (const action of model.case.actions)
    if (action.outputs.length) put(action.key, action.outputs, endedType(release, action.process));
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
  const filled = child && filledTypes(release.asSeenBy('process', process), child.model, NOTHING_KNOWN);
  const values = filled
    ? contextOf(dataNames(child.model).map((name) => [name, filled.get(name) ?? ANY] as const))
    : ANY;
  return contextOf([
    ['id', idOf('case')],
    ['number', STRING],
    ['status', child ? statusesOf(child.model) : STRING],
    ['values', values],
    ['index', NUMBER],
  ]);
}
