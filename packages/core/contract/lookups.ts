/**
 * Owns the look-ups behind choosers: people, units, dictionaries, cases that may be referred to.
 */
import { z } from 'zod';
import { Id, Json, PersonRef, type Route, UnitRef, Wording } from './words.ts';

export const Choice = z
  .object({
    code: z.string(),
    label: Wording,
    active: z.boolean(),
    note: Wording,
    attributes: z.record(z.string(), Json),
  })
  .meta({ id: 'Choice' });

/** What the notice of holidays of a year says: days off, and weekend days that are working days; YYYY-MM-DD. */
export const YearTable = z
  .object({ year: z.number().int(), off: z.array(z.string()), work: z.array(z.string()) })
  .meta({ id: 'YearTable' });

/** Whom a step may be given to: `reason` says why somebody may not have it, '' for who may. */
export const StepPeople = z
  .object({
    people: z.array(PersonRef.extend({ post: z.string(), reason: z.string() })),
    /** nobody fulfils the rule of the step: whoever is chosen needs a second administrator's consent */
    exception: z.boolean(),
  })
  .meta({ id: 'StepPeople' });

/** What a form may choose from. */
export const LOOKUP_ROUTES = {
  people: {
    method: 'GET',
    path: '/api/people',
    rate: 'search',
    summary: '查找人员',
    access: 'session',
    query: z.object({
      q: z.string().max(50).default(''),
      ids: z.string().max(2000).optional(),
      unit: z.string().max(64).optional(),
      /** the task whose form is filled in, and the path of the field (`team[].person`): only whom that field offers */
      task: z.string().max(64).optional(),
      field: z.string().max(200).optional(),
    }),
    answer: z.array(PersonRef.extend({ post: z.string() })),
  },
  units: {
    method: 'GET',
    path: '/api/units',
    rate: 'search',
    summary: '单位',
    access: 'session',
    query: z.object({
      q: z.string().max(50).default(''),
      ids: z.string().max(2000).optional(),
      /** only those right below this unit; empty: those at the top */
      parent: z.string().max(64).optional(),
    }),
    /** `below`: there are units below it */
    answer: z.array(UnitRef.extend({ path: z.string(), below: z.boolean() })),
  },
  dictionary: {
    method: 'GET',
    path: '/api/dictionaries/:key',
    summary: '字典',
    access: 'session',
    params: z.object({ key: Id }),
    answer: z.object({ key: z.string(), title: Wording, items: z.array(Choice) }),
  },
  calendar: {
    method: 'GET',
    path: '/api/calendar',
    summary: '工作日历',
    access: 'session',
    answer: z.array(YearTable),
  },
  caseRefs: {
    method: 'GET',
    path: '/api/case-refs',
    rate: 'search',
    summary: '查找可引用的件',
    access: 'session',
    query: z.object({
      process: z.string().max(64).default(''),
      q: z.string().max(50).default(''),
      ids: z.string().max(2000).optional(),
      /** keys of statuses, separated by commas; none: of any status */
      statuses: z.string().max(400).default(''),
    }),
    answer: z.array(z.object({ id: z.string(), number: z.string(), title: Wording, status: Wording })),
  },
} as const satisfies Record<string, Route>;
