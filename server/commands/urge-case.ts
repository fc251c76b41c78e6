/** Verb: a person reminds those who hold a case's open steps. Rules: [T12] [A1] [A3]. */
import { localDate } from '@ganwei/calendar/zone';
import { operationLabel } from '@ganwei/core/operations';
import { because, type Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';
import { noticeText } from '@ganwei/core/written';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import type { Host } from '../catalogue/host.ts';
import { historyOf } from '../store/record.ts';
import type { HistoryRow } from '../store/rows.ts';
import { itemsOfCase, tasksOfCase } from '../store/work.ts';
import { openReadable } from './hold-case.ts';
import { type Call, perform } from './run.ts';

/** [T12] Reminds those who hold the open steps that may be urged; the same person at most once a day. */
export function urgeCase(host: Host, call: Call, id: string, comment: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['urge', id, comment] }, async (desk) => {
    const file = await openReadable(desk, id);
    if (file.row.state !== 'running') throw new Refusal('case.ended');
    const reason = urgeBar(desk, file, await historyOf(desk.tx, id));
    if (reason) throw new Refusal('task.operation-barred', { operation: operationLabel('urge'), reason });
    const urgeable = (await tasksOfCase(desk.tx, id)).filter(({ node }) => mayBeUrged(file, node));
    const holders = new Map<string, string>();
    for (const item of await itemsOfCase(desk.tx, id)) {
      const task = urgeable.find((row) => row.id === item.task_id);
      if (task && item.person_id !== desk.actor.id) holders.set(item.person_id, task.name);
    }
    for (const [person, name] of holders) {
      desk.notices.push({
        id: host.newId(),
        person_id: person,
        kind: 'urged',
        case_id: id,
        title: file.row.title,
        text: noticeText('urged-text', { step: name, words: trimmed(comment) && `：${trimmed(comment)}` }),
        from_name: desk.actor.name,
        at: desk.now,
        read_at: null,
        letter_id: null,
      });
    }
    // [A3] Who holds a step is not always his to know: the record names nobody.
    file.note({ kind: 'urged', node: '', detail: { comment: trimmed(comment) } });
    return { ok: true as const };
  });
}

/** [A1] A step with an audience is there only for its audience. */
function mayBeUrged(file: CaseFile, node: string): boolean {
  const { operations, audience } = file.node(node).task!;
  if (!operations.includes('urge')) return false;
  return !audience || file.holds(audience);
}

/** Why the actor may not urge now; undefined when he may. */
function urgeBar(desk: Desk, file: CaseFile, history: readonly HistoryRow[]): Reason | undefined {
  const today = localDate(desk.now);
  const mine = history.filter((row) => row.kind === 'urged' && row.person_id === desk.actor.id);
  if (mine.some((row) => localDate(row.at) === today)) return because('urge.today');
  const open = [...file.slots.values()].some((slot) => slot.kind === 'user' && mayBeUrged(file, slot.node));
  return open ? undefined : because('urge.nobody');
}
