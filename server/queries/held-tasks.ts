/**
 * Owns the list of steps that wait with people, for the business administrator: number, process, step, holder, deadline; never what the case
 * is about. Read only. Rules: [O76] [C62].
 */
import type { Answer } from '@ganwei/core/contract';
import type { Host } from '../catalogue/host.ts';
import { heldItems } from '../store/work.ts';
import { paged, readCursor } from './inbox.ts';
import { dueView, personRef } from './look.ts';

type Page = Answer<'heldTasks'>;

export async function heldTasks(
  host: Host,
  { person, cursor, limit }: { person?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page> {
  const after = cursor ? readCursor(cursor, { due: 'number', id: 'string' }) : undefined;
  const rows = await heldItems(host.store.reader, {
    limit: limit + 1,
    ...(person && { person }),
    ...(after && { after }),
  });
  const now = host.now();
  const names = new Map(
    host
      .catalogue()
      .list('process')
      .map(({ key, title }) => [key, title]),
  );
  return paged(
    rows,
    limit,
    (row): Page['rows'][number] => ({
      id: row.task_id,
      number: row.number,
      process: names.get(row.process) ?? '',
      step: row.task_name,
      holder: personRef(host, row.person_id),
      left: host.directory().actor(row.person_id) === undefined,
      openedAt: row.opened_at,
      due: dueView(host, now, row.due_at, row.due_provisional),
    }),
    (row) => ({ due: row.due_at, id: row.id }),
  );
}
