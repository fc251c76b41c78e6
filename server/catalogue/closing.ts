/** Owns what is said of who closed a task, to somebody who had to do with its case. Rule: [T1]. */
import type { Actor } from '@ganwei/core/actor';
import { because, type Reason } from '@ganwei/core/reason';
import type { TaskDoneRow } from '../store/rows.ts';
import type { Directory } from './directory.ts';

/** The reader himself, another person by name, or nobody where a timer, a return or a withdrawal closed it. */
export function closerOf(
  { closed_by: closer }: Pick<TaskDoneRow, 'closed_by'>,
  reader: Actor,
  directory: Directory,
): string | Reason {
  if (closer === reader.id) return because('who.you');
  return closer ? directory.nameOf(closer) : because('who.other');
}
