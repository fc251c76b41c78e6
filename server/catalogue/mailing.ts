/**
 * Owns what may be mailed to whom: the address the directory keeps, what the organs of a person allow, and when the morning of a working day is.
 * Denied by default: where no unit above says anything, nothing is mailed. Must never read the work itself. Rules: [MSG8] [MSG9].
 */
import type { Calendar } from '@ganwei/calendar/calendar';
import { localDate, startOfDay } from '@ganwei/calendar/zone';
import { because, type Reason } from '@ganwei/core/reason';
import type { DirectoryWords } from '@ganwei/release/directory';
import type { Directory, Person } from './directory.ts';
import type { Host } from './host.ts';

/** What an organ allows its people: no mail, the daily summary alone, or any. */
export type MailPolicy = 'none' | 'daily' | 'any';

/** Half past eight, after the start of a day. */
const MORNING = 8.5 * 3_600_000;

/** Where a person's mail goes; '' when the directory keeps no address. */
export const addressOf = (person: Person | undefined): string => {
  const address = person?.attributes.mail;
  return typeof address === 'string' ? address : '';
};

/** [MSG9] The strictest of what the units of his posts say, each by itself or by the nearest unit above; nobody says anything: none. */
export function mailPolicy(host: Pick<Host, 'catalogue' | 'directory'>, person: string): MailPolicy {
  const rule = host.catalogue().directoryWords?.mail;
  const directory = host.directory();
  const found = directory.people.get(person);
  if (!rule || !found?.active || found.posts.length === 0) return 'none';
  const policies = found.posts.map(({ unit }) => policyIn(directory, rule, unit));
  if (policies.includes('none')) return 'none';
  return policies.includes('daily') ? 'daily' : 'any';
}

/** [MSG9] Why a person cannot be mailed like this; undefined: he can. Not to be mailed is always possible. */
export function barredFrom(
  host: Pick<Host, 'catalogue' | 'directory' | 'outside'>,
  person: string,
  choice: 'never' | 'soon' | 'daily',
): Reason | undefined {
  if (choice === 'never') return undefined;
  if (!host.outside.mail) return because('mailing.server');
  const policy = mailPolicy(host, person);
  if (policy === 'none') return because('mailing.organ');
  if (addressOf(host.directory().people.get(person)) === '') return because('mailing.address');
  return policy === 'daily' && choice === 'soon' ? because('mailing.organ-daily') : undefined;
}

function policyIn(directory: Directory, rule: NonNullable<DirectoryWords['mail']>, unit: string): MailPolicy {
  for (const at of [unit, ...directory.ancestors(unit)]) {
    const said = directory.units.get(at)?.attributes[rule.attribute];
    if (said === undefined || said === null || said === '') continue;
    return said === rule.any ? 'any' : said === rule.daily ? 'daily' : 'none';
  }
  return 'none';
}

/** The morning of this instant's day. */
export const morningOf = (now: number): number => startOfDay(localDate(now)) + MORNING;

/** The next morning of a working day after this instant. */
export function nextMorning(calendar: Calendar, now: number): number {
  const today = localDate(now);
  if (calendar.isWorkingDay(today) && morningOf(now) > now) return morningOf(now);
  return startOfDay(calendar.addWorkingDays(today, 1).date) + MORNING;
}
