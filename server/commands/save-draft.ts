/** Verbs on drafts: saved as they are, read by their author alone, judged only when they are submitted. Rules: [W1] [W2]. */
import { Refusal } from '@ganwei/core/refusal';
import type { Desk } from '../case/desk.ts';
import type { Host } from '../catalogue/host.ts';
import { dropDraft, loadDraft, putDraft, taskDraft } from '../store/drafts.ts';
import { holdTask } from './hold-task.ts';
import { type Call, perform, run } from './run.ts';
import { admitStart } from './start-case.ts';

/** A draft may be unfinished, but not boundless. */
const LARGEST = 1_000_000;

export interface StartDraft {
  id?: string | undefined;
  process: string;
  start: string;
  values: Record<string, unknown>;
  /** the case and the action on it that the start was begun from */
  case?: string | undefined;
  action?: string | undefined;
}

export function saveStartDraft(host: Host, call: Call, draft: StartDraft): Promise<{ id: string; savedAt: number }> {
  return perform(host, call, async (desk: Desk) => {
    if (draft.id && !(await loadDraft(desk.tx, draft.id, call.actor.id))) throw new Refusal('draft.gone');
    const { opening, parent } = await admitStart(desk, draft);
    const id = draft.id ?? host.newId();
    await putDraft(desk.tx, {
      id,
      person_id: call.actor.id,
      task_id: null,
      process: draft.process,
      start: draft.start,
      title: parent ? `${opening.settings.label}：${parent.row.title}`.slice(0, 300) : opening.process.model.name,
      values: bounded(draft.values),
      comment: '',
      saved_at: desk.now,
      case_id: parent?.id ?? null,
      action: parent ? draft.action! : null,
    });
    desk.forget();
    return { id, savedAt: desk.now };
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
      case_id: null,
      action: null,
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

function bounded(values: Record<string, unknown>): Record<string, unknown> {
  if (JSON.stringify(values).length > LARGEST) throw new Refusal('input.too-large', { limit: '1 MB' });
  return values;
}
