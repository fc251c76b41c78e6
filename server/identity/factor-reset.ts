/**
 * Owns taking away the second factor of somebody who has lost it: the system administrator asks, the security administrator consents, and
 * neither does either for himself. Every session of the person ends. Rule: [I24].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { askConsent, closeConsent, openConsentOf, openConsents } from '../store/consents.ts';
import { dropFactor, factorOf } from '../store/factors.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { dropSessionsOf } from '../store/sessions.ts';

/** Who asks, and from where. */
interface By {
  actor: Actor;
  address?: string | undefined;
}

export async function askFactorReset(host: Host, by: By, person: string, comment: string): Promise<void> {
  if (person === by.actor.id) throw new Refusal('not.allowed');
  await host.store.transaction(async (tx) => {
    if (!(await factorOf(tx, person))) throw new Refusal('not.found');
    if (await openConsentOf(tx, 'factor', person)) return;
    const asked = { asked_by: by.actor.id, asked_at: host.now() };
    await askConsent(tx, { id: host.newId(), kind: 'factor', object: person, detail: { comment }, ...asked });
    await audit(tx, host, by, 'factor-reset-asked', person, comment);
  });
}

export async function factorResets(host: Host): Promise<Answer<'factorResets'>> {
  const directory = host.directory();
  return (await openConsents(host.store.reader, 'factor')).map(({ object, detail, asked_by, asked_at }) => ({
    person: object,
    name: directory.nameOf(object),
    reason: detail.comment,
    askedBy: directory.nameOf(asked_by),
    askedAt: asked_at,
  }));
}

/** Nobody decides on what he asked for, nor on his own. */
export async function decideFactorReset(host: Host, by: By, person: string, agree: boolean): Promise<void> {
  await host.store.transaction(async (tx) => {
    const asked = await openConsentOf(tx, 'factor', person);
    if (!asked) throw new Refusal('not.found');
    if (asked.asked_by === by.actor.id || person === by.actor.id) throw new Refusal('not.allowed');
    const state = agree ? 'agreed' : 'refused';
    await closeConsent(tx, asked.id, { state, decided_by: by.actor.id, decided_at: host.now() });
    if (agree) {
      await dropFactor(tx, person);
      await dropSessionsOf(tx, person);
    }
    await audit(tx, host, by, agree ? 'factor-reset' : 'factor-reset-refused', person, asked.detail.comment);
  });
}

const audit = (tx: Tx, host: Host, { actor, address = '' }: By, act: string, person: string, reason: string) =>
  recordAudit(tx, {
    id: host.newId(),
    at: host.now(),
    person: actor.id,
    act,
    object: person,
    detail: { name: host.directory().nameOf(person), reason, address },
  });
