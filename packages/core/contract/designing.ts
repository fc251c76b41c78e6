/**
 * Owns the routes that editors ask while a definition of a change is being written: who would get a step, what a letter looks like, what waits for a
 * calendar. Nothing is kept, and nothing carries a word of any case.
 */
import { z } from 'zod';
import { byId, Id, PersonRef, type Route } from './words.ts';

/** A value of a case by its names: `request.organ`. */
const Path = z
  .string()
  .max(200)
  .regex(/^\p{L}[\p{L}\p{N}_]*(\.\p{L}[\p{L}\p{N}_]*)*$/u);

export const DESIGNING_ROUTES = {
  /** who would get a step today, were its assignees these; for whoever may draft the flow */
  assignedToday: {
    method: 'POST',
    path: '/api/changes/:id/assigned-today',
    summary: '今天会分给谁',
    access: 'session',
    params: byId,
    rate: 'search',
    body: z.object({
      app: z.string().max(60),
      flow: z.string().min(1).max(120),
      /** the expression of the assignees */
      people: z.string().min(1).max(4000),
      /** who starts; null: whoever asks */
      starter: Id.nullable().default(null),
      /** people and units that stand in forms by then */
      values: z
        .array(z.object({ path: Path, value: z.union([Id, z.array(Id).max(50)]) }))
        .max(20)
        .default([]),
      /** who has done an earlier step by then */
      doneBy: z
        .array(z.object({ step: z.string().max(120), person: Id }))
        .max(20)
        .default([]),
    }),
    answer: z.object({
      starter: PersonRef,
      people: z.array(PersonRef),
      /** further people, not named */
      more: z.number().int(),
      /** paths of the case that it reads and that have no value here */
      needs: z.array(z.string()),
      /** what is wrong with the expression; '' nothing */
      wrong: z.string(),
      /** the change has application functions of its own; here those in force count */
      functionsDrafted: z.boolean(),
    }),
  },
  /** the pages of a letter as it is being written, with values that its author gives; nothing of it is kept */
  drawLetter: {
    method: 'POST',
    path: '/api/changes/:id/letter-pages',
    summary: '文书草稿的样张',
    access: 'session',
    params: byId,
    rate: 'search',
    body: z.object({
      app: z.string().max(60),
      key: z.string().min(1).max(120),
      source: z.string().max(100_000),
      /** names that the template uses, with what stands there in a case that is made up */
      data: z.record(z.string().max(120), z.unknown()).default({}),
    }),
    answer: z.object({
      /** all pages, one below the other; '' where there are none */
      svg: z.string(),
      pages: z.number().int(),
      /** what is wrong with the template, each with its line; then there are no pages */
      wrong: z.array(z.string()),
      /** faces that the server does not have */
      substitutions: z.array(z.string()),
    }),
  },
  /** open deadlines of a year that were set before its calendar was there: numbers, never a case */
  provisionalDeadlines: {
    method: 'GET',
    path: '/api/changes/:id/provisional-deadlines',
    summary: '待校准的期限数',
    access: 'session',
    params: byId,
    query: z.object({ year: z.coerce.number().int().min(1990).max(2200) }),
    rate: 'search',
    answer: z.object({ waiting: z.number().int() }),
  },
} as const satisfies Readonly<Record<string, Route>>;
