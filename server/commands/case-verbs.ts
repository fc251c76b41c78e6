/**
 * Verbs on a case as a whole: withdraw, comment, attach. Rules: [C1] [H2] comments and attachments stay part of the record.
 */
import { Refusal } from '@ganwei/core/refusal';
import { mayWithdraw } from '@ganwei/core/rules';
import type { Host } from '../catalogue/host.ts';
import { feel } from '../catalogue/language.ts';
import { mayReadCase } from '../catalogue/reading.ts';
import { partsOf } from '../store/cases.ts';
import { linkFiles, loadFiles } from '../store/drafts.ts';
import { waitsOfCase } from '../store/work.ts';
import { advance, callOff } from './advance.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

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
    else await endEarly(desk, file, 'withdrawn');
    return moved(desk, file);
  });
}

export function isWithdrawable(desk: Desk, file: CaseFile): boolean {
  const { withdraw } = file.process.model.case;
  if (!withdraw) return false;
  return feel(withdraw).evaluate(file.scope(desk.actor, desk.now), file.world(desk.host, desk.now)) === true;
}

/** Ends a case from outside its flow: everything that waits is called off. */
async function endEarly(desk: Desk, file: CaseFile, state: 'withdrawn'): Promise<void> {
  for (const slot of file.slots.values()) {
    if (slot.kind === 'user') await callOff(desk, file, slot);
    else if (slot.kind === 'timer') file.changes.closedTimers.add(slot.id);
    else file.changes.closedWaits.add(slot.id);
  }
  file.slots.clear();
  file.row.marking = '';
  file.row.state = state;
  file.row.ended_at = desk.now;
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

/** [A1] A case the person may not read does not exist for him. */
async function openReadable(desk: Desk, id: string): Promise<CaseFile> {
  const file = await desk.open(id);
  const parts = await partsOf(desk.tx, id, desk.actor.id);
  const scope = file.scope(desk.actor, desk.now);
  if (!mayReadCase(file.process.model, parts, scope, file.world(desk.host, desk.now))) throw new Refusal('not.found');
  return file;
}
