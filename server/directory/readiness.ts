/**
 * Owns what an installation still lacks before its applications can work: administrators, holders of the roles that the applications name,
 * relations between units, calendars. Each finding says how it is mended. Read only; the page of the system administrator and
 * `npm run doctor` show the same. Rule: [DIR15].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Duty } from '@ganwei/core/actor';
import { because, type Reason } from '@ganwei/core/reason';
import type { DirectoryWords } from '@ganwei/release/directory';
import type { Host } from '../catalogue/host.ts';
import { openGrants } from '../store/grants.ts';
import { titleOf } from './columns.ts';

/** `error`: an application cannot work; `hint`: it will not for long. */
export interface Lack {
  severity: 'error' | 'hint';
  reason: Reason;
}

const DUTIES = [
  ['system-admin', 'system', because('ready.duty.system')],
  ['security-admin', 'security', because('ready.duty.security')],
  ['audit-admin', 'audit', because('ready.duty.audit')],
  ['business-admin', 'business', because('ready.duty.business')],
] as const satisfies readonly (readonly [Duty, string, Reason])[];

/** From this month on the calendar of the coming year should be known: the notice comes in autumn. */
const NOTICE_MONTH = 11;

/** Everything that is missing, the gravest first. */
export async function lacks(host: Host): Promise<Lack[]> {
  const words = host.catalogue().directoryWords;
  if (!words) return [error('ready.content')];
  const open = (await openGrants(host.store.reader)).length;
  return [
    ...duties(host),
    ...roles(host, words),
    ...relations(host, words),
    ...(open > 0 ? [hint('ready.waiting', { count: open })] : []),
    ...calendars(host),
  ].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
}

const error = (...given: Parameters<typeof because>): Lack => ({ severity: 'error', reason: because(...given) });
const hint = (...given: Parameters<typeof because>): Lack => ({ severity: 'hint', reason: because(...given) });

function duties(host: Host): Lack[] {
  const held = new Set([...host.directory().people.values()].filter((one) => one.active).flatMap((one) => one.duties));
  return DUTIES.filter(([duty]) => !held.has(duty)).map(([, called, duty]) => error('ready.duty', { duty, called }));
}

/** Roles that an application names and nobody holds anywhere. */
function roles(host: Host, words: DirectoryWords): Lack[] {
  const held = new Set(
    [...host.directory().people.values()]
      .filter(({ active }) => active)
      .flatMap(({ posts }) => posts.flatMap((post) => post.roles)),
  );
  const needed = new Map<string, string[]>();
  for (const { name, roles: named } of host.catalogue().applications)
    for (const role of named) if (!held.has(role)) needed.set(role, [...(needed.get(role) ?? []), name['zh-CN']]);
  return [...needed].map(([role, apps]) => error('ready.role', { role: titleOf(role, words.roles), apps }));
}

/** Relations that no unit has, and those that lead to a unit that has ended. */
function relations(host: Host, words: DirectoryWords): Lack[] {
  const units = [...host.directory().units.values()].filter(({ active }) => active);
  const unset = words.relations.filter(({ key }) => !units.some((unit) => unit.relations[key]));
  const ended = units.flatMap((unit) =>
    Object.entries(unit.relations)
      .filter(([, other]) => other && !host.directory().units.get(other)?.active)
      .map(([relation]) => ({ unit: unit.name, relation: titleOf(relation, words.relations) })),
  );
  return [
    ...unset.map(({ title }) => error('ready.relation', { relation: title })),
    ...ended.map((where) => error('ready.ended', where)),
  ];
}

function calendars(host: Host): Lack[] {
  const [year = 0, month = 0] = localDate(host.now()).split('-').map(Number);
  const years = month >= NOTICE_MONTH ? [year, year + 1] : [year];
  const unknown = years.filter((one) => !host.catalogue().calendar.knows(one));
  return unknown.map((one) => hint('ready.calendar', { year: one }));
}
