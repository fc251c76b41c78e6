/**
 * Owns the HTTP rim: request ids, logs, limits, security headers, errors as problem+json, the pages of the web room. No business.
 * Rules: [N1] every refusal is problem+json with a code and a sentence · [N2] no page runs code that is not ours.
 */
import { randomUUID } from 'node:crypto';
import { because } from '@ganwei/core/reason';
import { Refusal, refusalSentence } from '@ganwei/core/refusal';
import Koa, { type Context, type Middleware } from 'koa';
import compress from 'koa-compress';
import type { Host } from '../catalogue/host.ts';
import { readBody, tooLarge } from './body.ts';
import type { Metrics } from './metrics.ts';
import { pages } from './pages.ts';
import { languageOf, type RouteOptions, sayerFor } from './request.ts';
import { makeRouter } from './routes.ts';
import { sandboxPages } from './sandbox.ts';

/** `low`: it serves, but the disk is nearly full; `full`: it takes on nothing more. */
export type Readiness = 'ready' | 'low' | 'full' | 'starting' | 'failing';

export interface AppOptions extends RouteOptions {
  host: Host;
  metrics: Metrics;
  /** folder of the built pages, or absent when a host serves them itself */
  pages?: string | undefined;
  /** trust X-Forwarded-* of a proxy in front */
  proxy: boolean;
  ready(): Promise<Readiness>;
}

export function makeApp(options: AppOptions): Koa {
  const app = new Koa({ proxy: options.proxy });
  app.silent = true;
  const base = options.basePath.replace(/\/$/, '');
  app.use(observe(options));
  app.use(secure());
  app.use(compress({ threshold: 1024, br: false }));
  app.use(health(options, base));
  app.use(failures(options.host));
  // Before a body is read: it is the sandbox that reads it.
  app.use(sandboxPages(options, base));
  for (const step of readBody()) app.use(step);
  const router = makeRouter(options);
  app.use(router.routes());
  app.use(async (context, next) => {
    if (context.path.startsWith(`${base}/api/`)) throw new Refusal('not.found');
    await next();
  });
  if (options.pages) app.use(pages(options.pages, base));
  return app;
}

/** Request id, one log line and one measurement per request. */
const observe =
  ({ host, metrics }: AppOptions): Middleware =>
  async (context, next) => {
    const started = performance.now();
    const given = context.get('x-request-id');
    const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    context.state.requestId = requestId;
    context.set('X-Request-Id', requestId);
    try {
      await next();
    } finally {
      const route = String(context._matchedRoute ?? (context.path.includes('/api/') ? 'unknown' : 'page'));
      const seconds = (performance.now() - started) / 1000;
      metrics.request({ method: context.method, route, status: context.status, seconds });
      if (route !== 'page') {
        host.log.info(
          {
            requestId,
            method: context.method,
            route,
            status: context.status,
            ms: Math.round(seconds * 1000),
            person: context.state.person,
          },
          'request',
        );
      }
    }
  };

/** [N2] Security headers; pages get a nonce for antd's styles. PDFs may be framed by our own pages. */
const secure = (): Middleware => async (context, next) => {
  const nonce = randomUUID();
  context.state.nonce = nonce;
  context.set('X-Content-Type-Options', 'nosniff');
  context.set('Referrer-Policy', 'same-origin');
  context.set('X-Frame-Options', 'SAMEORIGIN');
  context.set('Cross-Origin-Opener-Policy', 'same-origin');
  context.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  if (context.secure) context.set('Strict-Transport-Security', 'max-age=31536000');
  context.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src-elem 'self' 'nonce-${nonce}'`,
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "frame-src 'self'",
      "object-src 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
      "manifest-src 'self'",
    ].join('; '),
  );
  await next();
};

const STATUS: Readonly<Record<Readiness, string>> = {
  ready: 'ready',
  low: 'ready, disk nearly full',
  full: 'disk full',
  starting: 'starting',
  failing: 'failing, see the log',
};

const health =
  ({ host, ready, metrics }: AppOptions, base: string): Middleware =>
  async (context, next) => {
    const at = context.path.startsWith(base) ? context.path.slice(base.length) : context.path;
    if (at === '/healthz') {
      context.body = { status: 'ok' };
    } else if (at === '/readyz') {
      // [LIM9] A balancer goes on with a server whose disk is nearly full, not with one whose disk is full.
      const status = await ready().catch((error: unknown): Readiness => {
        host.log.error({ err: error }, 'not ready');
        return 'failing';
      });
      context.status = status === 'ready' || status === 'low' ? 200 : 503;
      context.body = { status: STATUS[status] };
    } else if (at === '/metrics') {
      context.type = metrics.type;
      context.body = await metrics.text();
    } else await next();
  };

/** [N1] Refusals become their sentence; anything else is a bug: logged with its cause, told as an id. */
const failures =
  (host: Host): Middleware =>
  async (context, next) => {
    try {
      await next();
    } catch (error) {
      const refusal = error instanceof Refusal ? error : unexpected(host, context, error);
      const language = languageOf(context);
      const english = language === 'en-US' ? host.catalogue().english : undefined;
      const sentence = refusalSentence(refusal.code, english?.params(refusal.params) ?? refusal.params, language);
      const say = sayerFor(host, context);
      context.status = refusal.status;
      if (refusal.code === 'rate.exceeded') context.set('Retry-After', String(refusal.params.seconds));
      context.type = 'application/problem+json';
      context.body = JSON.stringify({
        type: 'about:blank',
        title: sentence,
        status: refusal.status,
        code: refusal.code,
        detail: sentence,
        fields: refusal.fields.map(({ reason, message, ...field }) => ({
          ...field,
          message: reason ? say(reason) : (english?.text(message) ?? message),
        })),
        requestId: context.state.requestId,
      });
    }
  };

/** What the system and the database say when nothing more can be written. */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

function unexpected(host: Host, context: Context, error: unknown): Refusal {
  const { status } = error as { status?: number };
  if (status === 413) return tooLarge();
  if (FULL.has((error as { code?: unknown }).code)) {
    host.log.error({ err: error, requestId: context.state.requestId }, 'disk full');
    return new Refusal('disk.full');
  }
  if (status && status >= 400 && status < 500)
    return new Refusal('input.malformed', { detail: because('request.unknown') });
  host.log.error({ err: error, requestId: context.state.requestId, path: context.path }, 'bug');
  return new Refusal('server.fault', { id: String(context.state.requestId).slice(0, 8) });
}
