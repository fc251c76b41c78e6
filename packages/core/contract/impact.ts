/**
 * Owns the routes about what a change would have made different: finished cases are replayed with it beside the desk. Numbers by flow, step and
 * kind; a case is named to nobody but those who may open it.
 */
import { z } from 'zod';
import { byId, Id, Ok, type Route, Wording } from './words.ts';

/** way: it goes on elsewhere · person: others get the step · field: the form does not take it · break: it cannot be done there */
export const IMPACT_KINDS = ['way', 'person', 'field', 'deadline', 'result', 'break'] as const;

/** none: nothing has been replayed · stopped: cancelled, or nobody asked any more · cut: time or memory was used up */
export const IMPACT_STATES = ['none', 'running', 'done', 'stopped', 'cut', 'failed'] as const;

/** What is more exactly different, by kind: who, what of the field, where the deadline goes, why it breaks off. */
export const IMPACT_DETAILS = [
  '',
  'nobody',
  'missing',
  'refused',
  'earlier',
  'later',
  'new',
  'gone',
  'start',
  'step',
  'outcome',
  'standstill',
] as const;

/** A number of cases; null: some, but fewer than five, and not all of them may be opened by whoever asks */
const Few = z.number().int().nullable();

export const ImpactLine = z
  .object({
    id: z.string(),
    kind: z.enum(IMPACT_KINDS),
    /** the step */
    node: z.string(),
    name: Wording,
    /** of a way: what comes next as it is and as it would be */
    before: z.array(Wording),
    after: z.array(Wording),
    /** of a field: what it is called; '' the opinion */
    field: Wording,
    detail: z.enum(IMPACT_DETAILS),
    count: Few,
  })
  .meta({ id: 'ImpactLine' });

export const IMPACT_ROUTES = {
  beginImpact: {
    method: 'POST',
    path: '/api/changes/:id/impact',
    summary: '用办结的件核对变更',
    access: 'session',
    params: byId,
    rate: 'search',
    answer: Ok,
  },
  impact: {
    method: 'GET',
    path: '/api/changes/:id/impact',
    summary: '核对的进度和结果',
    access: 'session',
    params: byId,
    answer: z.object({
      state: z.enum(IMPACT_STATES),
      /** the change, or what is in force, is no longer what was replayed */
      outdated: z.boolean(),
      flows: z.array(
        z.object({
          process: z.string(),
          title: Wording,
          /** finished cases that are looked at, the newest first; those looked at so far; those of them that could be followed to their end */
          total: z.number().int(),
          seen: z.number().int(),
          followed: z.number().int(),
          /** those for which something would have been different */
          different: Few,
          /** the flow is not there before and after */
          incomparable: z.boolean(),
          /** differences that are not among the lines, because there are too many kinds of them */
          more: z.number().int(),
          lines: z.array(ImpactLine),
          /** running cases if they were moved; null: the flow stays what it is */
          moving: z
            .object({
              movable: z.number().int(),
              barred: z.array(z.object({ reason: z.string(), count: z.number().int() })),
            })
            .nullable(),
        }),
      ),
    }),
  },
  cancelImpact: {
    method: 'POST',
    path: '/api/changes/:id/impact/cancel',
    summary: '停止核对',
    access: 'session',
    params: byId,
    answer: Ok,
  },
  /** of the newest cases of a line those that whoever asks may open */
  impactCases: {
    method: 'GET',
    path: '/api/changes/:id/impact/cases',
    summary: '核对结果中本人可以查看的件',
    access: 'session',
    params: byId,
    query: z.object({ process: z.string().max(200), line: z.string().max(20) }),
    rate: 'search',
    answer: z.object({ rows: z.array(z.object({ id: Id, number: z.string() })) }),
  },
} as const satisfies Record<string, Route>;
