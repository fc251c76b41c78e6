/**
 * Owns the contract of a service type: what a BPMN service task may ask of the machine. A service works inside the transaction of the
 * step that reached it; what must leave the house it returns as effects, and what concerns other cases as requests, which commands/
 * carry out in the same transaction. To add a type: write one file here and name it in registry.ts.
 */
import type { Actor } from '@ganwei/core/actor';
import type { ServiceSignature } from '@ganwei/release/service';
import type { Host } from '../catalogue/host.ts';
import type { World } from '../catalogue/language.ts';
import type { Tx } from '../store/open.ts';
import type { EffectRow, NoticeRow } from '../store/rows.ts';

export interface ServiceContext {
  tx: Tx;
  host: Host;
  world: World;
  /** who caused the step; the system for timers */
  actor: Actor;
  now: number;
  node: string;
  case: { id: string; number: string; title: string; process: string };
  /** the case's data as expressions see it */
  scope: Readonly<Record<string, unknown>>;
}

/** Start another case; it is a child (waited for) only when a call activity asks. */
export interface StartRequest {
  process: string;
  start?: string;
  values: Record<string, unknown>;
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
);

export interface ServiceAnswer {
  /** `result` in the outputs of the service task */
  result: unknown;
  /** entries for the case's history */
  notes?: { kind: string; detail: Record<string, unknown> }[];
  starts?: StartRequest[];
  messages?: MessageRequest[];
  orders?: Order[];
  effects?: EffectRow[];
  notices?: NoticeRow[];
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
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** An input that must be a text. */
export function textInput(inputs: Readonly<Record<string, unknown>>, name: string): string {
  const value = inputs[name];
  if (typeof value !== 'string' || value === '') throw new ServiceFault('input', `服务的输入「${name}」应为文字`);
  return value;
}

/** An input that is a list of texts; one text counts as a list of one, null as none. */
export function listInput(inputs: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = inputs[name];
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((entry) => {
    if (typeof entry !== 'string') throw new ServiceFault('input', `服务的输入「${name}」应为文字列表`);
    return entry;
  });
}

export function contextInput(inputs: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const value = inputs[name];
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new ServiceFault('input', `服务的输入「${name}」应为一组值`);
  }
  return value as Record<string, unknown>;
}
