/**
 * Verb: a second administrator consents that a step goes to people whom its own rule does not name, or does not. Nobody decides on what he
 * asked for, and exclusions hold whatever is consented to. Rules: [O70] [T4].
 */
import { holdsDuty } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { giveStep, stepOf } from '../case/give-step.ts';
import { Eligibility } from '../catalogue/eligibility.ts';
import type { Host } from '../catalogue/host.ts';
import { closeConsent, openConsentOf } from '../store/consents.ts';
import { loadIncident } from '../store/incidents.ts';
import { type Call, perform } from './run.ts';
import { solved } from './solve-incident.ts';

/** `id` of the incident whose exception waits. */
export function decideException(
  host: Host,
  call: Call,
  id: string,
  { agree }: { agree: boolean },
): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['exception', id, agree] }, async (desk) => {
    if (!holdsDuty(desk.actor, 'security-admin')) throw new Refusal('not.allowed');
    const asked = await openConsentOf(desk.tx, 'exception', id);
    const incident = asked && (await loadIncident(desk.tx, id));
    if (!asked || !incident) throw new Refusal('not.found');
    const { people, comment } = asked.detail;
    if (asked.asked_by === desk.actor.id || people.includes(desk.actor.id)) throw new Refusal('not.allowed');
    const decided = { decided_by: desk.actor.id, decided_at: desk.now };
    await closeConsent(desk.tx, asked.id, { state: agree ? 'agreed' : 'refused', ...decided });
    if (!agree) {
      const name = people.map((person) => desk.host.directory().nameOf(person)).join('、');
      await desk.audit('exception-refused', '', { name, reason: comment });
      return { ok: true as const };
    }
    const step = await stepOf(desk, incident);
    const eligibility = new Eligibility({ settings: step.settings, sight: step.sight }, asked.asked_by);
    const barred = people.some((person) => !desk.host.directory().actor(person) || eligibility.barOf(person));
    if (barred) throw new Refusal('task.stale');
    await giveStep(desk, step, people, { comment, agreedBy: desk.actor.id });
    await solved(desk, incident, { way: 'reassign', comment });
    return { ok: true as const };
  });
}
