/**
 * Owns what a person holds, for the system administrator before somebody leaves: counted, without a word of any case. Read only.
 * Rule: [DIR20].
 */
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import { ACTING } from '../catalogue/directory.ts';
import type { Host } from '../catalogue/host.ts';
import { countStarted } from '../store/cases.ts';
import { countDrafts } from '../store/drafts.ts';
import { itemsByStep } from '../store/work.ts';
import { titleOf } from './columns.ts';

export async function holdings(host: Host, id: string): Promise<Answer<'holdings'>> {
  const person = host.directory().people.get(id);
  if (!person) throw new Refusal('not.found');
  const tx = host.store.reader;
  const processes = new Map(
    host
      .catalogue()
      .list('process')
      .map(({ key, title }) => [key, title]),
  );
  const steps = await itemsByStep(tx, id);
  return {
    tasks: steps.map(({ process, step, count }) => ({ process: processes.get(process) ?? '', step, count })),
    started: await countStarted(tx, id),
    drafts: await countDrafts(tx, id),
    posts: person.posts.map(({ unit, title, roles }) => {
      const names = (keys: readonly string[]) => keys.map((key) => roleTitle(host, key));
      const own = roles.filter((role) => !role.startsWith(ACTING));
      const sole = own.filter((role) =>
        host
          .directory()
          .holders(unit, role)
          .every((holder) => holder === id),
      );
      return { unit: host.directory().units.get(unit)?.name ?? '', title, roles: names(roles), sole: names(sole) };
    }),
  };
}

const roleTitle = (host: Host, role: string): string =>
  titleOf(role.startsWith(ACTING) ? role.slice(ACTING.length) : role, host.catalogue().directoryWords?.roles);
