/**
 * Owns the way from a request to one command or query: parse by the contract, find the caller, call, answer. No business.
 * A route that is not in core/contract does not exist. Rules: [N1] [N3] what the contract does not name is not taken.
 */

import type { Actor } from '@ganwei/core/actor';
import {
  type ParsedBody,
  type ParsedParams,
  type ParsedQuery,
  ROUTES,
  type Route,
  type RouteName,
} from '@ganwei/core/contract';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { z } from 'zod';
import { HANDLERS } from './handlers.ts';
import { inEnglish } from './in-english.ts';
import { openApi } from './openapi.ts';
import { Rates } from './rates.ts';
import { languageOf, type Request, type RouteOptions } from './request.ts';
import { callerOf } from './session.ts';

export function makeRouter(options: RouteOptions): Router {
  const base = options.basePath.replace(/\/$/, '');
  const router = new Router({ prefix: base });
  const rates = new Rates();
  for (const name of Object.keys(ROUTES) as RouteName[]) add(router, options, rates, name);
  // Made when it is first asked for: it takes longer than everything else here.
  let document: unknown;
  router.get('/api/openapi.json', (context) => {
    document ??= openApi(options);
    context.body = document;
  });
  return router;
}

const NOBODY: Actor = { id: '', name: '', unit: '', unitName: '', post: '', units: [], roles: [], duties: [] };

function add<N extends RouteName>(router: Router, options: RouteOptions, rates: Rates, name: N): void {
  const route: Route = ROUTES[name];
  const handler = HANDLERS[name] as (request: Request<N>) => unknown;
  const isJson = !['file', 'events', 'redirect'].includes(route.stream ?? '');
  const bodies = ['application/json', ...(route.stream === 'form' ? ['urlencoded'] : [])];
  const translate = isJson ? inEnglish(route.answer) : undefined;
  router.register(route.path, [route.method], async (context) => {
    const caller = await callerOf(options, context, route);
    const actor = caller?.actor ?? NOBODY;
    context.state.person = actor.id || undefined;
    // [N62] A body of another kind is not guessed at.
    if (route.body && context.is(...bodies) === false) throw new Refusal('input.media-type');
    if (route.rate) rates.take(route.rate, actor.id || context.ip, performance.now());
    const request: Request<N> = {
      host: options.host,
      options,
      actor,
      call: { actor, key: route.once ? idempotencyKey(context) : undefined, address: context.ip },
      csrf: caller?.csrf ?? '',
      passwordDue: caller?.passwordDue ?? false,
      factor: caller?.factor ?? 'none',
      token: caller?.token ?? '',
      params: parse(route.params, context.params) as ParsedParams<N>,
      query: parse(route.query, context.query) as ParsedQuery<N>,
      body: parse(route.body, context.request.body ?? {}) as ParsedBody<N>,
      context,
    };
    const perform = async () => handler(request);
    const answer = await (options.play ? options.play.around(name, request, perform) : perform());
    const english = translate && languageOf(context) === 'en-US' ? options.host.catalogue().english : undefined;
    if (isJson) context.body = english ? translate!(answer, english) : answer;
    if (!context.response.get('Cache-Control')) context.set('Cache-Control', 'no-store');
  });
}

function idempotencyKey(context: Context): string | undefined {
  const key = context.get('idempotency-key');
  if (key === '') return undefined;
  if (!/^[\w-]{8,100}$/.test(key)) throw new Refusal('input.malformed', { detail: because('request.key') });
  return key;
}

/** [N3] Complaints name the place; the request's own words are not repeated. */
function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].filter(Boolean);
  const detail =
    places.length > 0 ? because('request.places', { places: places.slice(0, 5) }) : because('request.body');
  throw new Refusal('input.malformed', { detail });
}
