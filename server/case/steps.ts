/**
 * Owns the steps of one case: a stimulus goes in, the automaton says what closes and what opens, services that the step asks for run in
 * the same transaction, and so on until the case rests (house §5, hops 7 and 8). Truth is the rows; what opened and closed comes
 * from the leaf of the step. What a step wants of other cases goes to the desk's errands. Rules: [P1] [P3] [C4] [C5].
 */
import { dayOfDeadline } from '@ganwei/calendar/zone';
import { because, type Reason as Cause } from '@ganwei/core/reason';
import type { ProcessFlow, ProcessNode } from '@ganwei/process/model';
import { type Leaf, NoWay, type Resume, type Stimulus, Uncaught, type Wait } from '@ganwei/process/step';
import { listed } from '../catalogue/case-scope.ts';
import { ServiceFault } from '../catalogue/service.ts';
import { keepMarking, loadMarking } from '../store/definitions.ts';
import { submissionsOfTask } from '../store/record.ts';
import type { Slot } from '../store/rows.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { childrenOf } from './family.ts';
import { runService } from './serve.ts';
import { Standstill, standstillOf } from './standstill.ts';
import { endCalled } from './steering.ts';
import { callOff, openTask, type Reason, raiseIncident } from './tasks.ts';
import { openTimer, stepHasOpened } from './timers.ts';
import { openMessage, openRow } from './waits.ts';

/** More automatic steps in a row than any sensible process needs. */
const LONGEST_CHAIN = 200;

/** What goes with one stimulus through all that follows from it by itself. */
interface Course {
  desk: Desk;
  file: CaseFile;
  /** why the tasks that open come to somebody */
  reason: Reason;
  /** slot of a service that failed -> what it said */
  faults: Map<string, Cause | string>;
}

/** Carries out one stimulus and everything that follows from it by itself in this case. */
export async function takeSteps(desk: Desk, file: CaseFile, first: Stimulus | Resume, reason: Reason): Promise<void> {
  const course: Course = { desk, file, reason, faults: new Map() };
  await keepUnfinished(desk, file, first);
  if (first.kind === 'fire' || first.kind === 'message') passCatchEvent(file, first.slot);
  const waiting: (Stimulus | Resume)[] = [first];
  for (let length = 0; waiting.length > 0; length++) {
    if (length > LONGEST_CHAIN) throw new Standstill('', because('flow.endless'));
    const leaf = await step(course, waiting.shift()!);
    await closeSlots(desk, file, leaf.closed, 'slot' in first ? first.slot : '');
    for (const wait of leaf.opened) {
      const next = await openWait(course, wait);
      if (next) waiting.push(next);
    }
    for (const { kind, node } of leaf.opened) if (kind === 'user') await stepHasOpened(desk, file, node);
    if (leaf.stuck?.length) {
      raiseIncident(desk, file, { node: leaf.stuck[0]!, kind: 'stuck', reason: because('flow.stuck') });
    }
    if (leaf.next === null) end(desk, file, leaf);
  }
}

/** What stands alone and has happened counts as passed, like a step that has been finished, before its ways out are asked about. */
function passCatchEvent(file: CaseFile, slot: string): void {
  const { node, host } = file.slots.get(slot) ?? {};
  if (node !== undefined && host === undefined) file.pass(node);
}

/** An interrupted step of several people keeps what has been submitted so far: the flow may ask whether it is enough. */
async function keepUnfinished(desk: Desk, file: CaseFile, stimulus: Stimulus | Resume): Promise<void> {
  const boundary = 'slot' in stimulus ? file.slots.get(stimulus.slot) : undefined;
  const host = boundary?.host ? file.slots.get(boundary.host) : undefined;
  const settings = host && file.node(host.node).task;
  if (!boundary || !host || !settings?.list || file.node(boundary.node).timer?.interrupting === false) return;
  const rows = await submissionsOfTask(desk.tx, host.id);
  file.put(
    settings.as,
    rows.map((row) => listed(desk.host.directory(), row)),
  );
}

async function step({ desk, file, faults }: Course, stimulus: Stimulus | Resume): Promise<Leaf> {
  const { tx } = desk;
  const { compiled, key, version } = file.process;
  const stepper = desk.host.steppers.of(compiled);
  const sight = file.sight();
  const decide = (flow: ProcessFlow): boolean => {
    const value = sight.ask(flow.condition!);
    if (typeof value !== 'boolean') {
      throw new Standstill(flow.source, because('flow.condition', { condition: flow.condition ?? '' }));
    }
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
    remember(file, leaf);
    file.row.marking = next ?? '';
    return leaf;
  } catch (error) {
    const slot = 'slot' in stimulus ? stimulus.slot : '';
    throw asStandstill(error, file.slots.get(slot)?.node ?? slot, faults.get(slot));
  }
}

/** Failures of the process itself, told apart from bugs of the house. */
function asStandstill(error: unknown, node: string, fault: Cause | string | undefined): unknown {
  if (error instanceof NoWay) return new Standstill(error.gateway, because('flow.no-way'), error);
  if (error instanceof Uncaught) return new Standstill(node, fault ?? because('service.failed'), error);
  return standstillOf(error, node);
}

/** What the case has passed through: nodes and flows, for expressions, diagrams and predictions. */
function remember(file: CaseFile, leaf: Leaf): void {
  for (const id of [...leaf.passed, ...leaf.taken, ...leaf.ends]) file.pass(id);
  // An end event gives its status also when another branch goes on: the last branch to end need not be the one that decides.
  const said = [...leaf.passed, ...leaf.ends].map((id) => file.process.model.nodes.get(id)?.status);
  const status = said.findLast((key) => key !== undefined);
  if (status) file.row.status = status;
}

/** Ends the rows of the slots that vanished; `done` is the one whose task the caller has closed himself. */
export async function closeSlots(desk: Desk, file: CaseFile, closed: readonly string[], done = ''): Promise<void> {
  for (const slot of closed) {
    const entry = file.slots.get(slot);
    file.slots.delete(slot);
    if (!entry?.id) continue;
    if (entry.kind === 'timer') file.changes.closedTimers.add(entry.id);
    else if (entry.kind !== 'user') file.changes.closedWaits.add(entry.id);
    else if (slot !== done) await callOff(desk, file, entry);
    if (entry.kind === 'call' && slot !== done) await endCalled(desk, file, entry);
  }
}

/** Makes the row of a new wait; answers with the next stimulus when the wait is over at once. */
async function openWait(course: Course, wait: Wait): Promise<Stimulus | null> {
  const { desk, file, reason } = course;
  const node = file.node(wait.node);
  if (node.status) file.row.status = node.status;
  const slot: Slot = { kind: wait.kind, node: wait.node, id: '', ...(wait.host && { host: wait.host }) };
  file.slots.set(wait.slot, slot);
  try {
    switch (wait.kind) {
      case 'user': {
        const task = openTask(desk, file, wait.slot, node, reason);
        slot.id = task.id;
        if (task.due_at !== null) slot.due = dayOfDeadline(task.due_at);
        return null;
      }
      case 'timer':
        openTimer(desk, file, wait, node, slot);
        return null;
      case 'message':
        slot.id = openMessage(desk, file, wait, node);
        return null;
      case 'call':
        return openCall(course, wait, node, slot);
      case 'service':
        return await openService(course, wait, node, slot);
    }
  } catch (error) {
    throw standstillOf(error, node.id);
  }
}

/** [C5] A call activity asks for its children; without any, the case goes on at once. */
function openCall({ desk, file }: Course, wait: Wait, node: ProcessNode, slot: Slot): Stimulus | null {
  const { row, births } = childrenOf(desk, file, wait, node);
  slot.id = row;
  for (const birth of births) desk.errands.push({ kind: 'birth', node: node.id, birth });
  return births.length === 0 ? { kind: 'complete', slot: wait.slot } : null;
}

/** Runs the service; what it asks of other cases is left for when this one rests. */
async function openService({ desk, file, faults }: Course, wait: Wait, node: ProcessNode, slot: Slot) {
  const service = node.service!;
  try {
    const answer = await runService(desk, file, node);
    for (const start of answer.starts ?? [])
      desk.errands.push({ kind: 'birth', node: node.id, birth: { ...start, from: file.row } });
    for (const message of answer.messages ?? [])
      desk.errands.push({ kind: 'message', node: node.id, message, by: file });
    for (const order of answer.orders ?? []) desk.errands.push({ kind: 'order', node: node.id, order, by: file });
    if (answer.awaits) {
      const row = { kind: 'service' as const, name: service.type, correlation: answer.awaits, detail: null };
      slot.id = openRow(desk, file, wait, row);
      return null;
    }
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    faults.set(wait.slot, error.reason);
    return { kind: 'error' as const, slot: wait.slot, code: error.code };
  }
  file.pass(node.id);
  return { kind: 'complete' as const, slot: wait.slot };
}

/** [C4] The case ends; a waiting caller learns of it. */
function end(desk: Desk, file: CaseFile, leaf: Leaf): void {
  file.row.state = 'ended';
  file.row.ended_at = desk.now;
  file.note({ kind: 'ended', node: leaf.ends.at(-1) ?? '', detail: { status: file.row.status } });
  desk.errands.push({ kind: 'ended', node: '', file });
}
