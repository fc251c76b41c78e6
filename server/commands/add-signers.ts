/** Verb: a signer asks further people to sign the same step. Rules: [S7] [T4] [T6] [T7]. */
import { Refusal } from '@ganwei/core/refusal';
import type { SigningMode } from '@ganwei/process/model';
import { add, isMember } from '@ganwei/process/round';
import { exclusions, keepRound } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { allow, holdTask } from './hold-task.ts';
import { type Call, perform } from './run.ts';

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
    const { task, file, settings, items, round } = held;
    const barred = exclusions(file, settings);
    for (const person of people) {
      const found = desk.host.directory().actor(person);
      if (!found) throw new Refusal('not.found');
      const reason = signerBar(settings.mode, isMember(round, person), barred.get(person));
      if (reason) throw new Refusal('task.operation-barred', { operation: '加签', reason: `${found.name}${reason}` });
    }
    keepRound(desk, file, task, { round: add(round, 'beside', desk.actor.id, people), items, moved: true });
    const names = people.map((person) => desk.host.directory().nameOf(person)).join('、');
    file.note({ kind: 'signer-added', node: task.node, detail: { people, names, comment } });
    return { ok: true as const };
  });
}

function signerBar(mode: SigningMode, member: boolean, excluded: string | undefined): string {
  if (mode === 'single' || mode === 'any') return '不能加签：本步骤由一人办理，请用转办';
  if (member) return '已经是此任务的办理人';
  return excluded ? `须回避（${excluded}）` : '';
}
