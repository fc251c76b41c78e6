/** Signing in through a provider of OpenID Connect: a real one stands beside the real server, and a browser goes between them. */
import type { JWTPayload } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Door, doorsOf, ownPath } from '../../server/identity/doors/door.ts';
import { oidcDoor } from '../../server/identity/doors/oidc.ts';
import { hashPassword } from '../../server/identity/hashing.ts';
import { directoryChanged, updateAccount } from '../../server/store/directory.ts';
import { CLIENT, freePort, type Landed, provider, Surfer, type TestProvider } from './provider.ts';
import { PASSWORD, type Site, site } from './site.ts';

interface Stage {
  there: TestProvider;
  s: Site;
}

async function stage(basePath = '/'): Promise<Stage> {
  const there = await provider();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}${basePath}`;
  const s = await site({ port, publicUrl, basePath, doors: [oidcDoor(there.settings())] });
  await there.serve(s.address);
  return { there, s };
}

let there: TestProvider;
let s: Site;
beforeAll(async () => {
  ({ there, s } = await stage());
});
afterAll(async () => {
  await s?.stop();
  await there?.stop();
});
beforeEach(async () => {
  there.alter = (claims) => claims;
  await s.host.store.transaction(async (tx) => {
    for (const table of ['account_links', 'sessions', 'guesses', 'factors']) await tx(table).delete();
  });
});

const doorAt = (more = '') => `${s.address}/api/session/doors/oidc${more}`;
const enter = (surfer: Surfer, back = '/') => surfer.go(doorAt(`?back=${encodeURIComponent(back)}`));
const who = async (surfer: Surfer) => (await surfer.json('GET', `${s.address}/api/session`)).body.person?.username;
const says = ({ url }: Landed) => url.searchParams.get('door-says');
const auditOf = async (act: string) =>
  (await s.host.store.reader('audit').where({ act }).orderBy('at')).map(({ person_id, detail }) => ({
    person: person_id,
    detail: JSON.parse(detail),
  }));

/** Signs in here with the password. */
async function localOf(username: string): Promise<Surfer> {
  const surfer = new Surfer();
  const { status } = await surfer.json('POST', `${s.address}/api/session`, { username, password: PASSWORD });
  expect(status).toBe(200);
  return surfer;
}

/** Links the account with the person of the provider; answers with where the browser has come to. */
async function linked(username: string, login: string, surfer?: Surfer): Promise<Landed> {
  const own = surfer ?? (await localOf(username));
  const { body } = await own.json('POST', doorAt('/link'), { password: PASSWORD });
  return own.signInThere(await own.go(body.to), login);
}

/** Comes in through the door as a browser that knows nobody yet. */
async function through(login: string, back = '/'): Promise<{ surfer: Surfer; landed: Landed }> {
  const surfer = new Surfer();
  const landed = await surfer.signInThere(await enter(surfer, back), login);
  return { surfer, landed };
}

/** Up to the address the provider sends the browser back to, which is not asked yet. */
async function returning(surfer: Surfer, login: string): Promise<URL> {
  const held = new Surfer();
  const begun = await surfer.ask(new URL(doorAt()));
  const at = await held.signInThere(await held.go(begun.headers.get('location')!), login);
  // The other browser was refused: it has not begun this.
  expect(says(at)).toBe('expired');
  return new URL(lastReturn!);
}
let lastReturn: string | undefined;
const fetched = globalThis.fetch;
beforeAll(() => {
  globalThis.fetch = (address, init) => {
    if (String(address).includes('/callback?')) lastReturn = String(address);
    return fetched(address, init);
  };
});
afterAll(() => {
  globalThis.fetch = fetched;
});

describe('the way in', () => {
  test('[IDP1] an account that its person has linked comes in through the door, with a session like any other', async () => {
    expect(says(await linked('songqiao', 'u1'))).toBe('linked');
    const { surfer, landed } = await through('u1', '/cases/c1?tab=letters');
    expect(landed.url.pathname + landed.url.search).toBe('/cases/c1?tab=letters');
    expect(await who(surfer)).toBe('songqiao');
    expect(surfer.cookie('ganwei')).toMatch(/^[\w-]{43}$/);
    expect((await surfer.json('POST', `${s.address}/api/cases`, { process: 'review' })).body.code).not.toBe(
      'session.forged',
    );
    surfer.csrf = '';
    expect((await surfer.json('POST', `${s.address}/api/cases`, { process: 'review' })).body.code).toBe(
      'session.forged',
    );
    expect((await auditOf('sign-in')).at(-1)).toMatchObject({ person: 'songqiao', detail: { door: 'oidc' } });
  });

  test('[IDP1] whoever is signed in there already is asked nothing; silently, nobody else is asked either', async () => {
    await linked('songqiao', 'u1');
    const { surfer } = await through('u1');
    surfer.forget('ganwei');
    const again = await surfer.go(doorAt('?back=/messages&silent=1'));
    expect([again.url.pathname, await who(surfer)]).toEqual(['/messages', 'songqiao']);
    const stranger = new Surfer();
    const back = await stranger.go(doorAt('?back=/messages&silent=1'));
    expect([back.url.href, await who(stranger)]).toEqual([`${s.address}/messages`, undefined]);
  });

  test('[IDP1] a name links nobody: the same user name and the same name there are still a stranger here, with a mark', async () => {
    const { surfer, landed } = await through('u1');
    expect(says(landed)).toBe('unlinked');
    expect(await who(surfer)).toBeUndefined();
    const mark = landed.url.searchParams.get('door-mark')!;
    const [entry] = (await auditOf('door-unknown')).slice(-1);
    expect(entry?.detail.reason).toContain(mark);
    expect(entry?.detail.name).toBe('songqiao (u1)');
    expect(landed.url.href).not.toContain('u1');
  });

  test('[IDP1] two people with one name stay two', async () => {
    await linked('songqiao', 'u1');
    await linked('fuzheng', 'u2');
    expect(await who((await through('u1')).surfer)).toBe('songqiao');
    expect(await who((await through('u2')).surfer)).toBe('fuzheng');
  });

  test('[IDP1] whoever has left here does not come in, and does not stay in', async () => {
    await linked('songqiao', 'u1');
    const { surfer } = await through('u1');
    const active = async (value: boolean) => {
      await s.host.store.transaction(async (tx) => {
        await tx('people').where({ id: 'songqiao' }).update({ active: value });
        await directoryChanged(tx);
      });
      await s.host.refresh();
    };
    await active(false);
    expect(await who(surfer)).toBeUndefined();
    const { surfer: later, landed } = await through('u1');
    expect([says(landed), await who(later)]).toEqual(['left', undefined]);
    await active(true);
  });

  test('[IDP1] a first password that was never changed does not stop whom the door knows', async () => {
    const due = (value: boolean) =>
      s.host.store.transaction((tx) => updateAccount(tx, 'songqiao', { password_due: value }));
    await linked('songqiao', 'u1');
    await due(true);
    const { surfer } = await through('u1');
    expect((await surfer.json('GET', `${s.address}/api/inbox/todo`)).status).toBe(200);
    await due(false);
  });

  test('[IDP1] an account may be linked by another claim than the usual one', async () => {
    const door = oidcDoor({ ...there.settings({ claim: 'employee' }) });
    const callback = doorAt('/callback');
    const surfer = new Surfer();
    const { to, kept } = await door.begin({ callback, state: 'x'.repeat(43), silent: false });
    await surfer.signInThere(await surfer.go(to), 'u2');
    const query = new URL(lastReturn!).searchParams;
    expect(await door.finish({ callback, query, state: 'x'.repeat(43), kept })).toMatchObject({
      subject: 'E002',
      person: 'u2',
    });
  });
});

describe('what is not right', () => {
  test('[IDP2] a callback counts once, for the browser that began it, within ten minutes, and not with another state', async () => {
    await linked('songqiao', 'u1');
    const surfer = new Surfer();
    const address = await returning(surfer, 'u1');
    expect(await who(surfer)).toBeUndefined();
    const forged = new URL(address);
    forged.searchParams.set('state', 'y'.repeat(43));
    expect(says(await surfer.go(forged.href))).toBe('expired');
    // The browser that began it may still come in, once.
    await surfer.go(address.href);
    expect(await who(surfer)).toBe('songqiao');
    surfer.forget('ganwei');
    expect(says(await surfer.go(address.href))).toBe('expired');
    expect(await who(surfer)).toBeUndefined();
    const late = new Surfer();
    const slow = await returning(late, 'u1');
    s.clock.now += 10 * 60_000;
    expect(says(await late.go(slow.href))).toBe('expired');
    expect(await who(late)).toBeUndefined();
    expect((await auditOf('door-refused')).at(-1)?.detail.why).toBe('expired');
  });

  test.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['another nonce', (claims) => ({ ...claims, nonce: 'n'.repeat(43) })],
    ['no nonce', ({ nonce: _, ...claims }) => claims],
    ['another audience', (claims) => ({ ...claims, aud: 'somebody-else' })],
    ['another issuer', (claims) => ({ ...claims, iss: 'http://127.0.0.1:1' })],
    ['a token that has expired', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 600 })],
  ])('[IDP3] %s: nobody comes in, the page says no more than that', async (_, alter) => {
    await linked('songqiao', 'u1');
    there.alter = alter;
    const { surfer, landed } = await through('u1', '/messages');
    expect([landed.url.pathname, says(landed), await who(surfer)]).toEqual(['/messages', 'forged', undefined]);
    expect([...landed.url.searchParams.keys()].sort()).toEqual(['door', 'door-mark', 'door-says']);
    expect((await auditOf('door-refused')).at(-1)?.detail.why).toBe('forged');
  });

  test('[IDP3] a token that somebody else has signed opens nothing, although it came from the right place', async () => {
    await linked('songqiao', 'u1');
    there.spoil = true;
    const { surfer, landed } = await through('u1');
    there.spoil = false;
    expect([says(landed), await who(surfer)]).toEqual(['forged', undefined]);
  });

  test('[IDP2] the other side says no: a page says so, and what the other side wrote is not shown', async () => {
    const surfer = new Surfer();
    const begun = await surfer.ask(new URL(doorAt()));
    const state = new URL(begun.headers.get('location')!).searchParams.get('state')!;
    const query = new URLSearchParams({
      state,
      iss: there.issuer,
      error: 'access_denied',
      error_description: 'SECRET',
    });
    const landed = await surfer.go(doorAt(`/callback?${query}`));
    expect(says(landed)).toBe('declined');
    expect(landed.url.href).not.toContain('SECRET');
  });

  test('[IDP4] nobody is sent anywhere but to pages of ours', async () => {
    await linked('songqiao', 'u1');
    const wrong = ['//evil.example', '/\\evil.example', 'https://evil.example/', '/%0a//e', 'javascript:alert(1)'];
    for (const back of [...wrong, '/\t/evil.example', '/.//evil.example', '/a/..//evil.example', '/api/session', '']) {
      const { landed } = await through('u1', back);
      expect(landed.url.origin, back).toBe(s.address);
      expect(landed.url.pathname, back).not.toMatch(/^\/(\/|api)/);
    }
    expect(ownPath('/cases/1?a=b&c=%2F')).toBe('/cases/1?a=b&c=%2F');
    expect(['//e', '/\\e', 'e', '/.//e', '/x/..//e', '/a\n', '/api/x', `/${'a'.repeat(500)}`].map(ownPath)).toEqual(
      Array(8).fill('/'),
    );
  });

  test('[IDP2] ways that are begun and left lying do not pile up', async () => {
    const surfer = new Surfer();
    await surfer.ask(new URL(doorAt()));
    s.clock.now += 11 * 60_000;
    await surfer.ask(new URL(doorAt()));
    const rows = await s.host.store.reader('door_ways');
    expect(rows).toHaveLength(1);
    const state = rows.map(({ id }) => id);
    expect(JSON.stringify(rows)).not.toContain(surfer.cookie('ganwei-door'));
    expect(state[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('linking', () => {
  test('[IDP5] begins with the password, and a subject or an account that is linked is not linked again', async () => {
    const surfer = await localOf('songqiao');
    const wrong = await surfer.json('POST', doorAt('/link'), { password: 'wrong-password-1' });
    expect(wrong.body.code).toBe('session.wrong');
    expect(says(await linked('songqiao', 'u1', surfer))).toBe('linked');
    expect(says(await linked('fuzheng', 'u1'))).toBe('taken');
    expect(says(await linked('songqiao', 'u2'))).toBe('taken');
    const links = await surfer.json('GET', `${s.address}/api/session/links`);
    expect(links.body).toMatchObject([{ key: 'oidc', label: '统一身份认证', called: 'songqiao' }]);
    expect((await auditOf('door-linked')).at(-1)?.person).toBe('songqiao');
    expect(await who((await through('u1')).surfer)).toBe('songqiao');
  });

  test('[IDP5] is of whoever began it: when another person sits there meanwhile, nothing is linked', async () => {
    const surfer = await localOf('songqiao');
    const { body } = await surfer.json('POST', doorAt('/link'), { password: PASSWORD });
    await surfer.json('POST', `${s.address}/api/session`, { username: 'fuzheng', password: PASSWORD });
    expect(says(await surfer.signInThere(await surfer.go(body.to), 'u1'))).toBe('expired');
    expect(await s.host.store.reader('account_links')).toEqual([]);
  });

  test('[IDP5] ends with the password, and with it the sessions that came by it', async () => {
    await linked('songqiao', 'u1');
    const { surfer } = await through('u1');
    const local = await localOf('songqiao');
    const wrong = await local.json('DELETE', doorAt('/link'), { password: 'wrong-password-1' });
    expect([wrong.body.code, await who(surfer)]).toEqual(['session.wrong', 'songqiao']);
    expect((await local.json('DELETE', doorAt('/link'), { password: PASSWORD })).status).toBe(200);
    expect([await who(surfer), await who(local)]).toEqual([undefined, 'songqiao']);
    expect(says((await through('u1')).landed)).toBe('unlinked');
    expect((await auditOf('door-unlinked')).at(-1)?.person).toBe('songqiao');
    expect((await local.json('DELETE', doorAt('/link'), { password: PASSWORD })).status).toBe(404);
  });
});

test('[IDP5] a password that an administrator resets takes the links along: whoever knew it has no other way in', async () => {
  await linked('songqiao', 'u1');
  const admin = await localOf('admin');
  const { status, body } = await admin.json('POST', `${s.address}/api/directory/people/songqiao/password`);
  expect(status).toBe(200);
  expect(says((await through('u1')).landed)).toBe('unlinked');
  await s.host.store.transaction(async (tx) =>
    updateAccount(tx, 'songqiao', { password: await hashPassword(PASSWORD), password_due: false }),
  );
  expect(body.password).toBeTruthy();
});

describe('the second factor and the end', () => {
  test('[IDP7] whoever has a second factor gives its code after the door, too; each counts once', async () => {
    await linked('songqiao', 'u1');
    const local = await localOf('songqiao');
    const { body: begun } = await local.json('POST', `${s.address}/api/session/factor`, { password: PASSWORD });
    const code = () => new TOTP({ secret: Secret.fromBase32(begun.secret) }).generate({ timestamp: s.clock.now });
    await local.json('POST', `${s.address}/api/session/factor/code`, { code: code() });
    s.clock.now += 60_000;
    const { surfer, landed } = await through('u1', '/messages');
    expect([landed.url.pathname, says(landed), await who(surfer)]).toEqual(['/messages', 'code', undefined]);
    expect((await surfer.json('POST', doorAt('/code'), { code: '000000' })).body.code).toBe('session.code-wrong');
    const stranger = await new Surfer().json('POST', doorAt('/code'), { code: code() });
    expect(stranger.body.code).toBe('door.expired');
    const right = await surfer.json('POST', doorAt('/code'), { code: code() });
    expect([right.status, right.body.person.username, await who(surfer)]).toEqual([200, 'songqiao', 'songqiao']);
    s.clock.now += 60_000;
    expect((await surfer.json('POST', doorAt('/code'), { code: code() })).body.code).toBe('door.expired');
  });

  test('[IDP7] what the provider has signed is kept sealed: the database alone does not open it', async () => {
    await linked('songqiao', 'u1');
    const { surfer } = await through('u1');
    const [row] = await s.host.store.reader('sessions').whereNot({ door: '' });
    expect(row.door_hint.length).toBeGreaterThan(100);
    const readable = Buffer.from(row.door_hint, 'base64').toString('latin1');
    expect(`${readable}${JSON.stringify(row)}`).not.toMatch(/eyJ|u1"/);
    expect(JSON.stringify(row)).not.toContain(surfer.cookie('ganwei'));
  });

  test('[IDP8] signing out here goes on to the provider, which knows who it is and sends one back', async () => {
    await linked('songqiao', 'u1');
    const { surfer } = await through('u1');
    await who(surfer);
    const { body } = await surfer.json('DELETE', `${s.address}/api/session`);
    expect(await who(surfer)).toBeUndefined();
    const asked = new URL(body.next);
    expect(asked.origin).toBe(there.issuer);
    expect(asked.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    const left = await surfer.submit(await surfer.go(body.next), { logout: 'yes' });
    expect(left.url.href).toBe(`${s.address}/`);
    // There, too, nobody is signed in any more.
    expect((await surfer.go(doorAt())).url.pathname).toMatch(/^\/interaction/);
    const local = await localOf('songqiao');
    expect((await local.json('DELETE', `${s.address}/api/session`)).body.next).toBeNull();
  });

  test('[IDP8] signing out there ends the session here, and none of another way in', async () => {
    await linked('songqiao', 'u1');
    const local = await localOf('songqiao');
    const { surfer } = await through('u1');
    expect(await who(surfer)).toBe('songqiao');
    const end = await surfer.go(`${there.issuer}/session/end`);
    await surfer.submit(end, { logout: 'yes' });
    await expect.poll(() => who(surfer)).toBeUndefined();
    expect(await who(local)).toBe('songqiao');
    expect((await auditOf('door-ended')).at(-1)?.person).toBe('songqiao');
  });

  const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const tell = async (claims: JWTPayload, sign = there) => {
    const body = new URLSearchParams({ logout_token: await sign.signed(claims, 'logout+jwt') });
    return new Surfer().ask(new URL(doorAt('/logout')), { method: 'POST', body });
  };
  const right = (jti: string): JWTPayload => ({
    iss: there.issuer,
    aud: CLIENT,
    iat: Math.floor(Date.now() / 1000),
    jti,
    sub: 'u1',
    events: EVENTS,
  });

  test('[IDP8] whoever has left there loses every session that came by it, at one message, which counts once', async () => {
    await linked('songqiao', 'u1');
    const [one, two] = [await through('u1'), await through('u1')];
    expect((await tell(right('m1'))).status).toBe(200);
    expect([await who(one.surfer), await who(two.surfer)]).toEqual([undefined, undefined]);
    const { surfer } = await through('u1');
    expect((await tell(right('m1'))).status).toBe(400);
    expect(await who(surfer)).toBe('songqiao');
  });

  test('[IDP8] a message that is not right in every part ends nothing', async () => {
    await linked('songqiao', 'u1');
    const { surfer } = await through('u1');
    const wrong: Record<string, JWTPayload> = {
      issuer: { ...right('w1'), iss: 'http://127.0.0.1:1' },
      audience: { ...right('w2'), aud: 'other' },
      old: { ...right('w3'), iat: Math.floor(Date.now() / 1000) - 900 },
      nonce: { ...right('w4'), nonce: 'n' },
      'no event': { ...right('w5'), events: {} },
      nobody: { ...right('w6'), sub: undefined },
      'no jti': { ...right('w7'), jti: undefined },
    };
    for (const [name, claims] of Object.entries(wrong)) expect((await tell(claims)).status, name).toBe(400);
    const other = await provider();
    expect((await tell(right('w8'), other)).status).toBe(400);
    await other.stop();
    const unsigned = new URLSearchParams({ logout_token: 'e30.e30.' });
    const answer = await new Surfer().ask(new URL(doorAt('/logout')), { method: 'POST', body: unsigned });
    expect(answer.status).toBe(400);
    expect(await who(surfer)).toBe('songqiao');
  });
});

describe('the house around it', () => {
  test('[IDP6] while the provider is down the door says so, the accounts here go on, and afterwards it opens', async () => {
    const late = await provider();
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}/`;
    const ours = await site({ port, publicUrl, doors: [oidcDoor(late.settings())] });
    const surfer = new Surfer();
    const landed = await surfer.go(`${ours.address}/api/session/doors/oidc?back=/messages`);
    expect([landed.url.pathname, says(landed)]).toEqual(['/messages', 'down']);
    const local = await ours.signedIn('songqiao');
    const { body } = await local.post('/api/session/doors/oidc/link', { password: PASSWORD });
    expect(body.code).toBe('door.down');
    await late.serve(ours.address);
    const open = await surfer.go(`${ours.address}/api/session/doors/oidc`);
    expect(open.url.origin).toBe(late.issuer);
    await late.stop();
    await ours.stop();
  });

  test('[IDP6] a provider that breaks while somebody is on his way is told as such, and he may try again', async () => {
    await linked('songqiao', 'u1');
    there.alter = () => {
      throw new Error('broken');
    };
    const { surfer, landed } = await through('u1', '/messages');
    expect([landed.url.pathname, says(landed), await who(surfer)]).toEqual(['/messages', 'down', undefined]);
    there.alter = (claims) => claims;
    await enter(surfer);
    expect(await who(surfer)).toBe('songqiao');
  });

  test('[IDP4] below a base path the cookies, the way back and the pages stay below it', async () => {
    const { there: late, s: ours } = await stage('/oa');
    const surfer = new Surfer();
    await surfer.json('POST', `${ours.address}/api/session`, { username: 'songqiao', password: PASSWORD });
    const door = `${ours.address}/api/session/doors/oidc`;
    const { body } = await surfer.json('POST', `${door}/link`, { password: PASSWORD });
    const landed = await surfer.signInThere(await surfer.go(body.to), 'u1');
    expect([landed.url.pathname, says(landed)]).toEqual(['/oa/me', 'linked']);
    const begun = await surfer.ask(new URL(door));
    expect(begun.headers.getSetCookie().join()).toMatch(
      /ganwei-door=.*path=\/oa\/api\/session\/doors;.*samesite=lax; httponly/i,
    );
    surfer.forget('ganwei');
    expect((await surfer.go(`${door}?back=/messages`)).url.href).toBe(`${ours.address}/messages`);
    expect((await surfer.json('GET', `${ours.address}/api/session`)).body.person.username).toBe('songqiao');
    await ours.stop();
    await late.stop();
  });

  test('[IDP6] the sign-in page is told which doors there are; one that is not there is no address', async () => {
    const { body } = await s.browser().get('/api/session/doors');
    expect(body).toEqual({ doors: [{ key: 'oidc', label: '统一身份认证' }] });
    const paths: [string, string][] = [
      ['GET', '/cas'],
      ['GET', '/cas/callback'],
      ['POST', '/cas/logout'],
    ];
    for (const [method, path] of paths) {
      const sent = method === 'POST' ? { logout_token: 'x' } : undefined;
      expect((await s.browser().send(method, `/api/session/doors${path}`, sent)).status).toBe(404);
    }
    const door = { key: 'a', label: 'A' } as Door;
    expect(() => doorsOf([door, door])).toThrow();
    expect(() => doorsOf([{ ...door, key: 'A/b' }])).toThrow();
    expect(() => oidcDoor(there.settings({ issuer: 'http://idp.example' }))).toThrow(/https/);
  });
});
