/**
 * Verbs that move a task between people or steps without deciding it: claim, transfer, add signers, return.
 * Rules: [T2] [T4] [T6] [T7] [B1] a return calls off everything behind the step it goes to · [B2] straight back · [B3] targets.
 */
import { Refusal } from '@ganwei/core/refusal';
import { mayAct, mayComment, mayOperate } from '@ganwei/core/rules';
import { leadsTo } from '@ganwei/process/ahead';
import type { SigningMode } from '@ganwei/process/model';
import type { Host } from '../catalogue/host.ts';
import { returnTargets } from '../catalogue/returning.ts';
import { submissionsOfTask } from '../store/record.ts';
import { removeAll, updateItems, updateTask } from '../store/work.ts';
import { advance } from './advance.ts';
import { type Held, holdTask } from './hold-task.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';
import { callOff, closeTask, exclusions, giveTurns, newItem } from './tasks.ts';

/** Reasons for a return or a transfer have at least this many characters (dossier §3, common rule 2). */
const REASON = { comment: 'required', commentMin: 10 } as const;

/** A candidate takes a pooled task for himself; the others no longer have it. */
export function claimTask(host: Host, call: Call, id: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['claim', id] }, async (desk) => {
    const held = await holdTask(desk, id);
    const refused = mayAct(held.facts, held.itemFacts);
    if (refused) throw refused;
    const { item, items, file, task } = held;
    if (item!.state !== 'pooled') return { ok: true as const };
    await removeAll(
      desk.tx,
      'work_items',
      items.filter((row) => row.id !== item!.id).map((row) => row.id),
    );
    await updateItems(desk.tx, { id: item!.id }, { state: 'open' });
    await updateTask(desk.tx, task.id, { members: JSON.stringify([desk.actor.id]) });
    file.note({ kind: 'claimed', node: task.node, detail: {} }, desk.actor, desk.now);
    return { ok: true as const };
  });
}

export interface Transfer {
  to: string;
  comment: string;
  revision: number;
}

/** The holder gives his share to somebody else; the receiver must not be excluded and must not hold the task already [T4]. */
export function transferTask(host: Host, call: Call, id: string, { to, comment, revision }: Transfer): Promise<Moved> {
  return perform(host, { ...call, request: ['transfer', id, to, comment, revision] }, async (desk) => {
    const held = await holdTask(desk, id);
    allow(held, 'transfer', comment, revision);
    const { task, file, settings, item, items } = held;
    const target = desk.host.directory().actor(to);
    if (!target) throw new Refusal('not.found');
    const barred = exclusions(desk, file, settings).get(to);
    if (barred)
      throw new Refusal('task.operation-barred', { operation: '转办', reason: `${target.name}须回避（${barred}）` });
    const members = JSON.parse(task.members) as string[];
    if (members.includes(to)) {
      throw new Refusal('task.operation-barred', { operation: '转办', reason: `${target.name}已经是此任务的办理人` });
    }
    const gone = item!.state === 'pooled' ? items.map((row) => row.id) : [item!.id];
    await removeAll(desk.tx, 'work_items', gone);
    const left = item!.state === 'pooled' ? [to] : members.map((member) => (member === desk.actor.id ? to : member));
    await updateTask(desk.tx, task.id, { members: JSON.stringify(left), revision: task.revision + 1 });
    file.changes.items.push(
      newItem(desk, file, task, to, { state: 'open', position: item!.position, reason: 'transferred' }),
    );
    file.note(
      { kind: 'transferred', node: task.node, detail: { to, toName: target.name, comment } },
      desk.actor,
      desk.now,
    );
    return { ...moved(desk, file), next: [{ task: task.id, name: task.name, who: [target.name] }] };
  });
}

export interface Signers {
  people: readonly string[];
  comment: string;
  revision: number;
}

/** [S7] Further people sign beside those of a step that several sign; they must not be excluded [T4] nor take part already. */
export function addSigners(
  host: Host,
  call: Call,
  id: string,
  { people, comment, revision }: Signers,
): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['signers', id, people, comment, revision] }, async (desk) => {
    const held = await holdTask(desk, id);
    allow(held, 'addSigner', comment, revision);
    const { task, file, settings, items } = held;
    const members = JSON.parse(task.members) as string[];
    const barred = exclusions(desk, file, settings);
    for (const person of people) {
      const found = desk.host.directory().actor(person);
      if (!found) throw new Refusal('not.found');
      const reason = signerBar(settings.mode, members.includes(person), barred.get(person));
      if (reason) throw new Refusal('task.operation-barred', { operation: '加签', reason: `${found.name}${reason}` });
      members.push(person);
    }
    task.members = JSON.stringify(members);
    await updateTask(desk.tx, task.id, { members: task.members, revision: task.revision + 1 });
    const signed = await submissionsOfTask(desk.tx, task.id);
    giveTurns(
      desk,
      file,
      task,
      settings,
      signed.map((row) => ({ person: row.person_id, outcome: row.outcome })),
      'new',
      items.map((row) => row.person_id),
    );
    const names = people.map((person) => desk.host.directory().nameOf(person)).join('、');
    file.note({ kind: 'signer-added', node: task.node, detail: { people, names, comment } }, desk.actor, desk.now);
    return { ok: true as const };
  });
}

function signerBar(mode: SigningMode, member: boolean, excluded: string | undefined): string {
  if (mode === 'single' || mode === 'any') return '不能加签：本步骤由一人办理，请用转办';
  if (member) return '已经是此任务的办理人';
  return excluded ? `须回避（${excluded}）` : '';
}

export interface Return {
  /** node id of an earlier user task */
  to: string;
  /** again: every step in between is done anew · straight: it comes back to this step at once */
  resume: 'again' | 'straight';
  comment: string;
  revision: number;
}

/** [B1] Back to an earlier step: its people get it again, what lies behind it is called off. */
export function returnTask(host: Host, call: Call, id: string, request: Return): Promise<Moved> {
  return perform(host, { ...call, request: ['return', id, request] }, async (desk) => {
    const held = await holdTask(desk, id);
    allow(held, 'return', request.comment, request.revision);
    const { task, file } = held;
    const waiting = new Set([...file.slots.values()].map((slot) => slot.node));
    if (!returnTargets(file.process.model, task.node, file.reached, waiting).includes(request.to)) {
      throw new Refusal('task.operation-barred', { operation: '退回', reason: '不能退回到这一步骤' });
    }
    const detail = { to: request.to, resume: request.resume, comment: request.comment.trim() };
    file.note({ kind: 'returned', node: task.node, detail }, desk.actor, desk.now);
    file.changes.workDone.push({
      id: held.item!.id,
      task_id: task.id,
      case_id: file.id,
      person_id: desk.actor.id,
      number: file.row.number,
      title: file.row.title,
      process: file.row.process,
      task_name: task.name,
      outcome: '退回',
      done_at: desk.now,
    });
    closeTask(desk, file, task, 'return');
    const cancel = [...file.slots]
      .filter(([, slot]) => !slot.host && leadsTo(file.process.model, request.to, slot.node))
      .map(([s]) => s);
    for (const name of cancel) {
      const slot = file.slots.get(name)!;
      if (slot.kind === 'user' && slot.id !== task.id) await callOff(desk, file, slot);
    }
    await advance(desk, file, { kind: 'jump', to: request.to, cancel }, 'returned');
    if (request.resume === 'straight') {
      const back = file.changes.tasks.find((row) => row.node === request.to && !file.changes.closedTasks.has(row.id));
      if (back) back.resume = JSON.stringify({ to: task.node });
    }
    return moved(desk, file);
  });
}

function allow(held: Held, operation: string, comment: string, revision: number): void {
  const refused = mayOperate(held.facts, held.itemFacts, operation) ?? mayComment(REASON, comment);
  if (refused) throw refused;
  if (revision !== held.task.revision) throw new Refusal('task.stale');
}
