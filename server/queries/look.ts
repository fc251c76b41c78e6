/**
 * Owns what every query begins with: the case, the person's part in it, and what of it he may read; and how deadlines and people are
 * shown. The pieces of a case's page stand in case/. Read only. Rules: [A1] [A2] [A3].
 */
import { remaining } from '@ganwei/calendar/calendar';
import { dayOfDeadline } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import { mayReadCase, type Reading, readingOf } from '../catalogue/reading.ts';
import { caseFor, involvementOf } from '../catalogue/relation.ts';
import type { Sight } from '../catalogue/sight.ts';
import type { Tx } from '../store/open.ts';
import { type CaseRow, NEVER, type TaskRow, type WorkItemRow } from '../store/rows.ts';
import { itemsOfCase, tasksOfCase } from '../store/work.ts';

type Due = NonNullable<Answer<'task'>['task']['due']>;

/** A case as one person may look at it. */
export interface Look {
  tx: Tx;
  host: Host;
  actor: Actor;
  now: number;
  row: CaseRow;
  process: ProcessEntry;
  values: Map<string, unknown>;
  sight: Sight;
  reading: Reading;
  tasks: TaskRow[];
  items: WorkItemRow[];
}

/** [A1] The case for this person; a case that is not his to read is not found. */
export async function lookAt(host: Host, actor: Actor, caseId: string): Promise<Look> {
  const tx = host.store.reader;
  const found = await caseFor(tx, host, actor, caseId);
  if (!found) throw new Refusal('not.found');
  const { row, process, sight } = found;
  const items = await itemsOfCase(tx, caseId);
  const own = await involvementOf(tx, { row, model: process.model, sight, person: actor, items });
  if (!mayReadCase(own)) throw new Refusal('not.found');
  const reading = readingOf(process.model, own, sight);
  return {
    tx,
    host,
    actor,
    ...found,
    reading,
    tasks: await tasksOfCase(tx, caseId),
    items,
  };
}

/** The same, undefined where the case is not for this person. */
export async function lookIfAllowed(host: Host, actor: Actor, caseId: string): Promise<Look | undefined> {
  try {
    return await lookAt(host, actor, caseId);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** A deadline in working days; null where there is none. */
export function dueView(host: Host, now: number, dueAt: number | null, provisional: boolean): Due | null {
  if (dueAt === null || dueAt >= NEVER) return null;
  const { state, workingDays } = remaining(now, dueAt, host.catalogue().calendar);
  return { at: dueAt, date: dayOfDeadline(dueAt), state, workingDays, provisional };
}

export function personRef(host: Host, id: string): { id: string; name: string; unit: string } {
  const person = host.directory().people.get(id);
  const unit = person?.posts[0]?.unit;
  return { id, name: person?.name ?? '', unit: unit ? (host.directory().units.get(unit)?.shortName ?? '') : '' };
}
