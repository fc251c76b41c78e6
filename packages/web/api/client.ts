/**
 * Owns every request to the server: addresses and types from the contract, the CSRF token, the language, problems as ApiProblem.
 * Nothing else in this room calls fetch. What happens when the session is gone is told to whoever listens (session/).
 */
import {
  type Answer,
  type Body,
  type Params,
  type Query,
  ROUTES,
  type Route,
  type RouteName,
} from '@ganwei/core/contract';
import type { FieldError } from '@ganwei/core/refusal';
import { BASE } from '../kit/router.tsx';

type Part<K extends string, T> = [T] extends [undefined] ? { [P in K]?: never } : Optional<K, T>;
type Optional<K extends string, T> = Record<string, never> extends T ? { [P in K]?: T } : { [P in K]: T };

/** What a route is given. */
export type RequestOf<N extends RouteName> = Part<'params', Params<N>> &
  Part<'query', Query<N>> &
  Part<'body', Body<N>>;

export interface CallOptions {
  /** the same key for the same intention: a repetition has no second effect */
  key?: string;
}

type Call<N extends RouteName> = (
  ...given: Record<string, never> extends RequestOf<N>
    ? [request?: RequestOf<N>, options?: CallOptions]
    : [request: RequestOf<N>, options?: CallOptions]
) => Promise<Answer<N>>;

/** The server's "no", or a fault. `code` is one of core/refusal, or `network` when nothing came back. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly status: number;
  readonly fields: readonly FieldError[];

  constructor(code: string, detail: string, status = 0, fields: readonly FieldError[] = []) {
    super(detail);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

interface Setting {
  /** false: nobody touches the page, it asks by itself; then a session is not kept alive by it */
  attended(): boolean;
  csrf: string;
  language: string;
  /** said when no answer came */
  unreachable: string;
  /** the session is gone, or the first password has to be changed */
  onBarred(code: 'session.required' | 'session.password-due'): void;
}

const setting: Setting = {
  attended: () => true,
  csrf: '',
  language: 'zh-CN',
  unreachable: '',
  onBarred: () => undefined,
};

/** The language in which the server is asked now. */
export const languageAsked = (): string => setting.language;

export const configure = (change: Partial<Setting>): void => void Object.assign(setting, change);

/** The routes of everyday pages; others are learned with the pages that use them. */
const routes: Record<string, Route> = { ...ROUTES };

/** Called where such a page is loaded, before it asks for anything. */
export const learnRoutes = (more: Readonly<Record<string, Route>>): void => void Object.assign(routes, more);

/** `api.task({ params: { id } })`: one function for each route of the contract. */
export const api = new Proxy({} as { readonly [N in RouteName]: Call<N> }, {
  get:
    (_, name: string) =>
    (request: Loose = {}, options: CallOptions = {}) =>
      call(name, request, options),
});

/** Address of a file; `inline`: shown in the browser where it can be. */
export const fileAddress = (id: string, inline = false): string =>
  `${BASE}api/files/${encodeURIComponent(id)}${inline ? '?inline=1' : ''}`;

/** Uploads one file; `onProgress` gets a share between 0 and 1. */
export function upload(file: File, onProgress: (share: number) => void): Promise<Answer<'upload'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('upload', {}));
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new ApiProblem('network', setting.unreachable));
    request.onload = () => {
      const answer = readJson(request.responseText);
      if (request.status < 300) resolve(answer as Answer<'upload'>);
      else reject(problemOf(request.status, answer));
    };
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

/** A key for one intention of a person. Works without a secure context, too. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

// ---------------------------------------------------------------------------------------------------------------------

interface Loose {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

async function call(name: string, request: Loose, { key }: CallOptions): Promise<unknown> {
  const route = routeOf(name);
  const hasBody = route.method !== 'GET' && request.body !== undefined;
  const init: RequestInit = {
    method: route.method,
    credentials: 'same-origin',
    headers: {
      ...headers(),
      ...(hasBody && { 'Content-Type': 'application/json' }),
      ...(route.once && { 'Idempotency-Key': key ?? newKey() }),
    },
    ...(hasBody && { body: JSON.stringify(request.body) }),
  };
  const response = await fetch(address(name, request), init).catch(() => {
    throw new ApiProblem('network', setting.unreachable);
  });
  if (!response.ok) throw problemOf(response.status, readJson(await response.text()));
  if (route.stream === 'file') return response.blob();
  return response.json();
}

function headers(): Record<string, string> {
  return {
    Accept: 'application/json',
    'Accept-Language': setting.language,
    ...(!setting.attended() && { 'X-Unattended': '1' }),
    ...(setting.csrf && { 'X-CSRF-Token': setting.csrf }),
  };
}

function routeOf(name: string): Route {
  const route = routes[name];
  if (!route) throw new Error(`the route ${name} was not learned`);
  return route;
}

/** Where a route is found. */
export function address(name: string, { params = {}, query = {} }: Loose = {}): string {
  const path = routeOf(name).path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const tail = search.size > 0 ? `?${search}` : '';
  return `${BASE}${path.slice(1)}${tail}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // a proxy's error page is no answer of ours
    return null;
  }
}

function problemOf(status: number, answer: unknown): ApiProblem {
  const { code, detail, fields } = (answer ?? {}) as { code?: string; detail?: string; fields?: FieldError[] };
  if (!code) return new ApiProblem('network', setting.unreachable, status);
  if (code === 'session.required' || code === 'session.password-due') setting.onBarred(code);
  return new ApiProblem(code, detail ?? '', status, fields ?? []);
}
