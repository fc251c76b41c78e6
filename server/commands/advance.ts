/**
 * Owns the step of a case: a stimulus goes in, the automaton says what closes and what opens, services that the step asks for run in
 * the same transaction, and so on until everything rests (house §5, hops 7 and 8). Truth is the rows; what opened and closed comes
 * from the leaf of the step. Rules: [P1] [P3] [C4] [C5].
 */
import { FeelError } from '@ganwei/feel/compile';
import { initialValues } from '@ganwei/form/values';
import type { ProcessFlow, ProcessNode, StartSettings } from '@ganwei/process/model';
import { type Leaf, NoWay, type Stimulus, Uncaught, type Wait } from '@ganwei/process/step';
import { internalStart } from '../catalogue/actions.ts';
import { actorContext, type Slot } from '../catalogue/case-scope.ts';
import { localDate, worldOf } from '../catalogue/host.ts';
import { feel } from '../catalogue/language.ts';
import { plainLookups } from '../catalogue/lookups.ts';
import { registry } from '../services/registry.ts';
import { type Order, ServiceFault } from '../services/service.ts';
import { keepMarking, loadMarking } from '../store/definitions.ts';
import { submissionsOfTask } from '../store/record.ts';
import type { TaskRow } from '../store/rows.ts';
import { waitsForMessage } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { type Birth, childrenOf, reportEnd } from './family.ts';
import { runService } from './serve.ts';
import { Standstill } from './standstill.ts';
import { carryOut } from './steering.ts';
import { callOff, listed, openTask, type Reason, raiseIncident } from './tasks.ts';
import { correlationKey, openMessage, openRow, openTimer } from './waits.ts';

/** More automatic steps in a row than any sensible process needs. */
const LONGEST_CHAIN = 200;

/** Carries out one stimulus and everything that follows from it by itself, in this case and in its parent and children. */
export async function advance(desk: Desk, file: CaseFile, first: Stimulus, reason: Reason = 'new'): Promise<void> {
  const waiting: Stimulus[] = [first];
  const faults = new Map<string, string>();
  desk.depth += 1;
  await keepUnfinished(desk, file, first);
  for (let length = 0; waiting.length > 0; length++) {
    if (length > LONGEST_CHAIN) throw new Standstill('', '自动步骤过多，流程可能陷入循环');
    const leaf = await step(desk, file, waiting.shift()!, faults);
    await close(desk, file, leaf, 'slot' in first ? first.slot : '');
    for (const wait of leaf.opened) {
      const next = await openWait(desk, file, wait, reason, faults);
      if (next) waiting.push(next);
    }
    if (leaf.stuck?.length) {
      raiseIncident(desk, file, { node: leaf.stuck[0]!, kind: 'stuck', detail: '流程在汇合处等待永远不会到来的分支' });
    }
    if (leaf.next === null) await endCase(desk, file, leaf);
  }
  desk.depth -= 1;
  // What concerns other cases waits until this one rests.
  while (desk.depth === 0 && desk.later.length > 0) await desk.later.shift()!();
}

/** An interrupted step of several people keeps what has been submitted so far: the flow may ask whether it is enough. */
async function keepUnfinished(desk: Desk, file: CaseFile, stimulus: Stimulus): Promise<void> {
  const boundary = 'slot' in stimulus ? file.slots.get(stimulus.slot) : undefined;
  const host = boundary?.host ? file.slots.get(boundary.host) : undefined;
  const settings = host && file.node(host.node).task;
  if (!boundary || !host || !settings?.list || file.node(boundary.node).timer?.interrupting === false) return;
  const rows = await submissionsOfTask(desk.tx, host.id);
  file.put(
    settings.as,
    rows.map((row) => listed(desk.host, row)),
  );
}

async function step(desk: Desk, file: CaseFile, stimulus: Stimulus, faults: Map<string, string>): Promise<Leaf> {
  const { tx, host } = desk;
  const { stepper, key, version } = file.process;
  const scope = file.scope(desk.actor, desk.now);
  const world = file.world(host, desk.now);
  const decide = (flow: ProcessFlow): boolean => {
    const value = feel(flow.condition!).evaluate(scope, world);
    if (typeof value !== 'boolean') throw new Standstill(flow.source, `分支条件「${flow.condition}」没有得出是或否`);
    return value;
  };
  const id = `${key}@${version}`;
  try {
    const leaf = await stepper.step(file.row.marking || null, stimulus, decide, (hash) => loadMarking(tx, id, hash));
    const { next, text } = leaf;
    if (next !== null && text !== undefined) {
      await keepMarking(tx, id, next, text);
      desk.committed.push(() => stepper.saved(next));
    }
    remember(file, leaf, desk.now);
    file.row.marking = next ?? '';
    return leaf;
  } catch (error) {
    const slot = 'slot' in stimulus ? stimulus.slot : '';
    throw asStandstill(error, file.slots.get(slot)?.node ?? slot, faults.get(slot));
  }
}

/** Failures of the process itself, told apart from bugs of the house. */
function asStandstill(error: unknown, node: string, fault: string | undefined): unknown {
  if (error instanceof FeelError) return new Standstill(node, error.message, error);
  if (error instanceof NoWay) return new Standstill(error.gateway, '没有一个分支的条件成立', error);
  if (error instanceof Uncaught) return new Standstill(node, fault ?? '服务失败', error);
  return error;
}

/** What the case has passed through: nodes and flows, for expressions, diagrams and predictions. */
function remember(file: CaseFile, leaf: Leaf, now: number): void {
  for (const id of [...leaf.passed, ...leaf.taken, ...leaf.ends]) file.pass(id, now);
  // An end event gives its status also when another branch goes on: the last branch to end need not be the one that decides.
  const said = [...leaf.passed, ...leaf.ends].map((id) => file.process.model.nodes.get(id)?.status);
  const status = said.findLast((key) => key !== undefined);
  if (status) file.row.status = status;
}

/** Ends the rows of the slots that vanished; `done` is the one whose task the caller has closed himself. */
async function close(desk: Desk, file: CaseFile, leaf: Leaf, done: string): Promise<void> {
  for (const slot of leaf.closed) {
    const entry = file.slots.get(slot);
    file.slots.delete(slot);
    if (!entry?.id) continue;
    if (entry.kind === 'timer') file.changes.closedTimers.add(entry.id);
    else if (entry.kind !== 'user') file.changes.closedWaits.add(entry.id);
    else if (slot !== done) await callOff(desk, file, entry);
  }
}

/** Makes the row of a new wait; answers with the next stimulus when the wait is over at once. */
async function openWait(
  desk: Desk,
  file: CaseFile,
  wait: Wait,
  reason: Reason,
  faults: Map<string, string>,
): Promise<Stimulus | null> {
  const node = file.node(wait.node);
  if (node.status) file.row.status = node.status;
  const slot: Slot = { kind: wait.kind, node: wait.node, id: '', ...(wait.host && { host: wait.host }) };
  file.slots.set(wait.slot, slot);
  try {
    if (wait.kind === 'user') standFor(slot, openTask(desk, file, wait.slot, node, reason));
    else if (wait.kind === 'timer') slot.id = openTimer(desk, file, wait, node);
    else if (wait.kind === 'message') slot.id = openMessage(desk, file, wait, node);
    else if (wait.kind === 'call') return await openCall(desk, file, wait, node, slot);
    else return await openService(desk, file, wait, node, slot, faults);
  } catch (error) {
    throw error instanceof FeelError ? new Standstill(node.id, error.message, error) : error;
  }
  return null;
}

/** The slot knows its task and the day it is due. */
function standFor(slot: Slot, task: TaskRow): void {
  slot.id = task.id;
  if (task.due_at !== null) slot.due = localDate(task.due_at - 1);
}

/** [C5] A call activity starts its children; without any, the case goes on at once. */
async function openCall(
  desk: Desk,
  file: CaseFile,
  wait: Wait,
  node: ProcessNode,
  slot: Slot,
): Promise<Stimulus | null> {
  const { row, births } = childrenOf(desk, file, wait, node);
  slot.id = row;
  if (births.length === 0) return { kind: 'complete', slot: wait.slot };
  for (const birth of births) await startCase(desk, birth);
  return null;
}

/** Starts a case by the machine: a call, a service or a message. */
export async function startCase(desk: Desk, request: Birth): Promise<CaseFile> {
  const process = await desk.host.catalogue().process(request.process);
  const start = request.start ?? internalStart(process.model).id;
  const node = process.model.nodes.get(start);
  if (node?.kind !== 'start') throw new Standstill(start, `流程「${process.model.name}」没有开始事件「${start}」`);
  const child = await desk.create({
    process,
    start,
    starter: desk.actor,
    values: node.start?.form ? { [node.start.as]: await completed(desk, node.start, request) } : request.values,
    ...(request.parent && { parent: request.parent }),
  });
  child.note({ kind: 'started', node: start, detail: { by: 'machine' } }, desk.actor, desk.now);
  await advance(desk, child, { kind: 'start', startEvent: start });
  return child;
}

/** Values given by the machine, with what the form itself computes and presets. */
async function completed(
  desk: Desk,
  start: StartSettings,
  request: { process: string; values: Record<string, unknown> },
): Promise<Record<string, unknown>> {
  const { value: form } = await desk.host.catalogue().form(start.form!);
  const scope = { actor: actorContext(desk.actor), today: localDate(desk.now), case: { process: request.process } };
  return initialValues(
    form,
    { scope, lookups: plainLookups(desk.host), world: { ...worldOf(desk.host, desk.now) } },
    request.values,
  );
}

async function openService(
  desk: Desk,
  file: CaseFile,
  wait: Wait,
  node: ProcessNode,
  slot: Slot,
  faults: Map<string, string>,
): Promise<Stimulus | null> {
  const service = node.service!;
  try {
    const answer = await runService(desk, file, node, registry);
    for (const request of answer.starts ?? []) await startCase(desk, request);
    for (const request of answer.messages ?? []) await deliverMessage(desk, request);
    for (const order of answer.orders ?? []) desk.later.push(() => obey(desk, file, order));
    if (answer.awaits) {
      slot.id = openRow(desk, file, wait, {
        kind: 'service',
        name: service.type,
        correlation: answer.awaits,
        detail: null,
      });
      return null;
    }
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    faults.set(wait.slot, error.message);
    return { kind: 'error', slot: wait.slot, code: error.code };
  }
  file.pass(node.id, desk.now);
  return { kind: 'complete', slot: wait.slot };
}

/** [C6] Hands a message to every case that waits for it, else to the processes that start with it. Returns how many took it. */
export async function deliverMessage(
  desk: Desk,
  message: { name: string; correlation: string; payload: Record<string, unknown> },
): Promise<number> {
  const waits = await waitsForMessage(desk.tx, message.name, correlationKey(message.correlation));
  for (const wait of waits) {
    const file = await desk.open(wait.case_id);
    const slot = [...file.slots].find(([, entry]) => entry.id === wait.id)?.[0];
    if (!slot) continue;
    file.put(`messages.${wait.node}`, message.payload);
    file.note({ kind: 'message', node: wait.node, detail: { name: message.name } }, desk.actor, desk.now);
    desk.later.push(() => advance(desk, file, { kind: 'message', slot }));
  }
  if (waits.length > 0) return waits.length;
  let started = 0;
  for (const { key } of desk.host.catalogue().list('process')) {
    const process = await desk.host.catalogue().process(key);
    for (const node of process.model.nodes.values()) {
      if (node.start?.message?.name !== message.name) continue;
      await startCase(desk, { process: key, start: node.id, values: message.payload });
      started += 1;
    }
  }
  return started;
}

/** Does to another case what a service of this one asked for, and tells those who waited for a case that ended by it. */
async function obey(desk: Desk, file: CaseFile, order: Order): Promise<void> {
  for (const ended of await carryOut(desk, order, file)) await tellParent(desk, ended);
}

/** [C4] The case ends: what still stands is cleared, and a waiting caller learns of it. */
async function endCase(desk: Desk, file: CaseFile, leaf: Leaf): Promise<void> {
  file.row.state = 'ended';
  file.row.ended_at = desk.now;
  file.note({ kind: 'ended', node: leaf.ends.at(-1) ?? '', detail: { status: file.row.status } }, desk.actor, desk.now);
  desk.later.push(() => tellParent(desk, file));
}

/** The end of a case may be what the one it came from waits for. */
export async function tellParent(desk: Desk, child: CaseFile): Promise<void> {
  const told = await reportEnd(desk, child);
  if (told) await advance(desk, told.parent, told.next);
}
