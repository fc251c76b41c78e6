/** Owns how it stands with people whose pages are open: a text for each, of which it only counts whether it is another. Rule: [MSG4]. */
import { endOfDay, localDate } from '@ganwei/calendar/zone';
import type { Host } from '../catalogue/host.ts';
import { standingOf } from '../store/standing.ts';

/** People asked for by one statement. */
const BATCH = 200;

export async function standings(host: Host, people: readonly string[]): Promise<Map<string, string>> {
  const now = host.now();
  const at = { now, endOfToday: endOfDay(localDate(now)) };
  const found = new Map<string, string>();
  for (let i = 0; i < people.length; i += BATCH) {
    const some = await standingOf(host.store.reader, people.slice(i, i + BATCH), at);
    for (const [person, text] of some) found.set(person, text);
  }
  return found;
}
