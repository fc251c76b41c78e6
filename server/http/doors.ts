/**
 * Owns doors over HTTP: the cookie that binds a way to its browser, and which page the browser goes on to. What a page is to say stands in its
 * address as one of a few words; no detail of a failure does. Rules: [IDP2] [IDP4].
 */
import type { Answer, RouteName } from '@ganwei/core/contract';
import type { DOOR_ROUTES } from '@ganwei/core/contract/doors';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Context } from 'koa';
import { type Door, DoorFault, ownPath } from '../identity/doors/door.ts';
import { beginWay, type Entered, endWay, logFault, passCode, type Visitor } from '../identity/doors/entering.ts';
import { farewell, links, provePassword, unlink } from '../identity/doors/links.ts';
import { whoIs } from '../identity/local.ts';
import type { Handlers, Request, RouteOptions } from './request.ts';
import { COOKIE, originOf, sessionView, setCookie } from './session.ts';

const WAY = 'ganwei-door';
const TEN_MINUTES = 600_000;

function doorOf({ doors }: Pick<RouteOptions, 'doors'>, key: string): Door {
  const door = doors.get(key);
  if (!door) throw new Refusal('not.found');
  return door;
}

const baseOf = ({ basePath }: Pick<RouteOptions, 'basePath'>): string => basePath.replace(/\/$/, '');

/** The browser is sent to the other side; while that is down, back to where it came from with a word about it. */
async function enterDoor(request: Request<'enterDoor'>): Promise<string> {
  const { options, params, query, context } = request;
  const door = doorOf(options, params.door);
  const asked = { back: query.back, silent: query.silent === '1', person: '' };
  try {
    return goTo(context, await toDoor(request, door, asked));
  } catch (error) {
    if (!(error instanceof DoorFault)) throw error;
    logFault(request.host, door, error);
    return goTo(context, baseOf(options) + said(ownPath(query.back), { door: door.key, 'door-says': error.trouble }));
  }
}

async function toDoor(
  { host, options, context }: Pick<Request<RouteName>, 'host' | 'options' | 'context'>,
  door: Door,
  asked: { back: string; silent: boolean; person: string },
): Promise<string> {
  const { to, browser } = await beginWay(host, door, { ...asked, browser: context.cookies.get(WAY) ?? '' });
  context.cookies.set(WAY, browser, {
    httpOnly: true,
    sameSite: 'lax',
    secure: context.secure,
    path: `${baseOf(options)}/api/session/doors`,
    maxAge: TEN_MINUTES,
    overwrite: true,
  });
  return to;
}

async function leaveDoor({ host, options, params, context }: Request<'leaveDoor'>): Promise<string> {
  const door = doorOf(options, params.door);
  const entered = await endWay(host, door, new URLSearchParams(context.querystring), await visitorOf(host, context));
  if (entered.end === 'in') setCookie(context, entered.signed.token, options.basePath);
  return goTo(context, baseOf(options) + pageAfter(door, entered));
}

/** Where the browser goes on, and what that page is to say. */
function pageAfter({ key }: Door, entered: Entered): string {
  const { end, back } = entered;
  if (end === 'in' || (end === 'barred' && entered.why === 'silent')) return back;
  const words = { door: key, 'door-says': end === 'barred' ? entered.why : end };
  return said(back, end === 'barred' ? { ...words, 'door-mark': entered.mark } : words);
}

function said(path: string, words: Record<string, string>): string {
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(words)}`;
}

async function visitorOf(host: RouteOptions['host'], context: Context): Promise<Visitor> {
  const token = context.cookies.get(COOKIE) ?? '';
  const known = token ? await whoIs(host, token) : null;
  return { browser: context.cookies.get(WAY) ?? '', origin: originOf(context), person: known?.actor.id ?? '' };
}

async function doorCode({ host, options, params, body, context }: Request<'doorCode'>) {
  const door = doorOf(options, params.door);
  const signed = await passCode(host, door, body.code, await visitorOf(host, context));
  setCookie(context, signed.token, options.basePath);
  return sessionView(options, signed);
}

async function linkDoor(request: Request<'linkDoor'>): Promise<{ to: string }> {
  const { host, options, actor, params, body, context } = request;
  const door = doorOf(options, params.door);
  await provePassword(host, actor, body.password, originOf(context));
  try {
    return { to: await toDoor(request, door, { back: '/me', silent: false, person: actor.id }) };
  } catch (error) {
    if (!(error instanceof DoorFault)) throw error;
    logFault(host, door, error);
    throw new Refusal('door.down');
  }
}

async function unlinkDoor({ host, options, actor, token, params, body, context }: Request<'unlinkDoor'>) {
  const door = doorOf(options, params.door);
  await provePassword(host, actor, body.password, originOf(context));
  await unlink(host, door, { actor, token, address: context.ip });
  return { ok: true as const };
}

/** [IDP8] Heard once, and only when everything about it is right. */
async function hearDoor({ host, options, params, body, context }: Request<'hearDoor'>): Promise<Answer<'hearDoor'>> {
  const door = doorOf(options, params.door);
  if (!door.hear) throw new Refusal('not.found');
  try {
    if (await farewell(host, door, await door.hear(body.logout_token), context.ip)) return { ok: true };
  } catch (error) {
    if (!(error instanceof DoorFault)) throw error;
    logFault(host, door, error);
    if (error.trouble === 'down') throw new Refusal('door.down');
  }
  throw new Refusal('input.malformed', { detail: because('request.body') });
}

/** Another page of the browser's; nothing is shown here. */
function goTo(context: Context, address: string): string {
  context.status = 302;
  context.set({ Location: address, 'Cache-Control': 'no-store' });
  context.body = '';
  return '';
}

export const DOOR_HANDLERS: Pick<Handlers, keyof typeof DOOR_ROUTES> = {
  doors: ({ options }) => ({ doors: [...options.doors.values()].map(({ key, label }) => ({ key, label })) }),
  enterDoor,
  leaveDoor,
  doorCode,
  hearDoor,
  doorLinks: ({ host, options, actor }) => links(host, options.doors, actor),
  linkDoor,
  unlinkDoor,
};
