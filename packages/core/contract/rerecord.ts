/**
 * Owns the routes of recording stories anew: the stories that a change breaks are gone through again, what none of them answers is asked once, and what
 * differs is told before it is taken over. Rules: [STORY10] [STORY11] [STORY12].
 */
import { z } from 'zod';
import { byId, PersonRef, type Route } from './words.ts';

/** What somebody does at a step that no story acts on; its values have marks in the place of who acts and when (release/rerecord.ts). */
export const Reply = z.strictObject({
  /** `app.flow/node`: full, since stories of several applications take it */
  step: z.string().max(200),
  outcome: z.string().max(61),
  values: z.record(z.string().max(200), z.json()),
  comment: z.string().max(4000).default(''),
});
export type Reply = z.output<typeof Reply>;

/** Steps that are answered in one go. */
export const Replies = z.array(Reply).max(40);

/** Stories of one request: it is told after each how far it has come. */
export const MOST_AT_ONCE = 5;

const StoryKey = z.object({ app: z.string().min(1).max(60), key: z.string().max(61) });

export const Rerecorded = StoryKey.extend({
  title: z.string(),
  /** what differs, by act; an act of the story that says nothing else is not among them */
  lines: z.array(z.object({ n: z.number().int(), act: z.string(), told: z.array(z.string()) })),
  /** the step that nobody has answered yet, and by whom it would be done */
  asked: z
    .object({ step: z.string(), name: z.string(), flow: z.string(), who: z.array(PersonRef), refused: z.string() })
    .nullable(),
  /** why it goes on no further; '' it does */
  stuck: z.string(),
  /** digest of the text as it would be kept; '' it has not come to its end */
  seen: z.string(),
}).meta({ id: 'Rerecorded' });

export const RERECORD_ROUTES = {
  rerecord: {
    method: 'POST',
    path: '/api/changes/:id/rerecord',
    summary: '重录用例：走一遍',
    access: 'session',
    rate: 'search',
    params: byId,
    body: z.object({ stories: z.array(StoryKey).min(1).max(MOST_AT_ONCE), replies: Replies }),
    answer: z.object({ stories: z.array(Rerecorded) }),
  },
  /** `seen`: what was shown; a story that comes about otherwise by now is not kept */
  keepRerecorded: {
    method: 'POST',
    path: '/api/changes/:id/rerecord/keep',
    summary: '重录用例：写入变更',
    access: 'session',
    params: byId,
    body: z.object({
      stories: z
        .array(StoryKey.extend({ seen: z.string().max(64) }))
        .min(1)
        .max(MOST_AT_ONCE),
      replies: Replies,
    }),
    answer: z.object({ kept: z.array(StoryKey), left: z.array(StoryKey) }),
  },
  /** what was done in the sandbox at the step that is asked about; null: not yet */
  playReply: {
    method: 'GET',
    path: '/api/play/reply',
    summary: '重录用例：试运行中办的那一步',
    access: 'session',
    answer: z.object({ reply: Reply.nullable() }),
  },
} as const satisfies Record<string, Route>;
