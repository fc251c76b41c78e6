/**
 * Owns the cookie, what a session tells its pages, and the two checks every changing request passes: a session, and the token that only our own pages know.
 * Cookie: HttpOnly, SameSite=Lax, Secure behind TLS. Rules: [I1] [I5].
 */
import type { Actor } from '@ganwei/core/actor';
import { type Duty, holdsDuty } from '@ganwei/core/actor';
import type { Route } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Context } from 'koa';
import type { Origin } from '../identity/guessing.ts';
import { type SignedIn, whoIs } from '../identity/local.ts';
import type { FactorState } from '../identity/second-factor.ts';
import { designs } from '../publishing/change.ts';
import { overviewList } from '../queries/overview.ts';
import type { RouteOptions } from './request.ts';

export const COOKIE = 'ganwei';

export interface Caller {
  actor: Actor;
  csrf: string;
  passwordDue: boolean;
  factor: FactorState;
  token: string;
}

/** What a person may still do before he has changed his first password. */
const BEFORE_PASSWORD = new Set(['/api/session', '/api/session/password', '/api/counts']);

/** [I23] What one who must have a second factor may still do before he has one. */
const BEFORE_FACTOR = new Set([...BEFORE_PASSWORD, '/api/session/factor', '/api/session/factor/code']);

/** Who asks, before it is said what he may. */
export type Known = Omit<Caller, 'token'>;

/** The caller of a route, or a refusal. Public routes have none. `play`: a sandbox knows by itself as whom its owner plays. */
export async function callerOf(
  { host, demo, play }: Pick<RouteOptions, 'host' | 'demo' | 'play'>,
  context: Context,
  route: Pick<Route, 'access' | 'method' | 'path' | 'stream'>,
): Promise<Caller | null> {
  if (route.access === 'public') return null;
  const token = play ? '' : (context.cookies.get(COOKIE) ?? '');
  const found = play ? play.who(context) : token ? await whoIs(host, token, isUnattended(context, route)) : null;
  if (!found) throw new Refusal('session.required');
  // [I5] A page of another site can make the browser send the cookie, but cannot read the token.
  if (route.method !== 'GET' && context.get('x-csrf-token') !== found.csrf) throw new Refusal('session.forged');
  if (found.passwordDue && !BEFORE_PASSWORD.has(route.path)) throw new Refusal('session.password-due');
  if (found.factor === 'due' && !BEFORE_FACTOR.has(route.path)) throw new Refusal('session.factor-due');
  admit(route, found.actor, demo);
  return { ...found, token };
}

/**
 * [MSG3] What a page asks by itself does not say that somebody is there: the stream it holds open, and what it asks while nobody has touched it,
 * which it says itself. To say so can only end a session earlier.
 */
export const isUnattended = (context: Context, { stream }: Pick<Route, 'stream'>): boolean =>
  stream === 'events' || context.get('x-unattended') !== '';

const DUTIES: Partial<Record<Route['access'], Duty>> = {
  'business-admin': 'business-admin',
  'system-admin': 'system-admin',
  'security-admin': 'security-admin',
  'audit-admin': 'audit-admin',
  'demo-admin': 'system-admin',
};

function admit(route: Pick<Route, 'access'>, actor: Actor, demo: boolean): void {
  const duty = DUTIES[route.access];
  if (route.access === 'demo-admin' && !demo) throw new Refusal('not.found');
  if (duty && !holdsDuty(actor, duty)) throw new Refusal('not.allowed');
}

export function setCookie(context: Context, token: string, path: string): void {
  context.cookies.set(COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: context.secure,
    path,
    overwrite: true,
  });
}

export function clearCookie(context: Context, path: string): void {
  context.cookies.set(COOKIE, null, { httpOnly: true, sameSite: 'lax', secure: context.secure, path, overwrite: true });
}

/** Another cookie, which outlives the session: a browser that has signed in before is known again [I8]. */
const BROWSER = 'ganwei-browser';
const HALF_A_YEAR = 180 * 86_400_000;

export const originOf = (context: Context): Origin => ({
  address: context.ip,
  browser: context.cookies.get(BROWSER) ?? '',
});

export function setBrowser(context: Context, token: string, path: string): void {
  context.cookies.set(BROWSER, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: context.secure,
    path,
    overwrite: true,
    maxAge: HALF_A_YEAR,
  });
}

/** What the pages are told of whoever is signed in. */
export function sessionView(
  options: RouteOptions,
  { actor, csrf, passwordDue, factor }: Pick<SignedIn, 'csrf' | 'passwordDue' | 'factor'> & { actor: Actor },
) {
  const person = options.host.directory().people.get(actor.id);
  return {
    person: {
      id: actor.id,
      name: actor.name,
      unit: actor.unitName,
      username: person?.username ?? '',
      post: actor.post,
      duties: [...actor.duties],
    },
    csrf,
    passwordDue,
    factor,
    designs: designs(options.host, actor),
    overviews: overviewList(options.host, actor).length > 0,
    demo: options.demo,
    deviceKey: options.deviceKey(actor.id),
    now: options.host.now(),
    title: options.title,
  };
}
