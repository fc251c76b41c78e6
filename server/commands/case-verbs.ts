/**
 * Verbs on a case as a whole: withdraw, urge, comment, attach. Rules: [C1] [H2] comments and attachments stay part of the record.
 */
import { Refusal } from '@ganwei/core/refusal';
import { mayWithdraw } from '@ganwei/core/rules';
import { type Host, localDate } from '../catalogue/host.ts';
import { feel } from '../catalogue/language.ts';
import { linkFiles, loadFiles } from '../store/drafts.ts';
import { historyOf } from '../store/record.ts';
import type { HistoryRow } from '../store/rows.ts';
import { itemsOfCase, tasksOfCase, waitsOfCase } from '../store/work.ts';
import { advance, tellParent } from './advance.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { openReadable } from './hold-case.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';
import { endEarly } from './steering.ts';

/** Name of the message that a process may wait for to handle a withdrawal itself; else the case simply ends. */
const WITHDRAWAL = 'withdraw';

/** [C1] The starter takes his case back, as long as the process allows. */
export function withdrawCase(host: Host, call: Call, id: string, comment: string): Promise<Moved> {
  return perform(host, { ...call, request: ['withdraw', id, comment] }, async (desk) => {
    const file = await openReadable(desk, id);
    const refused = mayWithdraw(
      { state: file.row.state, starter: file.row.starter_id, withdrawable: isWithdrawable(desk, file) },
      desk.actor,
    );
    if (refused) throw refused;
    file.note({ kind: 'withdrawn', node: '', detail: { comment: comment.trim() } }, desk.actor, desk.now);
    const wait = (await waitsOfCase(desk.tx, id)).find((row) => row.kind === 'message' && row.name === WITHDRAWAL);
    if (wait) await advance(desk, file, { kind: 'message', slot: wait.slot });
    else for (const ended of await endEarly(desk, file, 'withdrawn')) await tellParent(desk, ended);
    return moved(desk, file);
  });
}

export function isWithdrawable(desk: Desk, file: CaseFile): boolean {
  const { withdraw } = file.process.model.case;
  if (!withdraw) return false;
  return feel(withdraw).evaluate(file.scope(desk.actor, desk.now), file.world(desk.host, desk.now)) === true;
}

/** [T12] Reminds those who hold the open steps that may be urged; the same person at most once a day. */
export function urgeCase(host: Host, call: Call, id: string, comment: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['urge', id, comment] }, async (desk) => {
    const file = await openReadable(desk, id);
    if (file.row.state !== 'running') throw new Refusal('case.ended');
    const reason = urgeBar(desk, file, await historyOf(desk.tx, id));
    if (reason) throw new Refusal('task.operation-barred', { operation: '催办', reason });
    const urgeable = (await tasksOfCase(desk.tx, id)).filter(({ node }) => mayBeUrged(desk, file, node));
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
        text: `催办「${name}」${comment.trim() && `：${comment.trim()}`}`,
        from_name: desk.actor.name,
        at: desk.now,
        read_at: null,
      });
    }
    // [A3] Who holds a step is not always his to know: the record names nobody.
    file.note({ kind: 'urged', node: '', detail: { comment: comment.trim() } }, desk.actor, desk.now);
    return { ok: true as const };
  });
}

/** [A1] A step with an audience is there only for its audience. */
function mayBeUrged(desk: Desk, file: CaseFile, node: string): boolean {
  const { operations, audience } = file.node(node).task!;
  if (!operations.includes('urge')) return false;
  const world = file.world(desk.host, desk.now);
  return !audience || feel(audience).evaluate(file.scope(desk.actor, desk.now), world) === true;
}

/** Why the actor may not urge now; empty when he may. */
function urgeBar(desk: Desk, file: CaseFile, history: readonly HistoryRow[]): string {
  const today = localDate(desk.now);
  const mine = history.filter((row) => row.kind === 'urged' && row.person_id === desk.actor.id);
  if (mine.some((row) => localDate(Number(row.at)) === today)) return '您今天已经催办过';
  const open = [...file.slots.values()].some((slot) => slot.kind === 'user' && mayBeUrged(desk, file, slot.node));
  return open ? '' : '现在没有可以催办的步骤';
}

export function addComment(host: Host, call: Call, id: string, text: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['comment', id, text] }, async (desk) => {
    const file = await openReadable(desk, id);
    file.note({ kind: 'commented', node: '', detail: { comment: text.trim() } }, desk.actor, desk.now);
    return { ok: true as const };
  });
}

/** Adds the person's own uploaded files to the case. */
export function attachFiles(host: Host, call: Call, id: string, ids: readonly string[]): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['attach', id, ids] }, async (desk) => {
    const file = await openReadable(desk, id);
    const files = await loadFiles(desk.tx, ids);
    if (files.length !== new Set(ids).size || files.some((row) => row.owner_id !== desk.actor.id)) {
      throw new Refusal('not.found');
    }
    await linkFiles(
      desk.tx,
      ids.map((fileId) => ({ file_id: fileId, case_id: id, place: 'attachment', by: desk.actor.id, at: desk.now })),
    );
    file.note({ kind: 'attached', node: '', detail: { files: files.map((row) => row.name) } }, desk.actor, desk.now);
    return { ok: true as const };
  });
}
