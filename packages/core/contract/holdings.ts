/**
 * Owns the routes about what people hold: for the system administrator what somebody leaves behind, for the business administrator which
 * steps wait with whom, and giving one to somebody else. Neither learns what a case is about.
 */
import { z } from 'zod';
import { StepPeople } from './lookups.ts';
import { byId, Due, Id, Instant, PersonRef, page, type Route, Saying, Wording } from './words.ts';

/** What would be left behind if this person went: counted, without a word of any case. */
export const Holdings = z
  .object({
    /** steps that wait with him, by process and step */
    tasks: z.array(z.object({ process: Wording, step: Wording, count: z.number() })),
    /** cases he has started that still run */
    started: z.number(),
    drafts: z.number(),
    /** his posts of today: unit, roles; `sole`: roles that nobody else holds there */
    posts: z.array(z.object({ unit: z.string(), title: z.string(), roles: z.array(Wording), sole: z.array(Wording) })),
  })
  .meta({ id: 'Holdings' });

/** A step that waits with somebody. */
export const HeldTask = z
  .object({
    id: Id,
    number: z.string(),
    process: Wording,
    step: Wording,
    holder: PersonRef,
    /** has no post any more: the step waits for nobody */
    left: z.boolean(),
    openedAt: Instant,
    due: Due.nullable(),
  })
  .meta({ id: 'HeldTask' });

export const HOLDING_ROUTES = {
  holdings: {
    method: 'GET',
    path: '/api/directory/people/:id/holdings',
    summary: '一人名下的事项',
    access: 'system-admin',
    params: byId,
    answer: Holdings,
  },
  heldTasks: {
    method: 'GET',
    path: '/api/held-tasks',
    rate: 'search',
    summary: '在办任务及其办理人',
    access: 'business-admin',
    query: z.object({
      person: z.string().max(64).optional(),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    answer: page(HeldTask),
  },
  heldTaskPeople: {
    method: 'GET',
    path: '/api/held-tasks/:id/people',
    rate: 'search',
    summary: '可以接手的人',
    access: 'business-admin',
    params: byId,
    query: z.object({ q: z.string().max(50).default('') }),
    answer: StepPeople,
  },
  giveTask: {
    method: 'POST',
    path: '/api/held-tasks/:id/give',
    summary: '把在办任务改派给他人',
    access: 'business-admin',
    params: byId,
    once: true,
    body: z.object({ holder: Id, to: Id, comment: Saying(500) }),
    /** `incident`: nobody fulfils the step's own rule; it stands in the list of incidents now, where an exception can be asked for */
    answer: z.object({ result: z.enum(['given', 'incident']) }),
  },
} as const satisfies Record<string, Route>;
