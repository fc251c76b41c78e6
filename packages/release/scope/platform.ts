/**
 * Owns the names that signatures speak of (role, relation, decision key …) and what functions of the platform say more exactly when an
 * argument is written out: `outcome of("review")` is one of the outcomes of that step.
 */
import type { Refinement } from '@ganwei/feel/infer/infer';
import { ANY, BOOLEAN, contextOf, idOf, listOf, oneOf, parseType, STRING, type Type } from '@ganwei/feel/type';
import type { ProcessModel } from '@ganwei/process/model';
import { KIND_NAMES, type Kind } from '../definition.ts';
import type { DirectoryAttribute, DirectoryWords } from '../directory.ts';
import type { Release } from '../release.ts';
import type { Dictionary } from '../tables.ts';
import { dictionaryType } from './dictionaries.ts';
import { inputOfType } from './inputs.ts';

const known = new WeakMap<Release, ReadonlyMap<string, Type>>();

/** Named types of a release; `node` and `status` are added for a process. */
export function namedTypes(release: Release): ReadonlyMap<string, Type> {
  const named = known.get(release) ?? newNamedTypes(release);
  known.set(release, named);
  return named;
}

function newNamedTypes(release: Release): Map<string, Type> {
  const named = new Map<string, Type>();
  for (const kind of ['form', 'process', 'decision', 'letter', 'dictionary'] as const) {
    named.set(`${kind} key`, keysOf(release, kind));
  }
  named.set('ledger key', oneOf([...release.keys('ledger'), ...recordNames(release)], '台账'));
  named.set('record key', STRING);
  named.set('message name', STRING);
  for (const [name, type] of directoryTypes(release.directory)) named.set(name, type);
  return named;
}

const keysOf = (release: Release, kind: Kind): Type => oneOf(release.keys(kind), KIND_NAMES[kind]);

/** Books that services write records into; records need no ledger that shows them. */
export function recordNames(release: Release): Set<string> {
  const names = new Set<string>();
  for (const key of release.keys('process')) {
    for (const { service } of release.process(key)?.model.nodes.values() ?? []) {
      const name = service && inputOfType(release, service, 'record key');
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}

/** Records of people and units, and the words for roles, kinds and relations; anything goes when the release has no words. */
function directoryTypes(words: DirectoryWords | undefined): [string, Type][] {
  if (!words) return [];
  const kind = wordsType(words.unitKinds, '单位类别');
  const unit = contextOf([
    ['id', idOf('unit')],
    ['name', STRING],
    ['shortName', STRING],
    ['kind', kind],
    ['level', wordsType(words.levels, '单位层级')],
    ['parent', idOf('unit')],
    ...attributesOf(words.unitAttributes),
  ]);
  const person = contextOf([
    ['id', idOf('person')],
    ['name', STRING],
    ['unit', idOf('unit')],
    ['unitName', STRING],
    ['post', STRING],
    ['roles', listOf(wordsType(words.roles, '角色'))],
    ...attributesOf(words.personAttributes),
  ]);
  return [
    ['role', wordsType(words.roles, '角色')],
    ['relation', wordsType(words.relations, '单位关系')],
    ['unit kind', kind],
    [
      'unit attribute',
      oneOf(
        words.unitAttributes.map(({ key }) => key),
        '单位属性',
      ),
    ],
    [
      'person attribute',
      oneOf(
        words.personAttributes.map(({ key }) => key),
        '人员属性',
      ),
    ],
    ['unit record', unit],
    ['person record', person],
  ];
}

const wordsType = (words: readonly { key: string }[], of: string): Type =>
  oneOf(
    words.map(({ key }) => key),
    of,
  );

const attributesOf = (attributes: readonly DirectoryAttribute[]): [string, Type][] =>
  attributes.map((attribute) => [attribute.key, attributeType(attribute)]);

function attributeType({ title, type, values }: DirectoryAttribute): Type {
  return values && type === 'string' ? oneOf(values, `「${title}」`) : parseType(type);
}

/** The person who acts, as every expression sees him. */
export function actorType(release: Release): Type {
  const role = release.directory ? wordsType(release.directory.roles, '角色') : STRING;
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

/** What platform functions say more exactly of literal arguments. `model`: the process they are called in. */
export function refinements(release: Release, model?: ProcessModel): Map<string, Refinement> {
  const attributes = new Map(release.directory?.unitAttributes.map((one) => [one.key, attributeType(one)]));
  return new Map<string, Refinement>([
    ['inherited', ([, name]) => ({ result: attributes.get(name ?? '') ?? ANY })],
    ['outcome of', ([node]) => ({ result: (model && node && outcomesOf(release, model, node)) || STRING })],
    ['dictionary label', ([key]) => ({ parameters: [undefined, codesOf(release, key)] })],
    ['dictionary', ([key]) => ({ result: listOf(entryType(release, key)) })],
  ]);
}

const codesOf = (release: Release, key: string | undefined): Type =>
  listOf(key === undefined ? STRING : dictionaryType(key, release.dictionaries));

/** An entry as `dictionary(…)` gives it: code, label, note and its attributes. */
function entryType(release: Release, key: string | undefined): Type {
  const dictionary = release.dictionaries.get(key ?? '');
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
    ['code', dictionaryType(dictionary.dictionary, release.dictionaries)],
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
export function outcomesOf(release: Release, model: ProcessModel, node: string): Type | undefined {
  const { name, task } = model.nodes.get(node) ?? {};
  if (task)
    return oneOf(
      task.outcomes.map(({ key }) => key),
      `「${name}」的办理选项`,
    );
  const action = model.case.actions.find(({ key }) => key === node);
  const attached = action && release.process(action.process);
  return (
    attached &&
    oneOf(
      attached.model.case.statuses.map(({ key }) => key),
      `「${attached.model.name}」的状态`,
    )
  );
}
