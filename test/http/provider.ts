/**
 * Owns a real provider of OpenID Connect for the tests, on a free port of this machine, and a browser that keeps the cookies of both sides and
 * goes where it is sent. Whoever signs in there is believed without a password. It can be stopped, and made to answer wrongly.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import type { OidcSettings } from '../../server/identity/doors/oidc.ts';

export const CLIENT = 'ganwei';
const SECRET = 'secret-of-the-tests-secret-of-the-tests';

/** What the provider says of a person; two of them have one name. */
const PEOPLE: Readonly<Record<string, Record<string, string>>> = {
  u1: { name: '宋桥', preferred_username: 'songqiao', employee: 'E001' },
  u2: { name: '宋桥', preferred_username: 'songqiao2', employee: 'E002' },
};

export interface TestProvider {
  readonly issuer: string;
  settings(more?: Partial<OidcSettings>): OidcSettings;
  /** tells where our server stands; before it, nobody comes back */
  serve(ours: string): Promise<void>;
  /** answers of the token endpoint pass through here */
  alter: (claims: JWTPayload) => JWTPayload;
  /** true: tokens are signed with another key under the same name */
  spoil: boolean;
  /** a token signed with the provider's key */
  signed(claims: JWTPayload, typ?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function provider(): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'k1' };
  let answer: RequestListener = (_, response) => void response.writeHead(503).end();
  const server: Server = createServer((request, response) => answer(request, response));
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey: other } = await generateKeyPair('RS256');
  const signed = (claims: JWTPayload, typ = 'JWT', key = privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ }).sign(key);
  const made: TestProvider = {
    issuer,
    settings: (more = {}) => ({
      issuer,
      clientId: CLIENT,
      clientSecret: SECRET,
      label: '统一身份认证',
      claim: 'sub',
      ...more,
    }),
    async serve(ours) {
      const there = makeProvider(issuer, ours, jwk);
      // A wrong token is the right one with something altered, signed again.
      there.use(async (context, next) => {
        await next();
        const token = (context.body as { id_token?: string } | null)?.id_token;
        if (context.path !== '/token' || !token) return;
        const claims: JWTPayload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
        (context.body as { id_token: string }).id_token = await signed(
          made.alter(claims),
          'JWT',
          made.spoil ? other : privateKey,
        );
      });
      answer = there.callback();
    },
    alter: (claims) => claims,
    spoil: false,
    signed: (claims, typ) => signed(claims, typ),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => void server.close(() => closed()));
    },
  };
  return made;
}

function makeProvider(issuer: string, ours: string, jwk: object): Provider {
  const at = `${ours}/api/session/doors/oidc`;
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${at}/callback`],
        post_logout_redirect_uris: [`${ours}/`],
        backchannel_logout_uri: `${at}/logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk as never] },
    cookies: { keys: ['a'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'employee'] },
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
    // Its own guard refuses this machine.
    fetch: (url: URL | string, init?: RequestInit) =>
      globalThis.fetch(url, { ...init, dispatcher: undefined } as RequestInit),
    findAccount: async (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...PEOPLE[id] }),
    }),
  } as never);
}

export interface Landed {
  url: URL;
  status: number;
  text: string;
}

/** A browser made of fetch: cookies by origin and path, redirects followed one by one. */
export class Surfer {
  readonly #cookies = new Map<string, { origin: string; path: string; name: string; value: string }>();
  csrf = '';

  async go(address: string, init: RequestInit = {}): Promise<Landed> {
    let url = new URL(address);
    let sent = init;
    for (let hop = 0; hop < 15; hop++) {
      const response = await this.ask(url, sent);
      const to = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !to)
        return { url, status: response.status, text: await response.text() };
      await response.arrayBuffer();
      url = new URL(to, url);
      sent = {};
    }
    throw new Error(`a circle at ${url}`);
  }

  /** One request, and the cookies of its answer. */
  async ask(url: URL, init: RequestInit = {}): Promise<Response> {
    const mine = [...this.#cookies.values()].filter(
      ({ origin, path }) => origin === url.origin && url.pathname.startsWith(path),
    );
    const cookie = mine.map(({ name, value }) => `${name}=${value}`).join('; ');
    const changes = this.csrf !== '' && (init.method ?? 'GET') !== 'GET';
    const headers = new Headers({
      ...(init.headers as Record<string, string>),
      ...(changes && { 'x-csrf-token': this.csrf }),
      ...(cookie && { cookie }),
    });
    const response = await fetch(url, { ...init, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) this.#keep(url, line);
    return response;
  }

  async json(method: string, address: string, body?: unknown) {
    const response = await this.ask(new URL(address), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = await response.json();
    if (answer?.csrf) this.csrf = answer.csrf;
    return { status: response.status, body: answer };
  }

  /** Fills in the provider's pages until it sends us away. */
  async signInThere(landed: Landed, login: string): Promise<Landed> {
    let at = landed;
    while (at.url.pathname.startsWith('/interaction')) at = await this.submit(at, { login, password: 'any' });
    return at;
  }

  submit({ text, url }: Landed, more: Record<string, string>): Promise<Landed> {
    const action = /action="([^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    const body = new URLSearchParams();
    for (const [field] of text.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
      body.set(/name="([^"]*)"/.exec(field)?.[1] ?? '', /value="([^"]*)"/.exec(field)?.[1] ?? '');
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.go(new URL(action, url).href, { method: 'POST', body: body.toString(), headers });
  }

  cookie(name: string): string | undefined {
    return [...this.#cookies.values()].find((one) => one.name === name)?.value;
  }

  forget(name: string): void {
    for (const [key, one] of this.#cookies) if (one.name === name) this.#cookies.delete(key);
  }

  #keep({ origin }: URL, line: string): void {
    const [pair = '', ...rest] = line.split(';');
    const [name = '', ...value] = pair.split('=');
    const path = /path=([^;]*)/i.exec(rest.join(';'))?.[1] ?? '/';
    const key = `${origin} ${path} ${name}`;
    if (/expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(key);
    else this.#cookies.set(key, { origin, path, name, value: value.join('=') });
  }
}

/** A port that is free just now: our address must be known to the provider before we listen. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => void server.close(() => closed()));
  return port;
}
