/**
 * Owns the routes of cases that stand still: what leads on, whom a step may be given to, and the exceptions that wait for consent.
 */
import { z } from 'zod';
import { INCIDENT_KINDS, RESULTS, WAYS } from '../incident.ts';
import { StepPeople } from './lookups.ts';
import { byId, Id, Instant, Ok, PersonRef, type Route, Saying, Wording } from './words.ts';

export const Incident = z
  .object({
    id: Id,
    caseId: z.string(),
    number: z.string(),
    title: Wording,
    node: Wording,
    kind: z.enum([...INCIDENT_KINDS, 'other']),
    detail: Wording,
    openedAt: Instant,
    ways: z.array(z.enum(WAYS)),
  })
  .meta({ id: 'Incident' });

/** What came of an act on an incident; `reason`: why it stands still again. */
export const Solved = z.object({ result: z.enum(RESULTS), reason: z.string() }).meta({ id: 'Solved' });

/** What would happen to the case of an incident if it went on by the version in force: where it stands, and why it cannot. */
export const MovePreview = z
  .object({
    from: z.number(),
    to: z.number().nullable(),
    /** to be sent back with the act */
    release: z.number(),
    places: z.array(z.object({ name: Wording, kind: z.enum(['user', 'timer', 'message', 'call', 'service']) })),
    /** names of joins at which branches need not wait any more: the case goes on there by itself */
    opens: z.array(Wording),
    /** names of steps that begin with the move, beside what waits or behind such a join */
    begins: z.array(Wording),
    /** why it cannot move; empty: it can */
    reasons: z.array(z.string()),
  })
  .meta({ id: 'MovePreview' });

/** A step that nobody may do by its own rule, and whom the business administrator would give it to. `id`: of the incident. */
const AskedException = z
  .object({
    id: Id,
    number: z.string(),
    process: Wording,
    node: Wording,
    people: z.array(PersonRef),
    reason: z.string(),
    askedBy: z.string(),
    askedAt: Instant,
  })
  .meta({ id: 'AskedException' });

/** For the business administrator, and the security administrator who consents. */
export const INCIDENT_ROUTES = {
  incidents: {
    method: 'GET',
    path: '/api/incidents',
    summary: '异常',
    access: 'business-admin',
    answer: z.array(Incident),
  },
  solveIncident: {
    method: 'POST',
    path: '/api/incidents/:id/solve',
    summary: '处理异常',
    access: 'business-admin',
    params: byId,
    once: true,
    body: z.object({
      way: z.enum(['reassign', 'retry']),
      people: z.array(Id).max(50).default([]),
      comment: Saying(500),
    }),
    answer: Solved,
  },
  movePreview: {
    method: 'GET',
    path: '/api/incidents/:id/move',
    summary: '迁移到现行版本：预览',
    access: 'business-admin',
    params: byId,
    answer: MovePreview,
  },
  moveCase: {
    method: 'POST',
    path: '/api/incidents/:id/move',
    summary: '迁移到现行版本',
    access: 'business-admin',
    params: byId,
    once: true,
    body: z.object({ release: z.number().int().min(1), reason: Saying(500) }),
    answer: Solved,
  },
  incidentPeople: {
    method: 'GET',
    path: '/api/incidents/:id/people',
    rate: 'search',
    summary: '可以指定的办理人',
    access: 'business-admin',
    params: byId,
    query: z.object({ q: z.string().max(50).default('') }),
    answer: StepPeople,
  },
  exceptions: {
    method: 'GET',
    path: '/api/exceptions',
    summary: '待同意的例外：没有人符合要求的步骤',
    access: 'security-admin',
    answer: z.array(AskedException),
  },
  decideException: {
    method: 'POST',
    path: '/api/exceptions/:id',
    summary: '同意或不同意例外',
    access: 'security-admin',
    params: byId,
    once: true,
    body: z.object({ agree: z.boolean() }),
    answer: Ok,
  },
} as const satisfies Record<string, Route>;
