/**
 * Owns who will read what somebody is about to add to a case: told before it is sent, by name to those who see who works on the case, to all
 * others by number. Found by asking for each person of the case what he would see. Read only. Rules: [READ4] [READ10].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { AUDIENCES, type Audience } from '@ganwei/core/history';
import type { Host } from '../catalogue/host.ts';
import { seesAll } from '../catalogue/reading.ts';
import { peopleOf } from '../store/cases.ts';
import { isAddressed } from './case/audience.ts';
import { lookAt, lookIfAllowed } from './look.ts';

/** For each audience the people of the case who would read it, the writer left out; `readers`: the process names further ones. */
export async function audience(host: Host, actor: Actor, id: string): Promise<Answer<'audience'>> {
  const look = await lookAt(host, actor, id);
  const reached: Record<Audience, string[]> = { organ: [], concerned: [] };
  for (const person of await peopleOf(look.tx, id)) {
    const other = person === actor.id ? undefined : host.directory().actor(person);
    const theirs = other && (await lookIfAllowed(host, other, id));
    if (!theirs) continue;
    for (const to of AUDIENCES) if (isAddressed(theirs, { author: actor.id, audience: to })) reached[to].push(person);
  }
  const named = seesAll(look.reading, 'holders');
  const told = (people: readonly string[]) => ({
    count: people.length,
    names: named ? people.map((person) => host.directory().nameOf(person)) : [],
  });
  return {
    organ: told(reached.organ),
    concerned: told(reached.concerned),
    readers: look.process.model.case.readers !== undefined,
  };
}
