/**
 * Owns the names that signatures speak of (role, relation, decision key …) and what functions of the platform say more exactly when an
 * argument is written out: `outcome of("review")` is one of the outcomes of that step.
 */
import type { Environment, Refinement } from '@ganwei/feel/infer/infer';
import {
  ANY,
  BOOLEAN,
  contextOf,
  idOf,
  listOf,
  type NamedTypes,
  oneOf,
  parseType,
  STRING,
  sameType,
  type Type,
} from '@ganwei/feel/type';
import type { ProcessModel } from '@ganwei/process/model';
import { KIND_NAMES, type Kind } from '../definition.ts';
import type { DirectoryAttribute, DirectoryWords } from '../directory.ts';
import type { Question } from '../memory.ts';
import { type Release, split } from '../release.ts';
import type { Dictionary } from '../tables.ts';
import { dictionaryType } from './dictionaries.ts';
import { namesUsed } from './uses.ts';

const NAMED: Question<Type | undefined> = { name: 'named', about: 'view', answer: namedType, same: sameType };

/** The names that signatures speak of. */
export const namedTypes = (release: Release): NamedTypes => ({ get: (name) => release.ask(NAMED, name) });

function namedType(release: Release, name: string): Type | undefined {
  const kind = /^(\w+) key$/.exec(name)?.[1] as Kind | undefined;
  if (name === 'ledger key') return oneOf([...release.keys('ledger'), ...namesUsed(release, 'record key')], '台账');
  if (name === 'node')
    return oneOf(
      release.keys('process').flatMap((key) => stepsOf(release, key)),
      '流程的步骤',
    );
  if (name === 'record key' || name === 'message name') return STRING;
  if (kind && kind in KIND_NAMES) return oneOf(release.keys(kind), KIND_NAMES[kind]);
  return new Map(directoryTypes(release.directory)).get(name);
}

/** What is around the names of an expression: what signatures speak of, and what functions say more exactly; of a process, its own words too. */
export function surroundings(release: Release, process?: string): Pick<Environment, 'named' | 'refine'> {
  const refine = refinements(release, process);
  if (process === undefined) return { named: namedTypes(release), refine };
  return { named: { get: (name) => release.ask(WORDS, `${name} ${process}`) ?? release.ask(NAMED, name) }, refine };
}

/** Steps (and actions) that `reached(…)` may speak of in a process, and its statuses. Outside of one, the steps of all processes are meant. */
const WORDS: Question<Type | undefined> = {
  name: 'words',
  about: 'process',
  same: sameType,
  answer(release, id) {
    const [name, process] = split(id);
    const model = name === 'node' || name === 'status' ? release.process(process)?.model : undefined;
    if (!model) return undefined;
    return name === 'status' ? statusesOf(model) : oneOf(stepsOf(release, process), '流程的步骤');
  },
};

/** What a case of this process may have passed: its nodes, and the actions on it. */
function stepsOf(release: Release, process: string): string[] {
  const model = release.process(process)?.model;
  return model ? [...model.nodes.keys(), ...model.case.actions.map(({ key }) => key)] : [];
}

export const statusesOf = (model: ProcessModel): Type => keysType(model.case.statuses, '流程的状态');

export const startsOf = (model: ProcessModel): Type =>
  oneOf(
    [...model.nodes.values()].filter(({ kind }) => kind === 'start').map(({ id }) => id),
    '开始事件',
  );

/** Records of people and units, and the words for roles, kinds and relations; anything goes when the release has no words. */
function directoryTypes(words: DirectoryWords | undefined): [string, Type][] {
  if (!words) return [];
  const kind = keysType(words.unitKinds, '单位类别');
  const unit = contextOf([
    ['id', idOf('unit')],
    ['name', STRING],
    ['shortName', STRING],
    ['kind', kind],
    ['level', keysType(words.levels, '单位层级')],
    ['parent', idOf('unit')],
    ...attributesOf(words.unitAttributes),
  ]);
  const person = contextOf([
    ['id', idOf('person')],
    ['name', STRING],
    ['unit', idOf('unit')],
    ['unitName', STRING],
    ['post', STRING],
    ['roles', listOf(keysType(words.roles, '角色'))],
    ...attributesOf(words.personAttributes),
  ]);
  return [
    ['role', keysType(words.roles, '角色')],
    ['relation', keysType(words.relations, '单位关系')],
    ['unit kind', kind],
    ['unit attribute', keysType(words.unitAttributes, '单位属性')],
    ['person attribute', keysType(words.personAttributes, '人员属性')],
    ['unit record', unit],
    ['person record', person],
  ];
}

const attributesOf = (attributes: readonly DirectoryAttribute[]): [string, Type][] =>
  attributes.map((attribute) => [attribute.key, attributeType(attribute)]);

function attributeType({ title, type, values }: DirectoryAttribute): Type {
  return values && type === 'string' ? oneOf(values, `「${title}」`) : parseType(type);
}

/** The person who acts, as every expression sees him. */
export function actorType(release: Release): Type {
  const role = release.directory ? keysType(release.directory.roles, '角色') : STRING;
  return contextOf([
    ['id', idOf('person')],
    ['name', STRING],
    ['unit', idOf('unit')],
    ['unitName', STRING],
    ['post', STRING],
    ['units', listOf(idOf('unit'))],
    [
      'roles',
      listOf(
        contextOf([
          ['unit', idOf('unit')],
          ['role', role],
        ]),
      ),
    ],
    ['duties', listOf(oneOf(['system-admin', 'security-admin', 'audit-admin', 'business-admin'], '平台职责'))],
  ]);
}

/** What platform functions say more exactly of literal arguments. `process`: the one they are called in. */
function refinements(release: Release, process: string | undefined): Map<string, Refinement> {
  return new Map<string, Refinement>([
    ['inherited', ([, name]) => ({ result: unitAttribute(release, name) })],
    [
      'outcome of',
      ([node]) => ({ result: (process && node && release.ask(OUTCOMES, `${node} ${process}`)) || STRING }),
    ],
    ['dictionary label', ([key]) => ({ parameters: [undefined, codesOf(release, key)] })],
    ['dictionary', ([key]) => ({ result: listOf(entryType(release, key)) })],
  ]);
}

function unitAttribute(release: Release, name: string | undefined): Type {
  const attribute = release.directory?.unitAttributes.find(({ key }) => key === name);
  return attribute ? attributeType(attribute) : ANY;
}

const codesOf = (release: Release, key: string | undefined): Type =>
  listOf(key === undefined ? STRING : dictionaryType(release, key));

/** An entry as `dictionary(…)` gives it: code, label, note and its attributes. */
function entryType(release: Release, key: string | undefined): Type {
  const dictionary = release.dictionary(key ?? '');
  if (!dictionary)
    return contextOf(
      [
        ['code', STRING],
        ['label', STRING],
      ],
      true,
    );
  const names = new Set(dictionary.items.flatMap(({ attributes }) => Object.keys(attributes)));
  return contextOf([
    ['code', dictionaryType(release, dictionary.dictionary)],
    ['label', STRING],
    ['active', BOOLEAN],
    ['note', STRING],
    ['attributes', contextOf([...names].map((name) => [name, valuesType(dictionary, name)] as const))],
  ]);
}

/** An attribute of entries: one of the texts that stand there, or of any type. */
function valuesType({ title, items }: Dictionary, name: string): Type {
  const values = items.flatMap(({ attributes }) => attributes[name] ?? []);
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === values.length ? oneOf(texts, `字典「${title}」的「${name}」`) : ANY;
}

/** Keys of the outcomes of a user task, or the statuses with which the process attached by an action may end. */
const OUTCOMES: Question<Type | undefined> = {
  name: 'outcomes',
  about: 'process',
  same: sameType,
  answer(release, id) {
    const [node = '', process] = split(id);
    const model = release.process(process)?.model;
    const { name, task } = model?.nodes.get(node) ?? {};
    if (task) return keysType(task.outcomes, `「${name}」的办理选项`);
    const action = model?.case.actions.find(({ key }) => key === node);
    const attached = action && release.process(action.process)?.model;
    return attached && keysType(attached.case.statuses, `「${attached.name}」的状态`);
  },
};

/** Keys of entries that have names for people: `label` of outcomes and statuses, `title` of words of the directory. */
const keysType = (entries: readonly { key: string; label?: string; title?: string }[], of: string): Type => {
  const labels = new Map(entries.map(({ key, label, title }) => [key, label ?? title ?? key]));
  return oneOf(labels.keys(), of, labels);
};
