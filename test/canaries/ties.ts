/**
 * Owns what an account is to a case by the rows alone, without asking the rule book: who started it, has or had a step of it, is named in a field,
 * was sent a letter, holds a role. The groups of a table of readers are these. Rule: [READ1].
 */
import type { World } from '../commands/world.ts';
import { demoOrganisation } from '../commands/world.ts';
import type { Word } from './words.ts';

interface Row {
  [column: string]: unknown;
}

export interface CaseTies {
  id: string;
  flow: string;
  parent: string;
  starter: string;
  /** step -> who has or had it */
  steps: Map<string, Set<string>>;
  /** names under which open steps keep what is filled in */
  open: Set<string>;
  values: Map<string, unknown>;
  /** template -> whom it was sent to */
  letters: Map<string, Set<string>>;
  /** everybody whom any row of the case names */
  all: Set<string>;
}

export type Ties = ReadonlyMap<string, CaseTies>;

/** As the rows stand now. */
export async function tiesOf({ host }: World): Promise<Ties> {
  const { reader } = host.store;
  const ties = new Map<string, CaseTies>();
  for (const { id, process, parent_id, starter_id } of (await reader('cases')) as Row[])
    ties.set(String(id), {
      id: String(id),
      flow: String(process),
      parent: String(parent_id ?? ''),
      starter: String(starter_id),
      steps: new Map(),
      open: new Set(),
      values: new Map(),
      letters: new Map(),
      all: new Set([String(starter_id)]),
    });
  const add = (caseId: unknown, kind: 'steps' | 'letters', key: unknown, person: unknown): void => {
    const own = ties.get(String(caseId));
    if (!own || !person) return;
    const known = own[kind].get(String(key)) ?? new Set();
    own[kind].set(String(key), known.add(String(person)));
    own.all.add(String(person));
  };
  const tasks = new Map<unknown, Row>();
  for (const table of ['tasks', 'tasks_done']) for (const row of (await reader(table)) as Row[]) tasks.set(row.id, row);
  for (const table of ['work_items', 'work_done'])
    for (const row of (await reader(table)) as Row[])
      add(row.case_id, 'steps', tasks.get(row.task_id)?.node, row.state === 'waiting' ? '' : row.person_id);
  for (const row of (await reader('submissions')) as Row[]) add(row.case_id, 'steps', row.node, row.person_id);
  for (const row of (await reader('case_people')) as Row[])
    ties.get(String(row.case_id))?.all.add(String(row.person_id));
  for (const row of (await reader('case_values')) as Row[])
    ties.get(String(row.case_id))?.values.set(String(row.name), JSON.parse(String(row.value)));
  const letters = new Map(((await reader('letters')) as Row[]).map((row) => [row.id, row]));
  for (const row of (await reader('receipts')) as Row[]) {
    const letter = letters.get(row.letter_id);
    add(letter?.case_id, 'letters', letter?.template, row.person_id);
  }
  for (const row of (await reader('tasks')) as Row[]) {
    const own = ties.get(String(row.case_id))!;
    const { model } = await host.catalogue().process(own.flow);
    own.open.add(model.nodes.get(String(row.node))?.task?.as ?? '');
  }
  return ties;
}

const PEOPLE = new Map(demoOrganisation().people.map((person) => [person.id, person]));
const unitsOf = (person: string): string[] => (PEOPLE.get(person)?.posts ?? []).map(({ unit }) => unit);

/** What the groups of a table may be written as; docs/extending.md tells. */
export const GROUP =
  /^(closed:|parent:|child:[\w.-]+:)*(starter|colleagues|everybody|step:([\w-]+|\*)|named:[\w.]+|letter:[\w.-]+|duty:[\w-]+|([\w-]+|\*)@[\w-]+)$/;

/** Does the account belong to the group, seen from the case of the word? */
export function belongs(ties: Ties, group: string, person: string, word: Word): boolean {
  const own = ties.get(word.caseId);
  if (!own) return false;
  const [head = '', ...rest] = group.split(':');
  const tail = rest.join(':');
  const onCase = (one: CaseTies | undefined, of: string): boolean =>
    one !== undefined && belongs(ties, of, person, { ...word, caseId: one.id });
  switch (head) {
    case 'everybody':
      return true;
    case 'starter':
      return own.starter === person;
    case 'colleagues':
      return (
        [...own.steps.values()].some((holders) => holders.has(person)) &&
        unitsOf(person).some((unit) => unitsOf(word.by).includes(unit))
      );
    case 'closed':
      return !own.open.has(word.thing.split('.')[0]!) && belongs(ties, tail, person, word);
    case 'parent':
      return onCase(ties.get(own.parent), tail);
    case 'child': {
      const [flow, ...of] = rest;
      return [...ties.values()].some((one) => one.parent === own.id && one.flow === flow && onCase(one, of.join(':')));
    }
    case 'step':
      return tail === '*'
        ? [...own.steps.values()].some((holders) => holders.has(person))
        : (own.steps.get(tail)?.has(person) ?? false);
    case 'duty':
      return (PEOPLE.get(person)?.duties ?? []).some((duty) => duty === tail);
    case 'letter':
      return own.letters.get(tail)?.has(person) ?? false;
    case 'named': {
      const [name = '', ...path] = tail.split('.');
      return namedIn(own.values.get(name), path).includes(person);
    }
    default: {
      const [role, unit] = group.split('@');
      return (PEOPLE.get(person)?.posts ?? []).some(
        (post) => post.unit === unit && (role === '*' || (post.roles ?? []).includes(role!)),
      );
    }
  }
}

function namedIn(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => namedIn(one, path));
  if (path.length === 0) return [value];
  return namedIn((value as Row | null | undefined)?.[path[0]!], path.slice(1));
}
