/** Verbs on drafts: saved as they are, read by their author alone, judged only when they are submitted. Rules: [W1] [W2]. */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { dropDraft, loadDraft, putDraft, taskDraft } from '../store/drafts.ts';
import type { Desk } from './desk.ts';
import { holdTask } from './hold-task.ts';
import { type Call, perform, run } from './run.ts';
import { admit } from './start-case.ts';

/** A draft may be unfinished, but not boundless. */
const LARGEST = 1_000_000;

export interface StartDraft {
  id?: string | undefined;
  process: string;
  start: string;
  values: Record<string, unknown>;
}

export async function saveStartDraft(
  host: Host,
  call: Call,
  draft: StartDraft,
): Promise<{ id: string; savedAt: number }> {
  const { process } = await admit(host, call, draft.process, draft.start);
  return run(host, call, async (tx) => {
    if (draft.id && !(await loadDraft(tx, draft.id, call.actor.id))) throw new Refusal('draft.gone');
    const id = draft.id ?? host.newId();
    const savedAt = host.now();
    await putDraft(tx, {
      id,
      person_id: call.actor.id,
      task_id: null,
      process: draft.process,
      start: draft.start,
      title: process.model.name,
      values: bounded(draft.values),
      comment: '',
      saved_at: savedAt,
    });
    return { id, savedAt };
  });
}

export function saveTaskDraft(
  host: Host,
  call: Call,
  taskId: string,
  draft: { values: Record<string, unknown>; comment: string },
): Promise<{ savedAt: number }> {
  return perform(host, call, async (desk: Desk) => {
    const { task, file, item } = await holdTask(desk, taskId);
    if (!item || item.state === 'waiting') throw new Refusal('task.not-yours');
    const known = await taskDraft(desk.tx, taskId, call.actor.id);
    await putDraft(desk.tx, {
      id: known?.id ?? host.newId(),
      person_id: call.actor.id,
      task_id: task.id,
      process: file.row.process,
      start: '',
      title: file.row.title,
      values: bounded(draft.values),
      comment: draft.comment.slice(0, 4000),
      saved_at: desk.now,
    });
    desk.forget();
    return { savedAt: desk.now };
  });
}

export async function discardDraft(host: Host, call: Call, id: string): Promise<{ ok: true }> {
  return run(host, call, async (tx) => {
    if (!(await dropDraft(tx, id, call.actor.id))) throw new Refusal('draft.gone');
    return { ok: true as const };
  });
}

function bounded(values: Record<string, unknown>): string {
  const text = JSON.stringify(values);
  if (text.length > LARGEST) throw new Refusal('input.too-large', { limit: '1 MB' });
  return text;
}
