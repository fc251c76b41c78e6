/**
 * Owns how a change runs through all the cases it concerns, in one transaction: one case takes its steps until it rests, then what it
 * wanted of others (a birth, a message, an order, the news of its end) is done, one errand after the other, each of which may bring
 * further ones. Rules: [C4] [C5] [C6].
 */

import { because } from '@ganwei/core/reason';
import type { Resume, Stimulus } from '@ganwei/process/step';
import { actionOf } from '../catalogue/actions.ts';
import { waitsForMessage } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Birth, Desk, Errand } from './desk.ts';
import { bear, reportEnd } from './family.ts';
import { Standstill, standstillOf } from './standstill.ts';
import { carryOut } from './steering.ts';
import { takeSteps } from './steps.ts';
import type { Reason } from './tasks.ts';
import { correlationKey } from './waits.ts';

type MessageErrand = Extract<Errand, { kind: 'message' }>;

/** More errands from one act than any sensible processes need. */
const MOST_ERRANDS = 2000;

/** Carries out one stimulus and everything that follows from it by itself, in this case and in its parent, children and others. */
export async function advance(
  desk: Desk,
  file: CaseFile,
  stimulus: Stimulus | Resume,
  reason: Reason = 'new',
): Promise<void> {
  await takeSteps(desk, file, stimulus, reason);
  await runErrands(desk);
}

/** Does what cases want of each other, in the order in which it came up, until all of them rest. */
export async function runErrands(desk: Desk): Promise<void> {
  for (let done = 0; desk.errands.length > 0; done++) {
    if (done > MOST_ERRANDS) throw new Standstill('', because('flow.endless-between'));
    const errand = desk.errands.shift()!;
    try {
      await runErrand(desk, errand);
    } catch (error) {
      throw standstillOf(error, errand.node);
    }
  }
}

async function runErrand(desk: Desk, errand: Errand): Promise<void> {
  switch (errand.kind) {
    case 'birth':
      return startCase(desk, errand.birth);
    case 'message':
      return deliverMessage(desk, errand);
    case 'order':
      for (const file of await carryOut(desk, errand.order, errand.by))
        desk.errands.push({ kind: 'ended', node: '', file });
      return;
    case 'ended': {
      const told = await reportEnd(desk, errand.file);
      if (told) await takeSteps(desk, told.parent, told.next, 'new');
    }
  }
}

async function startCase(desk: Desk, birth: Birth): Promise<void> {
  const { child, first } = await bear(desk, birth);
  const action = actionOf(child.row);
  if (action && birth.parent) {
    const parent = await desk.open(birth.parent.row.id);
    const label = parent.process.model.case.actions.find(({ key }) => key === action)?.label ?? action;
    parent.note({ kind: 'action-started', node: '', detail: { action: label, number: child.row.number } });
  }
  await takeSteps(desk, child, first, 'new');
}

/** [C6] Hands a message to every case that waits for it, else to the processes that start with it. Nobody takes it: the sender's record says so. */
async function deliverMessage(desk: Desk, { message, by, node: sender }: MessageErrand): Promise<void> {
  const waits = await waitsForMessage(desk.tx, message.name, correlationKey(message.correlation));
  for (const wait of waits) {
    const file = await desk.open(wait.case_id);
    const slot = [...file.slots].find(([, entry]) => entry.id === wait.id)?.[0];
    if (!slot) continue;
    file.put(`messages.${wait.node}`, message.payload);
    file.note({ kind: 'message', node: wait.node, detail: { name: message.name } });
    await takeSteps(desk, file, { kind: 'message', slot }, 'new');
  }
  if (waits.length > 0) return;
  let started = 0;
  for (const { key } of desk.host.catalogue().list('process')) {
    const { model } = await desk.host.catalogue().process(key);
    for (const node of model.nodes.values()) {
      if (node.start?.message?.name !== message.name) continue;
      await startCase(desk, { process: key, start: node.id, values: message.payload, from: by.row });
      started++;
    }
  }
  if (started === 0) by.note({ kind: 'undelivered', node: sender, detail: { name: message.name } });
}
