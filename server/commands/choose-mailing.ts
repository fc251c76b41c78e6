/** Verb: a person says how he wants mail, within what his organs allow. The mails are in the language in which he chose. To choose again does not make mails come closer together. Rules: [MSG8] [MSG9]. */
import type { Answer, Body } from '@ganwei/core/contract';
import type { Language } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { barredFrom, nextMorning } from '../catalogue/mailing.ts';
import { mailingOf, NO_MAILING, putMailing } from '../store/standing.ts';
import { LOOK, PERIOD, SETTLES } from './mail-news.ts';
import { type Call, run } from './run.ts';

export async function chooseMailing(
  host: Host,
  call: Call,
  { choice }: Body<'chooseMailing'>,
  language: Language,
): Promise<Answer<'chooseMailing'>> {
  const person = call.actor.id;
  const reason = barredFrom(host, person, choice);
  if (reason) throw new Refusal('mailing.barred', { reason });
  return run(host, call, async (tx) => {
    const now = host.now();
    const before = await mailingOf(tx, person);
    const mailed_at = before?.mailed_at ?? 0;
    // What came while he wanted none is no news.
    const told_until = before && before.choice !== 'never' ? before.told_until : now - SETTLES;
    const next = {
      never: NO_MAILING,
      soon: Math.max(now + LOOK, mailed_at + PERIOD),
      daily: nextMorning(host.catalogue().calendar, now),
    };
    await putMailing(tx, { person_id: person, choice, language, told_until, mailed_at, next_at: next[choice] });
    return { ok: true };
  });
}
