/**
 * Owns how people stand to one another: who leads whom, who is connected with whom by what the directory says of them. Exclusions of a
 * process ask for it (language.ts). Must never know why somebody asks. Rule: [S71].
 */
import type { Directory, Person } from './directory.ts';

/** What is found for each of these people, once, without themselves. */
export const others = (ids: readonly string[], find: (id: string) => readonly string[]): string[] => [
  ...new Set(ids.flatMap(find).filter((found) => !ids.includes(found))),
];

/** Roles that lead a unit. */
const LEADS = ['main_leader', 'charge_leader'];
const leadersOf = (unit: string, directory: Directory): string[] =>
  LEADS.flatMap((role) => directory.holders(unit, role));

export function superiorsOf(id: string, directory: Directory): string[] {
  const { posts = [] } = directory.people.get(id) ?? {};
  const own = posts.flatMap(({ unit, roles }) =>
    roles.includes('main_leader')
      ? []
      : roles.includes('charge_leader')
        ? directory.holders(unit, 'main_leader')
        : leadersOf(unit, directory),
  );
  return [...own, ...nextAbove(id, directory)];
}

export function subordinatesOf(id: string, directory: Directory): string[] {
  const { posts = [] } = directory.people.get(id) ?? {};
  const led = posts.filter(({ roles }) => roles.some((role) => LEADS.includes(role)));
  return led
    .flatMap(({ unit }) => directory.subtree(unit).flatMap((below) => directory.members(below)))
    .filter((person) => superiorsOf(person, directory).includes(id));
}

export function connectedWith(id: string, attribute: string, directory: Directory): string[] {
  const named = ({ attributes }: Person): string[] => idsIn(attributes[attribute]);
  const own = directory.people.get(id);
  const naming = [...directory.people.values()].filter((person) => named(person).includes(id));
  return [...(own ? named(own) : []), ...naming.map((person) => person.id)];
}

/** The head of his unit or, if he is that himself, of the nearest unit above that has another. */
export function nextAbove(id: string, directory: Directory): string[] {
  const unit = directory.people.get(id)?.posts[0]?.unit;
  if (!unit) return [];
  for (const at of [unit, ...directory.ancestors(unit)]) {
    const heads = directory.holders(at, 'main_leader').filter((head) => head !== id);
    if (heads.length > 0) return heads;
  }
  return [];
}

/** An attribute names one person or several. */
const idsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string' && id !== '');
