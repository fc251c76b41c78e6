/** Owns the round of an open task as commands and pages ask for it. Rules: [S1]-[S8]. */
import type { TaskSettings } from '@ganwei/process/model';
import { open, type Round, type Signed } from '@ganwei/process/round';
import type { TaskRow } from '../store/rows.ts';
import type { Sight } from './sight.ts';

/** What is known of a task that was open before rounds were kept whole (migration 0003). */
interface Beginning {
  people: string[];
  signed: Signed[];
}

export function roundOf(task: Pick<TaskRow, 'signing'>, settings: TaskSettings, sight: Sight): Round {
  const kept = task.signing as Round | Beginning;
  return 'seats' in kept ? kept : open({ mode: settings.mode, last: lastSigners(settings, sight), ...kept });
}

/** [S6] Whose turn comes when all others have signed. */
export const lastSigners = ({ last }: TaskSettings, sight: Sight): string[] => (last ? sight.people(last) : []);
