/**
 * Owns the second factor: codes of an authenticator app (TOTP, RFC 6238) beside the password, with recovery codes for whoever has lost the app.
 * A code is used once, and guesses at it count like guesses at the password. Those who administer must have one where the installation says so.
 * Must never log or return a secret but when it is set up. Rules: [I20] [I21] [I23].
 */
import { randomBytes } from 'node:crypto';
import type { Actor } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import type { Host } from '../catalogue/host.ts';
import { run } from '../commands/run.ts';
import { accountOf } from '../store/directory.ts';
import {
  beginFactor,
  dropFactor,
  type FactorRow,
  factorOf,
  keepRecoveryCodes,
  loadFactor,
  unusedCodes,
  useRecoveryCode,
  useStep,
} from '../store/factors.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { count, forgive, hashOf, type Origin } from './guessing.ts';
import { matches, NOBODY } from './hashing.ts';

/** RFC 6238 as every authenticator app speaks it. */
const PERIOD = 30;
const DIGITS = 6;
/** Periods before and after that count: clocks differ. */
const WINDOW = 1;
const RECOVERY_CODES = 10;

/** none: he has none · due: he must set one up before anything else · set: he has one */
export type FactorState = 'none' | 'due' | 'set';

const totp = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Ganwei', label, secret: Secret.fromBase32(secret), digits: DIGITS, period: PERIOD });

/** [I23] Does the installation ask one of this person? */
export const mustHave = (host: Host, actor: Actor): boolean =>
  host.secondFactor === 'required' && actor.duties.length > 0;

/** How it stands with this person; asked with every request of those who administer, so it is one row. */
export async function factorState(host: Host, actor: Actor): Promise<FactorState> {
  if (!mustHave(host, actor)) return 'none';
  return (await factorOf(host.store.reader, actor.id)) ? 'set' : 'due';
}

/** What the person's own page shows. */
export async function factorView(host: Host, actor: Actor) {
  const { reader } = host.store;
  const set = (await factorOf(reader, actor.id)) !== undefined;
  return { set, required: mustHave(host, actor), codes: set ? await unusedCodes(reader, actor.id) : 0 };
}

/** [I20] A new secret, shown as text and as a picture, once; the password is asked because an open session is not its person. */
export async function beginSecondFactor(
  host: Host,
  actor: Actor,
  password: string,
  origin: Origin,
): Promise<{ secret: string; svg: string }> {
  const account = await accountOf(host.store.reader, actor.id);
  if (!account || (await factorOf(host.store.reader, actor.id))) throw new Refusal('not.allowed');
  const guess = await run(host, { actor }, (tx) => count(tx, account.username, actor.id, origin, host.now()));
  if (!(await matches(password, guess.admitted ? account.password : NOBODY))) throw new Refusal('session.wrong');
  const secret = new Secret({ size: 20 }).base32;
  await host.store.transaction(async (tx) => {
    await forgive(tx, guess);
    await beginFactor(tx, actor.id, secret);
  });
  return { secret, svg: renderSVG(totp(secret, account.username).toString()) };
}

/** [I20] The first code proves that the app has the secret; the recovery codes are answered, once. */
export async function confirmSecondFactor(host: Host, actor: Actor, code: string, origin: Origin): Promise<string[]> {
  const account = await accountOf(host.store.reader, actor.id);
  const begun = await loadFactor(host.store.reader, actor.id);
  if (!account || !begun || begun.confirmed_at > 0) throw new Refusal('not.allowed');
  const guess = await run(host, { actor }, (tx) => count(tx, account.username, actor.id, origin, host.now()));
  const step = guess.admitted ? stepOfCode(begun, code, host.now()) : null;
  if (step === null) throw new Refusal('session.code-wrong');
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await host.store.transaction(async (tx) => {
    if (!(await useStep(tx, begun, { confirmed_at: host.now(), last_step: step })))
      throw new Refusal('session.code-wrong');
    await forgive(tx, guess);
    await keepRecoveryCodes(tx, actor.id, codes.map(hashOfCode));
    await audit(tx, host, actor.id, 'factor-set', origin);
  });
  return codes;
}

/** [I23] Whoever need not have one may do without again; he proves that he has both. */
export async function endSecondFactor(
  host: Host,
  actor: Actor,
  { password, code }: { password: string; code: string },
  origin: Origin,
): Promise<void> {
  const account = await accountOf(host.store.reader, actor.id);
  if (!account || mustHave(host, actor)) throw new Refusal('not.allowed');
  const guess = await run(host, { actor }, (tx) => count(tx, account.username, actor.id, origin, host.now()));
  const right = await matches(password, guess.admitted ? account.password : NOBODY);
  if (!right) throw new Refusal('session.wrong');
  await host.store.transaction(async (tx) => {
    if (!(await isRightCode(tx, host, actor.id, code, origin))) throw new Refusal('session.code-wrong');
    await forgive(tx, guess);
    await dropFactor(tx, actor.id);
    await audit(tx, host, actor.id, 'factor-ended', origin);
  });
}

/** [I21] Uses up the code, or the recovery code; false: it is wrong, or was used before. Who has no second factor needs no code. */
export async function isRightCode(tx: Tx, host: Host, person: string, code: string, origin: Origin): Promise<boolean> {
  const factor = await factorOf(tx, person);
  if (!factor) return true;
  const step = stepOfCode(factor, code, host.now());
  if (step !== null) return useStep(tx, factor, { last_step: step });
  if (!(await useRecoveryCode(tx, person, hashOfCode(code), host.now()))) return false;
  await audit(tx, host, person, 'recovery-code-used', origin);
  return true;
}

/** The period a code belongs to; null: it is wrong, or of a period whose code has been used. */
function stepOfCode({ secret, last_step }: FactorRow, code: string, now: number): number | null {
  const digits = code.replace(/\s/g, '');
  const delta = new RegExp(`^\\d{${DIGITS}}$`).test(digits)
    ? totp(secret).validate({ token: digits, timestamp: now, window: WINDOW })
    : null;
  if (delta === null) return null;
  const step = Math.floor(now / 1000 / PERIOD) + delta;
  return step > last_step ? step : null;
}

/** 80 bits in four groups: too many to try. */
function recoveryCode(): string {
  const text = new Secret({ buffer: new Uint8Array(randomBytes(10)).buffer }).base32.toLowerCase();
  return text.match(/.{4}/g)!.join('-');
}

const hashOfCode = (code: string): string => hashOf(code.toLowerCase().replace(/[^a-z0-9]/g, ''));

const audit = (tx: Tx, host: Host, person: string, act: string, { address }: Origin): Promise<void> =>
  recordAudit(tx, { id: host.newId(), at: host.now(), person, act, object: 'session', detail: { address } });
