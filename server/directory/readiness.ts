/**
 * Owns what an installation still lacks before its applications can work: administrators, units and people, holders of the roles that the
 * applications name, relations between units, attributes, calendars, and what the operator provides. Each finding says how it is mended. Read
 * only; the page of the system administrator and `npm run doctor` show the same. Rule: [DIR15].
 */
import { localDate, localDateTime } from '@ganwei/calendar/zone';
import type { Duty } from '@ganwei/core/actor';
import { because, type Reason } from '@ganwei/core/reason';
import type { SetupStep } from '@ganwei/core/setup';
import { designRoles } from '@ganwei/release/application';
import type { DirectoryWords } from '@ganwei/release/directory';
import { literalInput } from '@ganwei/release/scope/inputs';
import type { Host } from '../catalogue/host.ts';
import { openChangesOf } from '../store/changes.ts';
import { loadFilling } from '../store/filling.ts';
import { openGrants } from '../store/grants.ts';
import { lastAudit } from '../store/record.ts';
import { titleOf } from './columns.ts';

/** `error`: an application cannot work; `hint`: it will not for long. */
export interface Lack {
  step: SetupStep;
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
  if (!words) return [found('operation', error('ready.content'))];
  const open = (await openGrants(host.store.reader)).length;
  return [
    ...at('administrators', duties(host)),
    ...at('organisation', [...units(host), ...relations(host, words), ...attributes(host, words)]),
    ...at('roles', [...roles(host, words), ...(open > 0 ? [hint('ready.waiting', { count: open })] : [])]),
    ...at('calendar', calendars(host)),
    ...at('operation', await operation(host)),
  ].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
}

type Finding = Omit<Lack, 'step'>;

const error = (...given: Parameters<typeof because>): Finding => ({ severity: 'error', reason: because(...given) });
const hint = (...given: Parameters<typeof because>): Finding => ({ severity: 'hint', reason: because(...given) });
const found = (step: SetupStep, finding: Finding): Lack => ({ step, ...finding });
const at = (step: SetupStep, findings: readonly Finding[]): Lack[] => findings.map((one) => found(step, one));

function duties(host: Host): Finding[] {
  const held = new Set([...host.directory().people.values()].filter((one) => one.active).flatMap((one) => one.duties));
  return DUTIES.filter(([duty]) => !held.has(duty)).map(([, called, duty]) => error('ready.duty', { duty, called }));
}

/** Nobody can begin anything. */
function units(host: Host): Finding[] {
  const { people, units: known } = host.directory();
  const working = [...people.values()].some(
    ({ active, posts, duties: held }) => active && posts.length > 0 && held.length === 0,
  );
  return known.size === 0 || !working ? [error('ready.organisation')] : [];
}

/** Roles that an application names and nobody holds anywhere. */
function roles(host: Host, words: DirectoryWords): Finding[] {
  const held = new Set(
    [...host.directory().people.values()]
      .filter(({ active }) => active)
      .flatMap(({ posts }) => posts.flatMap((post) => post.roles)),
  );
  const needed = new Map<string, string[]>();
  for (const application of host.catalogue().applications) {
    const { name, roles: named } = application;
    for (const role of new Set([...named, ...designRoles(application)]))
      if (!held.has(role)) needed.set(role, [...(needed.get(role) ?? []), name['zh-CN']]);
  }
  return [...needed].map(([role, apps]) => error('ready.role', { role: titleOf(role, words.roles), apps }));
}

/** Relations that no unit has, and those that lead to a unit that has ended. */
function relations(host: Host, words: DirectoryWords): Finding[] {
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

/** Attributes that nobody has, though expressions use them. Silent until there is somebody who could have one. */
function attributes(host: Host, words: DirectoryWords): Finding[] {
  const { units, people } = host.directory();
  const persons = [...people.values()].filter(({ active, posts }) => active && posts.length > 0);
  const bearers = [
    [because('ready.bearer.unit'), words.unitAttributes, [...units.values()].filter(({ active }) => active)],
    [because('ready.bearer.person'), words.personAttributes, persons],
    [because('ready.bearer.post'), words.postAttributes, persons.flatMap(({ posts }) => posts)],
  ] as const;
  return bearers.flatMap(([bearer, known, having]) =>
    known
      .filter(({ key, optional }) => !optional && having.length > 0 && !having.some((one) => key in one.attributes))
      .map(({ title }) => error('ready.attribute', { attribute: title, bearer })),
  );
}

function calendars(host: Host): Finding[] {
  const [year = 0, month = 0] = localDate(host.now()).split('-').map(Number);
  const years = month >= NOTICE_MONTH ? [year, year + 1] : [year];
  const unknown = years.filter((one) => !host.catalogue().calendar.knows(one));
  return unknown.map((one) => hint('ready.calendar', { year: one }));
}

/** What the operator provides: mail, an address, room, a clock that does not go back, a folder that is in force. */
async function operation(host: Host): Promise<Finding[]> {
  const room = await host.outside.room();
  const last = await lastAudit(host.store.reader);
  const waiting = await openChangesOf(host.store.reader, 'folder');
  const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(host.publicUrl);
  return [
    ...(room === 'none' ? [error('ready.disk.full')] : room === 'little' ? [hint('ready.disk.low')] : []),
    ...(last > host.now() ? [error('ready.clock', { at: localDateTime(last) })] : []),
    ...waiting.map(({ title }) => hint('ready.folder', { title })),
    ...(await filling(host)),
    ...(host.outside.mail ? [] : [hint('ready.mail')]),
    ...(await addresses(host)),
    ...(local ? [hint('ready.address', { address: host.publicUrl })] : []),
  ];
}

/** Addresses that flows push to and nobody has registered. */
async function addresses({ catalogue, outside }: Host): Promise<Finding[]> {
  const wanted = new Map<string, string[]>();
  for (const { key, title } of catalogue().list('process')) {
    const { model } = await catalogue().process(key);
    for (const { service } of model.nodes.values()) {
      const target = service?.type === 'webhook' ? literalInput(service, 'target') : undefined;
      if (target === undefined || outside.registers(target)) continue;
      wanted.set(target, [...new Set([...(wanted.get(target) ?? []), title])]);
    }
  }
  return [...wanted].map(([target, flows]) => error('ready.webhook', { target, flows }));
}

/** [R34] Ledgers whose rows are being written again, with the share that is done. */
async function filling({ catalogue, store }: Host): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { ledger, title } of catalogue().ledgers()) {
    const state = await loadFilling(store.reader, ledger);
    if (!state?.after) continue;
    const percent = Math.min(99, Math.floor((state.done / Math.max(1, state.all)) * 100));
    found.push(hint('ready.filling', { title, percent }));
  }
  return found;
}
