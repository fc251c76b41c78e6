/**
 * Owns the contract of a service type: what a BPMN service task may ask of the machine. A service works inside the transaction of the
 * step that reached it; what must leave the house it returns as effects, and what concerns other cases as requests, which case/
 * carries out in the same transaction. The types that come with the platform
 * are server/services; a host program adds its own (createPlatform). Rule: [EXT1].
 */
import type { Actor } from '@ganwei/core/actor';
import type { HistoryNote } from '@ganwei/core/history';
import { type Reason, said } from '@ganwei/core/reason';
import type { ServiceSignature } from '@ganwei/release/service';
import type { Tx } from '../store/open.ts';
import type { EffectRow, NoticeRow } from '../store/rows.ts';
import type { Host } from './host.ts';
import type { Sight } from './sight.ts';

export interface ServiceContext {
  tx: Tx;
  host: Host;
  /** who caused the step; the system for timers */
  actor: Actor;
  now: number;
  node: string;
  case: { id: string; number: string; title: string; process: string };
  /** the application of the process: keys that its expressions give are written there */
  app: string;
  /** the case as expressions see it */
  sight: Sight;
}

/** Start another case; it is a child (waited for) only when a call activity asks. */
export interface StartRequest {
  process: string;
  start?: string;
  values: Record<string, unknown>;
  /** person; whoever acts unless named */
  starter?: string;
}

export interface MessageRequest {
  name: string;
  correlation: string;
  payload: Record<string, unknown>;
}

/** What a service asks to be done to another case. */
export type Order = { case: string } & (
  | { kind: 'reschedule'; node: string; due: string }
  | { kind: 'end'; status: string }
  | { kind: 'hand-over'; to: string }
  | { kind: 'suspend'; reason: string }
  | { kind: 'resume' }
  | { kind: 'void'; letter: string; reason: string; ground: string }
  | { kind: 'use'; action: string; values: Record<string, unknown>; starter?: string }
);

export interface ServiceAnswer {
  /** `result` in the outputs of the service task */
  result: unknown;
  /** entries for the case's history; a service of a host program has the kind `noted` for its own words */
  notes?: HistoryNote[];
  starts?: StartRequest[];
  messages?: MessageRequest[];
  orders?: Order[];
  effects?: EffectRow[];
  notices?: NoticeRow[];
  /** units that a letter of this step could not be handed to: nobody is there to receive it */
  undelivered?: string[];
  /** people who may read the case from now on */
  readers?: string[];
  /** id of the effect whose delivery the case waits for */
  awaits?: string;
  /** changes the case's status */
  status?: string;
}

export interface Service extends ServiceSignature {
  /** throws ServiceFault for what the process may catch with an error boundary event, Refusal for what the person must know */
  run(context: ServiceContext, inputs: Readonly<Record<string, unknown>>): Promise<ServiceAnswer>;
}

/** A failure with a code that an error boundary event of the process can catch; uncaught it becomes an incident. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly code: string;
  /** a reason of the house, or what the process itself says */
  readonly reason: Reason | string;
  constructor(code: string, reason: Reason | string) {
    super(said(reason));
    this.code = code;
    this.reason = reason;
  }
}
