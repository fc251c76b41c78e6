/**
 * Owns the routes of 试运行: a sandbox in which the content of a change is played, one for each person who drafts. Its pages stand below `base`,
 * and are the platform's own; these routes are about it from outside: as whom one plays, what time it is, what waits for whom. Rule: [PLAY1].
 */
import { z } from 'zod';
import { Replies } from './rerecord.ts';
import { byId, Id, Instant, Ok, PersonRef, type Route, Saying } from './words.ts';

const Key = z.string().regex(/^[A-Za-z][\w-]{0,60}$/);
const App = z.string().min(1).max(60);
/** The wall clock, to the minute. */
const Moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);

export const PlayView = z
  .object({
    change: Id,
    /** below which its pages stand */
    base: z.string(),
    /** in whose folder a story of it is kept */
    app: z.string(),
    /** people of the directory, without what is put down about them besides, or the made-up ones of a story */
    people: z.enum(['directory', 'story']),
    now: Instant,
    /** as whom one plays */
    person: PersonRef,
    waiting: z.array(
      z.object({
        flow: z.string(),
        step: z.string(),
        number: z.string(),
        who: z.array(PersonRef),
        until: z.string(),
        /** the expression that has found them */
        rule: z.string(),
      }),
    ),
    letters: z.array(
      z.object({
        id: Id,
        number: z.string(),
        title: z.string(),
        at: Instant,
        /** somebody who may read it */
        reader: z.string(),
      }),
    ),
    cases: z.array(z.object({ id: Id, number: z.string(), title: z.string(), status: z.string() })),
    /** what is stuck, and why */
    stuck: z.array(z.object({ step: z.string(), why: z.string() })),
    /** what has been done so far, as a story says it */
    acts: z.array(z.string()),
    /** why the run cannot be kept as a story; '' it can */
    unkept: z.string(),
    /** the step that is to be done by hand, and the page on which it is done */
    asked: z.object({ step: z.string(), name: z.string(), page: z.string() }).nullable(),
    /** a story that is gone through step by step */
    script: z
      .object({
        key: z.string(),
        title: z.string(),
        note: z.string(),
        /** acts of it, and how many of them are done */
        of: z.number().int(),
        done: z.number().int(),
        /** the next act; '' there is none */
        next: z.string(),
        /** where the last one came about otherwise than the story says */
        differences: z.array(z.string()),
        /** it could not be carried out */
        failed: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'PlayView' });

export const PLAY_ROUTES = {
  play: {
    method: 'GET',
    path: '/api/play',
    summary: '本人的试运行',
    access: 'session',
    answer: z.object({ play: PlayView.nullable() }),
  },
  /** `story`: whose people play; `script`: which is also gone through step by step */
  openPlay: {
    method: 'POST',
    path: '/api/changes/:id/play',
    summary: '试运行一个变更',
    access: 'session',
    rate: 'search',
    params: byId,
    body: z.object({
      app: App,
      story: z.object({ app: App, key: Key }).nullable().default(null),
      script: z.boolean().default(false),
      /** it is gone through with these, up to the step that is asked about next */
      replies: Replies.nullable().default(null),
    }),
    answer: PlayView,
  },
  playClock: {
    method: 'POST',
    path: '/api/play/clock',
    summary: '拨动试运行的时钟',
    access: 'session',
    body: z.object({ to: Moment }),
    answer: PlayView,
  },
  playPeople: {
    method: 'GET',
    path: '/api/play/people',
    summary: '试运行中的人员',
    access: 'session',
    query: z.object({ q: z.string().max(60).default('') }),
    answer: z.object({ people: z.array(PersonRef) }),
  },
  playPerson: {
    method: 'POST',
    path: '/api/play/person',
    summary: '换一个人试运行',
    access: 'session',
    body: z.object({ person: Id }),
    answer: PlayView,
  },
  /**
   * The next act of the story is carried out, or all up to the first that comes about otherwise; or the next is left out. `base`, `done`: how far the page is
   * from which it is asked; where it has gone further meanwhile, nothing is done but to show how it stands.
   */
  playNext: {
    method: 'POST',
    path: '/api/play/next',
    summary: '按用例走下一步',
    access: 'session',
    body: z.object({
      how: z.enum(['one', 'on', 'leave']).default('one'),
      base: z.string().max(100),
      done: z.number().int().min(0),
    }),
    answer: PlayView,
  },
  keepPlay: {
    method: 'POST',
    path: '/api/play/keep',
    summary: '把试运行保存为用例',
    access: 'session',
    body: z.object({ key: Key, title: Saying(100), note: z.string().max(1000).default('') }),
    answer: z.object({ app: z.string(), key: z.string() }),
  },
  endPlay: {
    method: 'POST',
    path: '/api/play/end',
    summary: '结束试运行',
    access: 'session',
    answer: Ok,
  },
} as const satisfies Record<string, Route>;
