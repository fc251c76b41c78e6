/** Verb: a signer asks further people to sign the same step. Rules: [S7] [T4] [T6] [T7] [S70]. */
import { operationLabel } from '@ganwei/core/operations';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { add } from '@ganwei/process/round';
import { keepRound } from '../case/tasks.ts';
import { Eligibility } from '../catalogue/eligibility.ts';
import type { Host } from '../catalogue/host.ts';
import { allow, holdTask } from './hold-task.ts';
import { type Call, perform } from './run.ts';

export interface Signers {
  people: readonly string[];
  comment: string;
  revision: number;
}

/** [S7] Further people sign beside those of a step that several sign; the step's own rule must admit them [S70]. */
export function addSigners(
  host: Host,
  call: Call,
  id: string,
  { people, comment, revision }: Signers,
): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['signers', id, people, comment, revision] }, async (desk) => {
    const held = await holdTask(desk, id);
    allow(held, 'addSigner', comment, revision);
    const { task, file, settings, items, round } = held;
    const eligibility = new Eligibility({ settings, sight: file.sight(), round }, desk.actor.id);
    const ofOne = settings.mode === 'single' || settings.mode === 'any';
    for (const person of people) {
      if (!desk.host.directory().actor(person)) throw new Refusal('not.found');
      const reason = ofOne ? because('signers.one') : eligibility.refusalOf(person);
      if (reason) throw new Refusal('task.operation-barred', { operation: operationLabel('addSigner'), reason });
    }
    keepRound(desk, file, task, { round: add(round, 'beside', desk.actor.id, people), items, moved: true });
    const names = people.map((person) => desk.host.directory().nameOf(person)).join('、');
    file.note({ kind: 'signer-added', node: task.node, detail: { people, names, comment } });
    return { ok: true as const };
  });
}
