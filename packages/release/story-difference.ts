/**
 * Owns what differs between what a story says is to stand after an act and what stands, each difference as a code with what it names, unworded:
 * steps, people and letters are named by whoever knows them. Rule: [STORY4].
 */
import type { Standing } from './story.ts';

/** As core/reason knows it, with keys and ids in the place of names. */
export interface Difference {
  code:
    | 'story.not-waiting'
    | 'story.also-waiting'
    | 'story.who'
    | 'story.until'
    | 'story.not-issued'
    | 'story.also-issued'
    | 'story.number'
    | 'story.not-ended'
    | 'story.also-ended'
    | 'story.state'
    | 'story.not-stuck'
    | 'story.stuck';
  /** `found` is of the kind that the code says */
  params: {
    step?: string;
    flow?: string;
    letter?: string;
    number?: string;
    state?: string;
    until?: string;
    who?: readonly string[];
    found?: string | readonly string[];
  };
}

type Waiting = Standing['waiting'][number];

/** All differences, in the order in which a reader asks: what waits, what was issued, what has ended, what is stuck. */
export function differencesOf(expected: Standing, found: Standing): Difference[] {
  return [
    ...inPairs(expected.waiting, found.waiting, ({ step }) => step, {
      differs: waitingDiffers,
      missing: ({ step, who }) => ({ code: 'story.not-waiting', params: { step, who } }),
      more: ({ step, who }) => ({ code: 'story.also-waiting', params: { step, who } }),
    }),
    ...inPairs(expected.issued, found.issued, ({ letter, of }) => `${letter} ${of}`, {
      differs: (one, other) =>
        one.number === other.number
          ? []
          : [{ code: 'story.number', params: { letter: one.letter, number: one.number, found: other.number } }],
      missing: ({ letter, number }) => ({ code: 'story.not-issued', params: { letter, number } }),
      more: ({ letter, number }) => ({ code: 'story.also-issued', params: { letter, number } }),
    }),
    ...inPairs(expected.ended, found.ended, (one) => one.case, {
      differs: (one, other) =>
        one.as === other.as
          ? []
          : [{ code: 'story.state', params: { flow: one.case, state: one.as, found: other.as } }],
      missing: (one) => ({ code: 'story.not-ended', params: { flow: one.case, state: one.as } }),
      more: (one) => ({ code: 'story.also-ended', params: { flow: one.case, state: one.as } }),
    }),
    ...inPairs(expected.stuck, found.stuck, (step) => step, {
      differs: () => [],
      missing: (step) => ({ code: 'story.not-stuck', params: { step } }),
      more: (step) => ({ code: 'story.stuck', params: { step } }),
    }),
  ];
}

function waitingDiffers(one: Waiting, other: Waiting): Difference[] {
  const { step } = one;
  if ([...one.who].sort().join(' ') !== [...other.who].sort().join(' '))
    return [{ code: 'story.who', params: { step, who: one.who, found: other.who } }];
  if (one.until === other.until) return [];
  return [{ code: 'story.until', params: { step, until: one.until ?? '', found: other.until ?? '' } }];
}

interface Told<T> {
  differs(one: T, other: T): Difference[];
  missing(one: T): Difference;
  more(other: T): Difference;
}

/** Entries of one name are held against each other: first those that are the same, then the rest in order; what is left over is missing, or more. */
function inPairs<T>(
  expected: readonly T[],
  found: readonly T[],
  nameOf: (one: T) => string,
  told: Told<T>,
): Difference[] {
  const left = [...found];
  const take = (fits: (other: T) => boolean): T | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const isSame = (one: T) => (other: T) => nameOf(one) === nameOf(other) && told.differs(one, other).length === 0;
  const open = expected.filter((one) => take(isSame(one)) === undefined);
  const differences = open.flatMap((one) => {
    const other = take((candidate) => nameOf(candidate) === nameOf(one));
    return other === undefined ? [told.missing(one)] : told.differs(one, other);
  });
  return [...differences, ...left.map(told.more)];
}
