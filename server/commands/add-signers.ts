/** Verb: a signer asks further people to sign the same step. Rules: [S7] [T4] [T6] [T7]. */
import { operationLabel } from '@ganwei/core/operations';
import { because, type Reason } from '@ganwei/core/reason';
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
      const reason = signerBar(settings.mode, found.name, {
        member: isMember(round, person),
        excluded: barred.get(person),
      });
      if (reason) throw new Refusal('task.operation-barred', { operation: operationLabel('addSigner'), reason });
    }
    keepRound(desk, file, task, { round: add(round, 'beside', desk.actor.id, people), items, moved: true });
    const names = people.map((person) => desk.host.directory().nameOf(person)).join('、');
    file.note({ kind: 'signer-added', node: task.node, detail: { people, names, comment } });
    return { ok: true as const };
  });
}

/** Why this person cannot sign, too; undefined: he can. */
function signerBar(
  mode: SigningMode,
  name: string,
  { member, excluded }: { member: boolean; excluded: string | undefined },
): Reason | undefined {
  if (mode === 'single' || mode === 'any') return because('signers.one');
  if (member) return because('person.member', { name });
  return excluded === undefined ? undefined : because('person.excluded', { name, reason: excluded });
}
