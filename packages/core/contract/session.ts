/**
 * Owns the routes of signing in and out, and what the sign-in page needs.
 */
import { z } from 'zod';
import { Instant, Ok, PersonRef, type Route } from './words.ts';

export const Session = z
  .object({
    person: PersonRef.extend({ username: z.string(), post: z.string(), duties: z.array(z.string()) }),
    /** to be sent as X-CSRF-Token with every request that changes something */
    csrf: z.string(),
    passwordDue: z.boolean(),
    /** due: a second factor has to be set up before anything else; set and none are told of administrators who must have one */
    factor: z.enum(['none', 'due', 'set']),
    /** hexadecimal; under it the browser keeps what could not be sent, so that nobody else who uses it can read that */
    deviceKey: z.string(),
    /** has a right of design in some application: the design centre is there for him */
    designs: z.boolean(),
    /** there is an overview for him */
    overviews: z.boolean(),
    demo: z.boolean(),
    now: Instant,
    title: z.string(),
  })
  .meta({ id: 'Session' });

/** A code of six digits, or a recovery code. */
const Code = z.string().max(40);

/** Who I am. */
export const SESSION_ROUTES = {
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: '登录',
    access: 'public',
    body: z.object({
      username: z.string().min(1).max(64),
      password: z.string().min(1).max(200),
      code: Code.default(''),
    }),
    answer: Session,
  },
  session: { method: 'GET', path: '/api/session', summary: '当前会话', access: 'session', answer: Session },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    summary: '退出登录',
    access: 'session',
    /** where one signs out as well; null: one came in here */
    answer: Ok.extend({ next: z.string().nullable() }),
  },
  changePassword: {
    method: 'POST',
    path: '/api/session/password',
    summary: '修改密码',
    access: 'session',
    body: z.object({ old: z.string().min(1).max(200), new: z.string().min(1).max(200) }),
    answer: Session,
  },
  factor: {
    method: 'GET',
    path: '/api/session/factor',
    summary: '我的第二验证',
    access: 'session',
    /** `codes`: recovery codes that are left */
    answer: z.object({ set: z.boolean(), required: z.boolean(), codes: z.number() }),
  },
  beginFactor: {
    method: 'POST',
    path: '/api/session/factor',
    summary: '开始启用第二验证',
    access: 'session',
    body: z.object({ password: z.string().min(1).max(200) }),
    /** the secret as text and as a picture for the authenticator, shown once */
    answer: z.object({ secret: z.string(), svg: z.string() }),
  },
  confirmFactor: {
    method: 'POST',
    path: '/api/session/factor/code',
    summary: '以第一个验证码启用第二验证',
    access: 'session',
    body: z.object({ code: Code.min(1) }),
    /** recovery codes, shown once */
    answer: z.object({ codes: z.array(z.string()) }),
  },
  endFactor: {
    method: 'DELETE',
    path: '/api/session/factor',
    summary: '停用第二验证',
    access: 'session',
    body: z.object({ password: z.string().min(1).max(200), code: Code.min(1) }),
    answer: Ok,
  },
  site: {
    method: 'GET',
    path: '/api/site',
    summary: '登录页信息',
    access: 'public',
    answer: z.object({
      title: z.string(),
      demo: z.boolean(),
      version: z.string(),
      /** demo mode only: the accounts one may try, with their duty in a few words */
      accounts: z.array(z.object({ username: z.string(), name: z.string(), duty: z.string() })),
    }),
  },
} as const satisfies Record<string, Route>;
