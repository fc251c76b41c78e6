/** Owns what a handler is given and what it answers: the contract, parsed, with the caller found, and his language. */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody, ParsedParams, ParsedQuery, RouteName } from '@ganwei/core/contract';
import { type Language, type Reason, said } from '@ganwei/core/reason';
import type { Context } from 'koa';
import type { Host } from '../catalogue/host.ts';
import type { Call } from '../commands/run.ts';
import type { Door } from '../identity/doors/door.ts';
import type { FactorState } from '../identity/second-factor.ts';
import type { Runs } from '../publishing/impact-runs.ts';
import type { Live } from './live.ts';
import type { Known } from './session.ts';

/** English for whoever asks for it first, else Chinese. */
export const languageOf = (context: Context): Language =>
  context.acceptsLanguages('zh-CN', 'en-US') === 'en-US' ? 'en-US' : 'zh-CN';

/** Says a reason to whoever asks, in his language; what it names of the content likewise. */
export const sayerFor =
  (host: Host, context: Context) =>
  (reason: Reason | string): string => {
    if (languageOf(context) === 'zh-CN') return said(reason);
    const { english } = host.catalogue();
    return typeof reason === 'string'
      ? english.text(reason)
      : said({ ...reason, params: english.params(reason.params) }, 'en-US');
  };

export interface RouteOptions {
  host: Host;
  basePath: string;
  title: string;
  version: string;
  demo: boolean;
  /** demo mode: moves the clock and restores the demo data */
  demoControls?: DemoControls | undefined;
  demoAccounts(): { username: string; name: string; duty: string }[];
  /** finished cases that are being replayed for changes */
  replays: Runs;
  /** the streams that pages hold open */
  live: Live;
  /** under which the browser of a person keeps what could not be sent (identity/device-key.ts) */
  deviceKey(person: string): string;
  /** other places that know people (identity/doors/door.ts) */
  doors: ReadonlyMap<string, Door>;
  /** of a sandbox */
  play?: Playing | undefined;
}

/** [PLAY3] What is different in a sandbox: who asks is whoever its owner plays, and what is done is listened to. */
export interface Playing {
  /** null: as nobody */
  who(context: Context): Known | null;
  around<T>(name: RouteName, asked: Asked, perform: () => Promise<T>): Promise<T>;
}

/** A request as the contract has read it. */
export interface Asked {
  actor: Actor;
  params: unknown;
  body: unknown;
}

export interface DemoControls {
  setClock(now: number): Promise<{ now: number; fired: number }>;
  reset(): Promise<void>;
}

/** What a handler gets: parsed by the contract, with the caller found and admitted. */
export interface Request<N extends RouteName> {
  host: Host;
  options: RouteOptions;
  actor: Actor;
  call: Call;
  csrf: string;
  passwordDue: boolean;
  factor: FactorState;
  token: string;
  params: ParsedParams<N>;
  query: ParsedQuery<N>;
  body: ParsedBody<N>;
  context: Context;
}

export type Handlers = { readonly [N in RouteName]: (request: Request<N>) => Promise<Answer<N>> | Answer<N> };
