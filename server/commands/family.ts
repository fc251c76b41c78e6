/**
 * Owns what a case and the cases it starts know of each other: which children a call asks for, and what the end of a child means to its
 * parent. Nothing here moves a case; advance.ts does, by what is answered here. Rules: [C5] [C10].
 */
import type { ProcessNode } from '@ganwei/process/model';
import type { Stimulus, Wait } from '@ganwei/process/step';
import { actionOf } from '../catalogue/actions.ts';
import { statusOf } from '../catalogue/case-scope.ts';
import { feel } from '../catalogue/language.ts';
import { loadWait, updateWait } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk, NewCase } from './desk.ts';
import { Standstill } from './standstill.ts';
import { openRow } from './waits.ts';

/** A case to be started by the machine; `values` are those of its start form. */
export interface Birth {
  process: string;
  start?: string;
  values: Record<string, unknown>;
  parent?: NewCase['parent'];
}

/** [C5] The children of a call activity: one, or one per element; the call's row counts those that have ended. */
export function childrenOf(
  desk: Desk,
  file: CaseFile,
  wait: Wait,
  node: ProcessNode,
): { row: string; births: Birth[] } {
  const call = node.call!;
  const scope = file.scope(desk.actor, desk.now);
  const world = file.world(desk.host, desk.now);
  const each = call.each ? feel(call.each).evaluate(scope, world) : [null];
  if (!Array.isArray(each)) throw new Standstill(node.id, '子流程的「逐个」表达式应得出列表');
  const detail = JSON.stringify({ total: each.length, ended: [] });
  const row = openRow(desk, file, wait, { kind: 'call', name: call.process, correlation: '', detail });
  const births = each.map((item, index) => {
    const values = feel(call.values).evaluate({ ...scope, item, index: index + 1 }, world);
    return {
      process: call.process,
      values: JSON.parse(JSON.stringify(values ?? {})),
      parent: { row: file.row, wait: row, index },
    };
  });
  return { row, births };
}

/**
 * Tells the parent that this child has ended. Answers with the parent and its next stimulus when that was the last child it waited for;
 * null when it waits for others, or when the child came from an action.
 */
export async function reportEnd(desk: Desk, child: CaseFile): Promise<{ parent: CaseFile; next: Stimulus } | null> {
  const { parent_id: parentId, parent_wait: waitId } = child.row;
  if (!parentId || !waitId) return null;
  const parent = await desk.open(parentId);
  const action = actionOf(child.row);
  if (action) {
    actionEnded(desk, parent, child, action);
    return null;
  }
  const wait = parent.changes.waits.find((w) => w.id === waitId) ?? (await loadWait(desk.tx, waitId));
  const slot = [...parent.slots].find(([, entry]) => entry.id === waitId)?.[0];
  if (!wait?.detail || !slot) return null;
  const detail = JSON.parse(wait.detail) as { total: number; ended: Record<string, unknown>[] };
  detail.ended.push({ ...resultOf(child), index: child.row.parent_index });
  wait.detail = JSON.stringify(detail);
  if (detail.ended.length < detail.total) {
    if (!parent.changes.waits.includes(wait)) await updateWait(desk.tx, wait.id, { detail: wait.detail });
    // The parent's revision moves with every child that ends, so that two last children cannot miss each other.
    parent.note({ kind: 'child-ended', node: wait.node, detail: { number: child.row.number } }, desk.actor, desk.now);
    return null;
  }
  const { call } = parent.node(wait.node);
  const ended = detail.ended.sort((a, b) => Number(a.index) - Number(b.index));
  takeOver(desk, parent, call?.outputs ?? [], call?.each ? ended : ended[0]);
  parent.pass(wait.node, desk.now);
  return { parent, next: { kind: 'complete', slot } };
}

/** [C10] The case remembers an action that has ended like a step, and takes over what the action brings. */
function actionEnded(desk: Desk, parent: CaseFile, child: CaseFile, key: string): void {
  const action = parent.process.model.case.actions.find((a) => a.key === key);
  if (!action || parent.row.ended_at !== null) return;
  takeOver(desk, parent, action.outputs, resultOf(child));
  parent.pass(key, desk.now, child.row.status);
  const { label } = statusOf(child.process.model.case.statuses, child.row.status, child.row.state);
  const detail = { action: action.label, number: child.row.number, result: label };
  parent.note({ kind: 'action-ended', node: '', detail }, desk.actor, desk.now);
}

function takeOver(
  desk: Desk,
  parent: CaseFile,
  outputs: readonly { name: string; value: string }[],
  result: unknown,
): void {
  const scope = { ...parent.scope(desk.actor, desk.now), result };
  const world = parent.world(desk.host, desk.now);
  for (const { name, value } of outputs) parent.put(name, feel(value).evaluate(scope, world));
}

const resultOf = ({ id, row, values }: CaseFile): Record<string, unknown> => ({
  id,
  number: row.number,
  status: row.status,
  values: Object.fromEntries(values),
});
