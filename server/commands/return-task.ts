/**
 * Verb: a task goes back to an earlier step. Rules: [T2] [T6] [T7] [B1] a return calls off everything behind the step it goes to ·
 * [B2] straight back · [B3] targets.
 */
import { operationLabel } from '@ganwei/core/operations';
import { because, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';
import { leadsTo } from '@ganwei/process/ahead';
import { advance } from '../case/advance.ts';
import { callOff, closeTask } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { returnTargets } from '../catalogue/returning.ts';
import { allow, holdTask } from './hold-task.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

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
      throw new Refusal('task.operation-barred', {
        operation: operationLabel('return'),
        reason: because('return.target'),
      });
    }
    const detail = { to: request.to, resume: request.resume, comment: trimmed(request.comment) };
    file.tookPart();
    file.note({ kind: 'returned', node: task.node, detail });
    file.changes.workDone.push({
      id: held.item!.id,
      task_id: task.id,
      case_id: file.id,
      person_id: desk.actor.id,
      number: file.row.number,
      title: file.row.title,
      process: file.row.process,
      task_name: task.name,
      outcome: said(operationLabel('return')),
      done_at: desk.now,
    });
    closeTask(desk, file, task, 'return', held.left);
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
      if (back) back.resume = { to: task.node };
    }
    return moved(desk, file);
  });
}
