/** Owns running a story from its beginning to its end, or to the first act after which something stands that it does not say. Rules: [STORY3] [STORY4]. */
import { because, type Reason } from '@ganwei/core/reason';
import type { Act, Standing, Story } from '@ganwei/release/story';
import { differencesOf } from '@ganwei/release/story-difference';
import { carryOut, Fault } from './act.ts';
import { actReason, differenceReason } from './naming.ts';
import type { Stage } from './stage.ts';

/** Where a story came about otherwise. */
export interface Broken {
  /** of its acts, counted from 0 */
  act: number;
  reason: Reason;
}

/** Null: everything is as the story says. An act without expectations is carried out and nothing is held against it. */
export async function runStory(stage: Stage, { acts }: Pick<Story, 'acts'>): Promise<Broken | null> {
  for (const [index, act] of acts.entries()) {
    const [what] = (await playedAct(stage, act)).reasons;
    if (what)
      return { act: index, reason: because('story.at', { n: index + 1, act: await actReason(stage, act), what }) };
  }
  return null;
}

export interface PlayedAct {
  /** all that is otherwise than the act says; nothing where it says nothing */
  reasons: Reason[];
  /** what stands now; undefined: it could not be carried out */
  found: Standing | undefined;
}

export async function playedAct(stage: Stage, act: Act): Promise<PlayedAct> {
  try {
    await carryOut(stage, act);
  } catch (error) {
    if (error instanceof Fault) return { reasons: [error.reason], found: undefined };
    throw error;
  }
  const found = await stage.standing();
  const reasons: Reason[] = [];
  for (const difference of act.expect ? differencesOf(act.expect, found) : [])
    reasons.push(await differenceReason(stage, difference));
  return { reasons, found };
}
