/**
 * Owns the way to the pages of a sandbox: what stands below /sandbox/<id>/ is answered by that sandbox, for the person who has opened it and nobody
 * else, while he may design at all. Cookies go no further than here. Rules: [PLAY1] [PLAY3].
 */
import { request as ask } from 'node:http';
import { ROUTES } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Context, Middleware } from 'koa';
import type { Play } from '../catalogue/sandboxes.ts';
import { designs } from '../publishing/change.ts';
import type { RouteOptions } from './request.ts';
import { callerOf, isUnattended } from './session.ts';

/** What of a request the sandbox is told. */
const TOLD = [
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'x-csrf-token',
];
/** What of its answer is not ours to hand on. */
const KEPT = ['connection', 'keep-alive', 'set-cookie', 'transfer-encoding', 'x-request-id'];

const PATIENCE = 60_000;

export const sandboxPages = (options: RouteOptions, base: string): Middleware => {
  const below = `${base}/sandbox/`;
  return async (context, next) => {
    if (!context.path.startsWith(below)) return next();
    // [MSG3] What its page asks by itself keeps neither the session nor the sandbox.
    const stream = context.path.endsWith(ROUTES.live.path) ? ROUTES.live.stream : undefined;
    const asked = { access: 'session', method: 'GET', path: '/sandbox', ...(stream && { stream }) } as const;
    const caller = await callerOf(options, context, asked);
    const play = caller && designs(options.host, caller.actor) ? options.host.sandboxes.of(caller.actor.id) : undefined;
    const [id] = context.path.slice(below.length).split('/');
    if (!play || play.id !== id) throw new Refusal('not.found');
    if (!isUnattended(context, asked)) play.used();
    await handOn(context, play);
  };
};

async function handOn(context: Context, { socket }: Play): Promise<void> {
  const headers = Object.fromEntries(TOLD.flatMap((name) => (context.get(name) ? [[name, context.get(name)]] : [])));
  const { method } = context;
  await new Promise<void>((resolve, reject) => {
    const asking = ask({ socketPath: socket, method, path: context.url, headers, timeout: PATIENCE }, (answer) => {
      context.status = answer.statusCode ?? 502;
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined && !KEPT.includes(name)) context.set(name, value);
      context.body = answer;
      resolve();
    });
    asking.on('timeout', () => asking.destroy(new Error('timeout')));
    asking.on('error', reject);
    context.req.pipe(asking);
  });
}
