/**
 * Owns the routes about cases that run: how many stand where, by version of their flow, and letting them go on by the version in force. For the
 * business administrator: numbers, steps and versions, never what a case is about.
 */
import { z } from 'zod';
import { DrawingText, Id, Instant, type Route, Saying, Wording } from './words.ts';

/** The most cases that one request moves: each is a transaction of its own. */
export const MOST_MOVED = 20;

const Key = z.string().min(1).max(120);

/** Steps that the version in force does not have, each with the step at which its cases shall stand instead. */
const Instead = z
  .array(z.object({ from: Key, to: Key }))
  .max(50)
  .default([]);

const Version = z.object({ version: z.number().int(), count: z.number().int() });

export const RunningFlow = z
  .object({
    /** as cases keep it */
    process: Key,
    title: Wording,
    /** version in force; null: the flow is retired */
    current: z.number().int().nullable(),
    versions: z.array(Version),
  })
  .meta({ id: 'RunningFlow' });

export const RUNNING_ROUTES = {
  running: {
    method: 'GET',
    path: '/api/running',
    summary: '运行中的件：各流程各版本',
    access: 'business-admin',
    answer: z.array(RunningFlow),
  },
  runningFlow: {
    method: 'GET',
    path: '/api/running/:process',
    summary: '运行中的件：一个流程',
    access: 'business-admin',
    params: z.object({ process: Key }),
    answer: z.object({
      ...RunningFlow.shape,
      /** to be sent back with the act: what has come into force since is another matter */
      release: z.number().int(),
      /** the drawing of the version in force; '' where it is retired */
      xml: DrawingText,
      /** open steps by version */
      steps: z.array(
        z.object({
          node: z.string(),
          name: Wording,
          version: z.number().int(),
          count: z.number().int(),
          /** of these, so many are late, and so many nobody has */
          overdue: z.number().int(),
          vacant: z.number().int(),
        }),
      ),
      /** what happens by itself, the earliest first */
      timers: z.array(
        z.object({
          node: z.string(),
          name: Wording,
          version: z.number().int(),
          count: z.number().int(),
          next: Instant,
        }),
      ),
      /** steps at which cases of older versions wait and that the version in force does not have */
      gone: z.array(z.object({ node: z.string(), name: Wording, count: z.number().int() })),
      /** steps that a case may be put at instead: those of the version in force */
      places: z.array(z.object({ node: z.string(), name: Wording })),
    }),
  },
  /** [RUN5] how long steps take and which branches are taken, over the newest finished cases */
  flowFigures: {
    method: 'GET',
    path: '/api/running/:process/figures',
    summary: '一个流程的用时和走向',
    access: 'business-admin',
    rate: 'search',
    params: z.object({ process: Key }),
    answer: z.object({
      /** finished cases that were looked at, and how many these are at the most */
      cases: z.number().int(),
      most: z.number().int(),
      /** when the earliest of them began */
      since: Instant.nullable(),
      /** working days from when a step was opened until it was done: half of them, and nine of ten, took no longer */
      steps: z.array(
        z.object({
          node: z.string(),
          name: Wording,
          count: z.number().int(),
          median: z.number().int(),
          p90: z.number().int(),
        }),
      ),
      /** ways out of a node that has several: how often this one was taken of all */
      branches: z.array(
        z.object({
          flow: z.string(),
          node: z.string(),
          from: Wording,
          label: Wording,
          to: Wording,
          count: z.number().int(),
          of: z.number().int(),
        }),
      ),
    }),
  },
  /** what moving would come to, case by case; nothing changes */
  previewRunning: {
    method: 'POST',
    path: '/api/running/:process/preview',
    rate: 'search',
    summary: '迁移到现行版本：逐件试算',
    access: 'business-admin',
    params: z.object({ process: Key }),
    body: z.object({
      version: z.number().int().min(1).optional(),
      instead: Instead,
      cursor: z.string().max(400).optional(),
      limit: z.number().int().min(1).max(50).default(20),
    }),
    answer: z.object({
      rows: z.array(
        z.object({
          id: Id,
          number: z.string(),
          version: z.number().int(),
          startedAt: Instant,
          places: z.array(Wording),
          /** why it cannot move; empty: it can */
          reasons: z.array(z.string()),
          /** steps that begin with the move, beside what waits */
          begins: z.array(Wording),
          /** steps that may be withdrawn so that it can move, each with the one after which it comes again */
          aside: z.array(z.object({ from: z.string(), to: z.string(), name: Wording, after: Wording })),
        }),
      ),
      next: z.string().nullable(),
    }),
  },
  moveRunning: {
    method: 'POST',
    path: '/api/running/:process/move',
    summary: '把运行中的件迁移到现行版本',
    access: 'business-admin',
    params: z.object({ process: Key }),
    body: z.object({
      cases: z.array(Id).min(1).max(MOST_MOVED),
      release: z.number().int().min(1),
      instead: Instead,
      /** [RUN7] further steps may begin: he was shown which */
      begin: z.boolean().default(false),
      reason: Saying(500),
    }),
    /** in the order of the request; `reason`: why it did not move */
    answer: z.object({
      rows: z.array(z.object({ id: Id, number: z.string(), moved: z.boolean(), reason: z.string() })),
    }),
  },
} as const satisfies Record<string, Route>;
