/** The second factor: setting it up, signing in with it, codes that count once, those who must have one, and its reset by two administrators. */
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askFactorReset, decideFactorReset, factorResets } from '../../server/identity/factor-reset.ts';
import { signIn, whoIs } from '../../server/identity/local.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  factorState,
  factorView,
} from '../../server/identity/second-factor.ts';
import { auditLog } from '../../server/queries/audit.ts';
import { FORMS } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';

const PASSWORD = 'test-password-1';
const origin = { address: '10.0.0.7', browser: '' };

let w: World;
beforeEach(async () => {
  w = await world({ content: FORMS });
});
afterEach(() => w?.stop());

const codeAt = (secret: string, now = w.host.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
const enter = (person: string, code?: string, from = origin) => signIn(w.host, person, PASSWORD, from, code);

/** Sets a factor up; answers with its secret and recovery codes. */
async function setUp(person: string): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await beginSecondFactor(w.host, w.actor(person), PASSWORD, origin);
  return { secret, codes: await confirmSecondFactor(w.host, w.actor(person), codeAt(secret), origin) };
}

describe('a person with a second factor', () => {
  test('[I20] proves it with a code, and from then on signs in with password and code only', async () => {
    await expect(beginSecondFactor(w.host, w.actor('songqiao'), 'wrong-password-1', origin)).rejects.toMatchObject({
      code: 'session.wrong',
    });
    const begun = await beginSecondFactor(w.host, w.actor('songqiao'), PASSWORD, origin);
    expect(begun.svg).toContain('<svg');
    expect((await enter('songqiao')).token).not.toBe('');
    await expect(confirmSecondFactor(w.host, w.actor('songqiao'), '000000', origin)).rejects.toMatchObject({
      code: 'session.code-wrong',
    });
    const codes = await confirmSecondFactor(w.host, w.actor('songqiao'), codeAt(begun.secret), origin);
    expect(new Set(codes).size).toBe(10);
    await expect(enter('songqiao')).rejects.toMatchObject({ code: 'session.code' });
    await expect(signIn(w.host, 'songqiao', 'wrong-password-1', origin, codes[0])).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await w.at('2026-09-01T09:01');
    expect((await enter('songqiao', codeAt(begun.secret))).token).not.toBe('');
    const rows = await w.host.store.reader('recovery_codes');
    expect(JSON.stringify(rows)).not.toContain(codes[0]);
  });

  test('[I21] uses each code once: one of the app, a recovery code, and the one that set it up', async () => {
    const { secret, codes } = await setUp('songqiao');
    await expect(enter('songqiao', codeAt(secret))).rejects.toMatchObject({ code: 'session.code-wrong' });
    await w.at('2026-09-01T09:01');
    const both = await Promise.allSettled([enter('songqiao', codeAt(secret)), enter('songqiao', codeAt(secret))]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await enter('songqiao', codes[3]!.toUpperCase());
    await expect(enter('songqiao', codes[3])).rejects.toMatchObject({ code: 'session.code-wrong' });
    expect((await factorView(w.host, w.actor('songqiao'))).codes).toBe(9);
    const acts = (await auditLog(w.host, { act: '' })).rows.map(({ act }) => act);
    expect(acts).toEqual(expect.arrayContaining(['factor-set', 'recovery-code-used', 'sign-in-failed']));
  });

  test('[I21] guesses at codes are counted as guesses at passwords: the right one does not come through any more', async () => {
    const { secret } = await setUp('songqiao');
    await w.at('2026-09-01T09:05');
    for (let i = 0; i < 6; i++) await expect(enter('songqiao', '123456')).rejects.toMatchObject({ status: 401 });
    await expect(enter('songqiao', codeAt(secret))).rejects.toMatchObject({ code: 'session.wrong' });
  });

  test('[I20] asking for the code costs no guess', async () => {
    const { secret } = await setUp('songqiao');
    await w.at('2026-09-01T09:05');
    for (let i = 0; i < 20; i++) await expect(enter('songqiao')).rejects.toMatchObject({ code: 'session.code' });
    expect((await enter('songqiao', codeAt(secret))).token).not.toBe('');
  });
});

describe('who must have one', () => {
  const strict = () => Object.assign(w.host, { secondFactor: 'required' as const });

  test('[I23] an administrator of an installation that asks for it has to set one up, and cannot do without again', async () => {
    strict();
    const entered = await enter('auditadmin');
    expect(entered.factor).toBe('due');
    expect((await whoIs(w.host, entered.token))?.factor).toBe('due');
    expect((await enter('songqiao')).factor).toBe('none');
    const { codes } = await setUp('auditadmin');
    expect(await factorState(w.host, w.actor('auditadmin'))).toBe('set');
    const leaving = endSecondFactor(w.host, w.actor('auditadmin'), { password: PASSWORD, code: codes[0]! }, origin);
    await expect(leaving).rejects.toMatchObject({ code: 'not.allowed' });
  });

  test('[I23] whoever need not have one does without again, with password and code', async () => {
    const { codes } = await setUp('songqiao');
    const wrong = endSecondFactor(w.host, w.actor('songqiao'), { password: PASSWORD, code: '000000' }, origin);
    await expect(wrong).rejects.toMatchObject({ code: 'session.code-wrong' });
    await endSecondFactor(w.host, w.actor('songqiao'), { password: PASSWORD, code: codes[0]! }, origin);
    expect((await enter('songqiao')).token).not.toBe('');
  });
});

describe('who has lost it', () => {
  const by = (person: string) => ({ actor: w.actor(person), address: '10.0.0.9' });

  test('[I24] the system administrator asks, the security administrator consents, sessions end; nobody decides on his own', async () => {
    const { token } = await enter('auditadmin');
    await setUp('auditadmin');
    await setUp('secadmin');
    await askFactorReset(w.host, by('admin'), 'auditadmin', '手机丢失');
    await askFactorReset(w.host, by('admin'), 'secadmin', '手机丢失');
    expect((await factorResets(w.host)).map(({ person, askedBy }) => [person, askedBy])).toEqual([
      ['auditadmin', '系统管理员'],
      ['secadmin', '系统管理员'],
    ]);
    for (const [person, of] of [
      ['admin', 'auditadmin'],
      ['secadmin', 'secadmin'],
    ])
      await expect(decideFactorReset(w.host, by(person!), of!, true)).rejects.toMatchObject({ code: 'not.allowed' });
    await decideFactorReset(w.host, by('secadmin'), 'auditadmin', true);
    expect(await whoIs(w.host, token)).toBeNull();
    expect((await enter('auditadmin')).token).not.toBe('');
    const { rows } = await auditLog(w.host, { act: 'factor-reset' });
    expect(rows).toMatchObject([{ who: { id: 'secadmin' }, reason: '手机丢失', address: '10.0.0.9' }]);
  });

  test('[I24] without consent it stays', async () => {
    await setUp('songqiao');
    await askFactorReset(w.host, by('admin'), 'songqiao', '手机丢失');
    await decideFactorReset(w.host, by('secadmin'), 'songqiao', false);
    await expect(enter('songqiao')).rejects.toMatchObject({ code: 'session.code' });
    await expect(askFactorReset(w.host, by('admin'), 'yinchuan', '没有')).rejects.toMatchObject({ code: 'not.found' });
  });
});
