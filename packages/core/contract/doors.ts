/**
 * Owns the routes of doors: signing in through another place that knows people, and linking one's account with whom one is there. The browser
 * goes there and comes back by itself, so two of them answer with the address where it goes on.
 */
import { z } from 'zod';
import { Session } from './session.ts';
import { Instant, Ok, type Route } from './words.ts';

const byDoor = z.object({ door: z.string().min(1).max(32) });
const Password = z.string().min(1).max(200);
/** Where the person wants to be afterwards: a page of ours, or the first one is taken. */
const Back = z.string().max(1000).default('/');

export const DOOR_ROUTES = {
  doors: {
    method: 'GET',
    path: '/api/session/doors',
    summary: '有哪些统一身份认证可以登录',
    access: 'public',
    answer: z.object({ doors: z.array(z.object({ key: z.string(), label: z.string() })) }),
  },
  enterDoor: {
    method: 'GET',
    path: '/api/session/doors/:door',
    summary: '去统一身份认证登录',
    access: 'public',
    rate: 'door',
    params: byDoor,
    /** `silent`: 1 asks nothing of anybody, whoever is not signed in there comes back as he went */
    query: z.object({ back: Back, silent: z.enum(['0', '1']).default('0') }),
    answer: z.string(),
    stream: 'redirect',
  },
  /** What the other side sends along is read by the door alone. */
  leaveDoor: {
    method: 'GET',
    path: '/api/session/doors/:door/callback',
    summary: '从统一身份认证回来',
    access: 'public',
    rate: 'door',
    params: byDoor,
    answer: z.string(),
    stream: 'redirect',
  },
  doorCode: {
    method: 'POST',
    path: '/api/session/doors/:door/code',
    summary: '经统一身份认证之后的第二验证',
    access: 'public',
    rate: 'door',
    params: byDoor,
    body: z.object({ code: z.string().min(1).max(40) }),
    answer: Session,
  },
  hearDoor: {
    method: 'POST',
    path: '/api/session/doors/:door/logout',
    summary: '统一身份认证通知退出（OpenID Connect Back-Channel Logout）',
    // Not limited: a provider that ends thousands of sessions at once must be heard; what is not signed costs next to nothing.
    access: 'public',
    params: byDoor,
    body: z.object({ logout_token: z.string().min(1).max(16_000) }),
    answer: Ok,
    stream: 'form',
  },
  doorLinks: {
    method: 'GET',
    path: '/api/session/links',
    summary: '我绑定的统一身份',
    access: 'session',
    /** `called`: who one is there; null: not linked */
    answer: z.array(
      z.object({ key: z.string(), label: z.string(), called: z.string().nullable(), linkedAt: Instant.nullable() }),
    ),
  },
  linkDoor: {
    method: 'POST',
    path: '/api/session/doors/:door/link',
    summary: '开始绑定统一身份',
    access: 'session',
    params: byDoor,
    body: z.object({ password: Password }),
    /** where the browser goes */
    answer: z.object({ to: z.string() }),
  },
  unlinkDoor: {
    method: 'DELETE',
    path: '/api/session/doors/:door/link',
    summary: '解除绑定的统一身份',
    access: 'session',
    params: byDoor,
    body: z.object({ password: Password }),
    answer: Ok,
  },
} as const satisfies Record<string, Route>;
