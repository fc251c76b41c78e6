/**
 * Owns the HTTP contract: every route with its request and answer. The server parses with it, the browser's client is typed by it,
 * and /api/openapi.json is generated from it. Server and web meet nowhere else. Its parts stand in contract/, one file per area.
 */
import type { z } from 'zod';
import { ADMINISTRATION_ROUTES } from './contract/administration.ts';
import { CASE_ROUTES } from './contract/cases.ts';
import { CHANGE_ROUTES } from './contract/changes.ts';
import { DEFINITION_ROUTES } from './contract/definitions.ts';
import { DESIGNING_ROUTES } from './contract/designing.ts';
import { DOOR_ROUTES } from './contract/doors.ts';
import { HOLDING_ROUTES } from './contract/holdings.ts';
import { IMPACT_ROUTES } from './contract/impact.ts';
import { INCIDENT_ROUTES } from './contract/incidents.ts';
import { LEDGER_ROUTES } from './contract/ledgers.ts';
import { LOOKUP_ROUTES } from './contract/lookups.ts';
import { MESSAGE_ROUTES } from './contract/messages.ts';
import { NAME_ROUTES } from './contract/names.ts';
import { OVERVIEW_ROUTES } from './contract/overviews.ts';
import { PLAY_ROUTES } from './contract/play.ts';
import { RERECORD_ROUTES } from './contract/rerecord.ts';
import { RUNNING_ROUTES } from './contract/running.ts';
import { SESSION_ROUTES } from './contract/session.ts';
import { WORKBENCH_ROUTES } from './contract/workbench.ts';

export { DirectoryReport, Effect, Unit } from './contract/administration.ts';
export { CHANGE_ACTS, CHANGE_STATES, ChangeHead, ChangeView, DraftRef } from './contract/changes.ts';
export { DefinitionRef, Finding, ReleaseRow } from './contract/definitions.ts';
export { HeldTask, Holdings } from './contract/holdings.ts';
export { ImpactLine } from './contract/impact.ts';
export { Incident } from './contract/incidents.ts';
export { LedgerColumn, LedgerQuery, LedgerRow, LedgerView } from './contract/ledgers.ts';
export { Choice, YearTable } from './contract/lookups.ts';
export { OverviewChart, OverviewFigure, OverviewView } from './contract/overviews.ts';
export { PlayView } from './contract/play.ts';
export { Session } from './contract/session.ts';
export {
  Access,
  CaseHead,
  CaseView,
  Diagram,
  FormView,
  LetterView,
  MatterView,
  Moved,
  OpenTask,
  Operation,
  Outcome,
  ReceiptView,
  StartView,
  TaskView,
  TimelineEntry,
} from './contract/views.ts';
export {
  DrawingText,
  Due,
  FileRef,
  FormText,
  PersonRef,
  Problem,
  type Rate,
  type Route,
  Status,
  Wording,
  Wordings,
} from './contract/words.ts';
export { Counts, INBOX_TABS, InboxRow, Startable, TODO_KINDS } from './contract/workbench.ts';

/** Every route of the platform. The key is the operation's name for clients. */
export const ROUTES = {
  ...SESSION_ROUTES,
  ...DOOR_ROUTES,
  ...WORKBENCH_ROUTES,
  ...MESSAGE_ROUTES,
  ...CASE_ROUTES,
  ...LOOKUP_ROUTES,
  ...LEDGER_ROUTES,
  ...OVERVIEW_ROUTES,
  ...INCIDENT_ROUTES,
  ...RUNNING_ROUTES,
  ...HOLDING_ROUTES,
  ...ADMINISTRATION_ROUTES,
  ...DEFINITION_ROUTES,
  ...CHANGE_ROUTES,
  ...DESIGNING_ROUTES,
  ...NAME_ROUTES,
  ...PLAY_ROUTES,
  ...RERECORD_ROUTES,
  ...IMPACT_ROUTES,
} as const;

export type RouteName = keyof typeof ROUTES;

type Member<N extends RouteName, K extends string> = (typeof ROUTES)[N] extends { [P in K]: infer S extends z.ZodType }
  ? S
  : never;

/** What a client sends. */
export type Params<N extends RouteName> = [Member<N, 'params'>] extends [never]
  ? undefined
  : z.input<Member<N, 'params'>>;

export type Query<N extends RouteName> = [Member<N, 'query'>] extends [never] ? undefined : z.input<Member<N, 'query'>>;

export type Body<N extends RouteName> = [Member<N, 'body'>] extends [never] ? undefined : z.input<Member<N, 'body'>>;

/** What a handler receives after parsing. */
export type ParsedParams<N extends RouteName> = [Member<N, 'params'>] extends [never]
  ? undefined
  : z.output<Member<N, 'params'>>;

export type ParsedQuery<N extends RouteName> = [Member<N, 'query'>] extends [never]
  ? undefined
  : z.output<Member<N, 'query'>>;

export type ParsedBody<N extends RouteName> = [Member<N, 'body'>] extends [never]
  ? undefined
  : z.output<Member<N, 'body'>>;

export type Answer<N extends RouteName> = z.output<(typeof ROUTES)[N]['answer']>;
