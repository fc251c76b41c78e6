/**
 * Verbs on drafts: saved as they are, read by their author alone, judged only when they are submitted; what another page has saved meanwhile
 * is not overwritten. Rules: [W1] [W2] [W3] [W4].
 */
import { Refusal } from '@ganwei/core/refusal';
import type { Desk } from '../case/desk.ts';
import type { Host } from '../catalogue/host.ts';
import { draftTitle, type Opening } from '../catalogue/starting.ts';
import { addDraft, changeDraft, dropDraft, loadDraft, taskDraft } from '../store/drafts.ts';
import type { CaseRow, DraftRow } from '../store/rows.ts';
import { type DraftMark, refuseMoved } from './draft-mark.ts';
import { holdTask } from './hold-task.ts';
import { type Call, perform, run } from './run.ts';
import { admitStart } from './start-case.ts';

/** A draft may be unfinished, but not boundless. */
const LARGEST = 1_000_000;

export interface StartDraft extends DraftMark {
  id?: string | undefined;
  process: string;
  start: string;
  values: Record<string, unknown>;
  /** the case and the action on it that the start was begun from */
  case?: string | undefined;
  action?: string | undefined;
}

interface Saved {
  revision: number;
  savedAt: number;
}

export function saveStartDraft(host: Host, call: Call, draft: StartDraft): Promise<Saved & { id: string }> {
  return perform(host, call, async (desk: Desk) => {
    const known = draft.id ? await loadDraft(desk.tx, draft.id, call.actor.id) : undefined;
    if (draft.id && !known) throw new Refusal('draft.gone');
    const { opening, parent } = await admitStart(desk, draft);
    const id = known?.id ?? host.newId();
    const revision = await keep(desk, known, draft, {
      id,
      person_id: call.actor.id,
      task_id: null,
      process: draft.process,
      start: draft.start,
      title: titleOf(opening, draft.values, parent?.row),
      values: bounded(draft.values),
      comment: '',
      saved_at: desk.now,
      case_id: parent?.id ?? null,
      action: parent ? draft.action! : null,
    });
    desk.forget();
    return { id, revision, savedAt: desk.now };
  });
}

export function saveTaskDraft(
  host: Host,
  call: Call,
  taskId: string,
  draft: DraftMark & { values: Record<string, unknown>; comment: string },
): Promise<Saved> {
  return perform(host, call, async (desk: Desk) => {
    const { task, file, item } = await holdTask(desk, taskId);
    if (!item || item.state === 'waiting') throw new Refusal('task.not-yours');
    const known = await taskDraft(desk.tx, taskId, call.actor.id);
    const revision = await keep(desk, known, draft, {
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
    return { revision, savedAt: desk.now };
  });
}

/** Puts the draft down and tells its new revision. */
async function keep(
  desk: Desk,
  known: DraftRow | undefined,
  mark: DraftMark,
  row: Omit<DraftRow, 'revision' | 'page'>,
): Promise<number> {
  refuseMoved(known, mark);
  const page = mark.page ?? '';
  if (!known) {
    await addDraft(desk.tx, { ...row, revision: 1, page });
    return 1;
  }
  if (!(await changeDraft(desk.tx, known, { ...row, page }))) throw new Refusal('draft.moved');
  return known.revision + 1;
}

/** [W4] What tells a person his drafts apart: the title the case would have, as far as it is written. */
function titleOf(opening: Opening, values: Record<string, unknown>, parent: CaseRow | undefined): string {
  return (parent ? `${opening.settings.label}：${parent.title}` : draftTitle(opening, values)).slice(0, 300);
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
