/**
 * Owns what is known of the processes of a release and of what they give to one another. Each is looked at twice: by itself, which is enough
 * to say what it sends and writes; then with what the others, by themselves, give to it. So no answer depends on who is asked first.
 * Rule: [REL60].
 */
import { join, widened } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { contextOf, NULL, sameType, type Type } from '@ganwei/feel/type';
import type { Question } from '../memory.ts';
import { type Release, split } from '../release.ts';
import { inputOfType } from './inputs.ts';
import { ledgerRowType } from './ledgers.ts';
import { ANYTHING, NOTHING_KNOWN, type Others } from './others.ts';
import { surroundings } from './platform.ts';
import { type CaseNames, caseNames, type NodeNames, namesAt, sameNames, sameNodeNames } from './process.ts';
import { usesOf } from './uses.ts';

/** What is known of a process, and of each node: `node process`. */
interface Knowledge {
  readonly names: Question<CaseNames | undefined>;
  readonly begins: Question<NodeNames | undefined>;
  readonly left: Question<NodeNames | undefined>;
}

function knowledge(name: string, find: (release: Release, key: string) => CaseNames | undefined): Knowledge {
  const names: Knowledge['names'] = { name: `names ${name}`, about: 'process', answer: find, same: sameNames };
  const at = (left: boolean): Question<NodeNames | undefined> => ({
    name: `names ${left ? 'after' : 'at'} ${name}`,
    about: 'process',
    same: sameNodeNames,
    answer(release, id) {
      const [node = '', key] = split(id);
      const [process, all] = [release.process(key), release.ask(names, key)];
      return process && all && namesAt(process.model, all, node, left);
    },
  });
  return { names, begins: at(false), left: at(true) };
}

function namesOf(release: Release, key: string, others: Others): CaseNames | undefined {
  const process = release.process(key);
  return process && caseNames(release, key, process.model, others);
}

const ITSELF = knowledge('by itself', (release, key) => namesOf(release, key, byItself(release)));

const WHOLE = knowledge('of all', (release, key) =>
  takesFromOthers(release, key) ? namesOf(release, key, byThemselves(release)) : release.ask(ITSELF.names, key),
);

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

/** What the expressions of a process may use; undefined where there is none. */
export const scopeOf = (release: Release, key: string): ProcessScope | undefined => scopeBy(release, key, WHOLE);

/** Each place asks for itself alone: who uses one node's names does not depend on all others. */
function scopeBy(release: Release, key: string, { names, begins, left }: Knowledge): ProcessScope | undefined {
  if (!release.isCompiled('process', key)) return undefined;
  const around = surroundings(release, key);
  const nothing = { names: new Map<string, Type>() };
  const whole = (): CaseNames | undefined => release.ask(names, key);
  return {
    get running() {
      const { always = [], data = [] } = whole() ?? {};
      return { ...around, names: new Map([...always, ...data]) };
    },
    get starting() {
      return { ...around, names: whole()?.starting ?? nothing.names };
    },
    at: (node) => ({ ...around, ...(release.ask(begins, `${node} ${key}`) ?? nothing) }),
    after: (node) => ({ ...around, ...(release.ask(left, `${node} ${key}`) ?? nothing) }),
  };
}

/** Does the process take messages, or look into books? If not, others give it nothing. */
function takesFromOthers(release: Release, key: string): boolean {
  const nodes = [...(release.process(key)?.model.nodes.values() ?? [])];
  return nodes.some(
    ({ message, service }) => message || (service && inputOfType(release, service, 'ledger key') !== undefined),
  );
}

const given = (release: Release): Pick<Others, 'message' | 'record'> => ({
  message: (name) => release.ask(MESSAGE, name),
  record: (book) => release.ask(RECORD, book),
});

/** What a process knows that is looked at by itself. */
const byItself = (release: Release): Others => ({
  ...NOTHING_KNOWN,
  row: (ledger) => release.ask(ROW_BY_ITSELF, ledger),
});

/** What all know by themselves. */
const byThemselves = (release: Release): Others => ({
  running: (key) => scopeBy(release, key, ITSELF)?.running,
  ...given(release),
  row: (ledger) => release.ask(ROW_BY_THEMSELVES, ledger),
});

/** All that is known: for whoever checks. */
export const known = (release: Release): Others => ({
  running: (key): Environment | undefined => scopeOf(release, key)?.running,
  ...given(release),
  row: (ledger) => release.ask(ROW_OF_ALL, ledger),
});

/** Searches of many steps look into the same few ledgers, whose every column is inferred. */
const rowQuestion = (name: string, others: (release: Release) => Others): Question<Type> => ({
  name: `row ${name}`,
  about: 'view',
  answer: (release, ledger) => ledgerRowType(release, ledger, others(release)),
  same: sameType,
});
const ROW_BY_ITSELF = rowQuestion('by itself', byItself);
const ROW_BY_THEMSELVES = rowQuestion('by themselves', byThemselves);
const ROW_OF_ALL = rowQuestion('of all', known);

const MESSAGE: Question<Type> = {
  name: 'message',
  answer: (release, name) => givenAs(release, 'message name', name, 'payload'),
  same: sameType,
};

const RECORD: Question<Type> = {
  name: 'record',
  answer: (release, name) => givenAs(release, 'record key', name, 'values'),
  same: sameType,
};

/**
 * The joined types of `input` of all service tasks that name this message or book in their input of type `names`, with what their input `each`
 * adds to it.
 */
function givenAs(release: Release, names: string, name: string, input: string): Type {
  let whole: Type = NULL;
  for (const { process, node } of usesOf(release, names, name)) {
    const scope = scopeBy(release, process, ITSELF);
    const inputs = release.process(process)?.model.nodes.get(node)?.service?.inputs ?? [];
    const typeOf = (name: string): Type | undefined => {
      const value = inputs.find((one) => one.name === name)?.value;
      return value === undefined
        ? contextOf([])
        : scope && inferExpression(value, release.language, scope.at(node)).type;
    };
    const type = typeOf(input);
    const each = typeOf('each');
    const more = each?.kind === 'list' ? each.item : each;
    if (type?.kind !== 'context' || more?.kind !== 'context') return ANYTHING;
    whole = join(whole, widened(contextOf([...type.members, ...more.members], type.open || more.open)));
  }
  return whole.kind === 'context' ? whole : ANYTHING;
}
