/**
 * Owns what a case and the cases it starts know of each other: which children a call asks for, how a case is born by the machine, and
 * what the end of a child means to its parent. Nothing here moves a case; advance.ts does, by what is answered here. Rules: [C5] [C10].
 */
import { because } from '@ganwei/core/reason';
import { fieldsOf } from '@ganwei/feel/json';
import type { ProcessNode, StartSettings } from '@ganwei/process/model';
import type { Stimulus, Wait } from '@ganwei/process/step';
import { actionOf, internalStart } from '../catalogue/actions.ts';
import { statusOf } from '../catalogue/case-scope.ts';
import { firstValues } from '../catalogue/first-values.ts';
import { sightOf } from '../catalogue/host.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import { personScope } from '../catalogue/starting.ts';
import { loadWait, updateWait } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Birth, Desk } from './desk.ts';
import { Standstill } from './standstill.ts';
import { openRow } from './waits.ts';

/** [C5] The children of a call activity: one, or one per element; the call's row counts those that have ended. */
export function childrenOf(
  desk: Desk,
  file: CaseFile,
  wait: Wait,
  node: ProcessNode,
): { row: string; births: Birth[] } {
  const call = node.call!;
  const each = call.each ? file.ask(call.each) : [null];
  if (!Array.isArray(each)) throw new Standstill(node.id, because('flow.each'));
  const detail = { total: each.length, ended: [] };
  const row = openRow(desk, file, wait, { kind: 'call', name: call.process, correlation: '', detail });
  const process = desk.host.catalogue().resolve('process', file.process.app, call.process);
  const births = each.map((item, index) => ({
    process,
    values: fieldsOf(file.ask(call.values, { item, index: index + 1 })),
    parent: { row: file.row, wait: row, index },
  }));
  return { row, births };
}

/** A case started by the machine (a call, a service, a message), before its first step; answers with that step. */
export async function bear(desk: Desk, birth: Birth): Promise<{ child: CaseFile; first: Stimulus }> {
  const process = await desk.host.catalogue().process(birth.process);
  const start = birth.start ?? internalStart(process.model).id;
  const node = process.model.nodes.get(start);
  if (node?.kind !== 'start') {
    throw new Standstill(start, because('flow.no-start', { process: process.model.name, start }));
  }
  const child = await desk.create({
    process,
    start,
    starter: (birth.starter && desk.host.directory().actor(birth.starter)) || desk.actor,
    values: node.start?.form ? { [node.start.as]: await completed(desk, process, node.start, birth) } : birth.values,
    ...(birth.parent && { parent: birth.parent }),
    ...(birth.from && { from: birth.from }),
  });
  child.note({ kind: 'started', node: start, detail: { by: 'machine' } });
  return { child, first: { kind: 'start', startEvent: start } };
}

/** Values given by the machine, with what the form itself computes and presets. */
async function completed({ host, actor, now }: Desk, process: ProcessEntry, start: StartSettings, birth: Birth) {
  const { value: form } = await host.catalogue().form(process.app, start.form!);
  const sight = sightOf(host, now, { ...personScope(actor, now), case: { process: process.model.id } });
  return firstValues(host, form, sight, birth.values);
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
    actionEnded(parent, child, action);
    return null;
  }
  const wait = parent.changes.waits.find((w) => w.id === waitId) ?? (await loadWait(desk.tx, waitId));
  const slot = [...parent.slots].find(([, entry]) => entry.id === waitId)?.[0];
  if (!wait?.detail || !slot) return null;
  const { detail } = wait;
  detail.ended.push({ ...resultOf(child), index: child.row.parent_index });
  if (detail.ended.length < detail.total) {
    if (!parent.changes.waits.includes(wait)) await updateWait(desk.tx, wait.id, { detail });
    // The parent's revision moves with every child that ends, so that two last children cannot miss each other.
    parent.note({ kind: 'child-ended', node: wait.node, detail: { number: child.row.number } });
    return null;
  }
  const { call } = parent.node(wait.node);
  const ended = detail.ended.sort((a, b) => Number(a.index) - Number(b.index));
  parent.takeOver(call?.outputs ?? [], call?.each ? ended : ended[0]);
  parent.pass(wait.node);
  return { parent, next: { kind: 'complete', slot } };
}

/** [C10] The case remembers an action that has ended like a step, and takes over what the action brings. */
function actionEnded(parent: CaseFile, child: CaseFile, key: string): void {
  const action = parent.process.model.case.actions.find((a) => a.key === key);
  if (!action || (parent.row.ended_at !== null && !action.afterEnd)) return;
  parent.takeOver(action.outputs, resultOf(child));
  parent.pass(key, child.row.status);
  const { label } = statusOf(child.process.model.case.statuses, child.row.status, child.row.state);
  const detail = { action: action.label, number: child.row.number, result: label };
  parent.note({ kind: 'action-ended', node: '', detail });
}

const resultOf = ({ id, row, values }: CaseFile): Record<string, unknown> => ({
  id,
  number: row.number,
  status: row.status,
  values: Object.fromEntries(values),
});
