/**
 * Owns who is told of a change: those who may review it when it is submitted, its authors when somebody has reviewed it, the business
 * administrators when it could not take effect on its day. A notice says the title, who, and his words; whoever has no right of design gets none,
 * nor does he whose act it was. Rules: [CHG9] [CHG13].
 */
import { SYSTEM } from '@ganwei/core/actor';
import { noticeText } from '@ganwei/core/written';
import { mayReview, rightsOf } from '@ganwei/release/change';
import { addNotices } from '../store/effects.ts';
import type { Work } from './change.ts';

/** [CHG13] Whoever may review it as it is now. */
export function tellReviewers(work: Work): Promise<void> {
  const { host, facts, row, actor } = work;
  const { applications } = host.catalogue();
  const submitted = { ...facts, state: 'submitted' as const };
  const reviewers = [...host.directory().people.keys()].filter((person) => {
    const known = host.directory().actor(person);
    return known !== undefined && mayReview(submitted, rightsOf(known, applications)) === null;
  });
  const text = noticeText('review-text', { who: actor.name });
  return tell(work, reviewers, noticeText('review-title', { title: row.title }), text);
}

/** [CHG13] Everyone who has written in it. */
export function tellAuthors(work: Work, agree: boolean, words: string): Promise<void> {
  const { facts, row, actor } = work;
  const title = noticeText(agree ? 'agreed-title' : 'returned-title', { title: row.title });
  return tell(work, facts.authors, title, noticeText('reviewed-text', { who: actor.name, words }));
}

/** [CHG9] Who can see to it that the day is made up for. */
export function tellAdministrators(work: Work, reason: string): Promise<void> {
  const { host, row } = work;
  const people = [...host.directory().people.values()].filter((p) => p.active && p.duties.includes('business-admin'));
  const title = noticeText('unpublished-title', { title: row.title });
  return tell(
    work,
    people.map(({ id }) => id),
    title,
    noticeText('unpublished-text', { reason }),
  );
}

async function tell(
  { tx, host, actor, now }: Work,
  people: readonly string[],
  title: string,
  text: string,
): Promise<void> {
  const others = people.filter((person) => person !== '' && person !== actor.id);
  await addNotices(
    tx,
    others.map((person) => ({
      id: host.newId(),
      person_id: person,
      kind: 'change',
      case_id: null,
      title,
      text,
      from_name: actor.name || SYSTEM.name,
      at: now,
      read_at: null,
      letter_id: null,
    })),
  );
}
