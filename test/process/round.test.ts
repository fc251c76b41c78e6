/** The round of a task: whatever is done to it, in any order, each member signs once, nobody holds two items, and it can always end. */
import type { Outcome, SigningMode } from '@ganwei/process/model';
import type { Round } from '@ganwei/process/round';
import * as rounds from '@ganwei/process/round';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const outcome = (key: string, positive: boolean, style: Outcome['style'] = 'default'): Outcome => ({
  key,
  label: key,
  style,
  comment: 'none',
  commentMin: 0,
  validates: true,
  positive,
});
const OUTCOMES = [outcome('agree', true), outcome('refuse', false, 'danger'), outcome('abstain', false)];
const MODES: readonly SigningMode[] = ['single', 'any', 'all', 'sequence', 'vote', 'blind'];
const majority = ({ yes, members }: rounds.Votes): boolean => yes > members / 2;
const decide = (round: Round) => rounds.decide(round, OUTCOMES, majority);
const now = (round: Round): string[] => rounds.holders(round).map((holder) => holder.person);

const person = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const people = fc.uniqueArray(person, { minLength: 1, maxLength: 4 });
type Act = (round: Round) => Round;
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(person, fc.constantFrom('agree', 'refuse', 'abstain')).map(
    ([p, o]): Act =>
      (r) =>
        rounds.submit(r, p, o),
  ),
  person.map(
    (p): Act =>
      (r) =>
        rounds.claim(r, p),
  ),
  fc.tuple(fc.constantFrom('before' as const, 'beside' as const, 'after' as const), person, people).map(
    ([where, p, more]): Act =>
      (r) =>
        rounds.add(r, where, p, more),
  ),
  fc.tuple(person, person).map(
    ([p, to]): Act =>
      (r) =>
        rounds.delegate(r, p, to),
  ),
  fc.tuple(person, person).map(
    ([p, to]): Act =>
      (r) =>
        rounds.replace(r, p, to),
  ),
  person.map(
    (p): Act =>
      (r) =>
        rounds.remove(r, p),
  ),
  person.map(
    (p): Act =>
      (r) =>
        rounds.recall(r, p),
  ),
  people.map(
    (more): Act =>
      (r) =>
        rounds.reseat(r, more),
  ),
);

/** As the platform does: nothing more happens to a round that is decided, and what is not possible changes nothing. */
function play(round: Round, acts: readonly Act[]): Round {
  let at = round;
  for (const next of acts) {
    if (decide(at) !== null) break;
    try {
      at = next(at);
    } catch (error) {
      if (!(error instanceof rounds.RoundFault)) throw error;
    }
  }
  return at;
}

test('[S8] any order of operations: one signature each, one item each, and a way to the end', () => {
  const opening = fc.record({ mode: fc.constantFrom(...MODES), people, last: fc.oneof(fc.constant([]), people) });
  fc.assert(
    fc.property(opening, fc.array(act, { maxLength: 25 }), (begun, acts) => {
      let round = play(rounds.open(begun), acts);
      expect(JSON.parse(JSON.stringify(round))).toEqual(round);
      const members = round.seats.map((seat) => seat.person);
      expect(new Set(members).size).toBe(members.length);
      for (let left = members.length; decide(round) === null; left--) {
        const holding = now(round);
        const signed = round.signed.map((s) => s.person);
        expect(new Set(signed).size).toBe(signed.length);
        expect(new Set(holding).size).toBe(holding.length);
        expect(holding.filter((one) => signed.includes(one) || !members.includes(one))).toEqual([]);
        expect(holding.length, 'somebody can act').toBeGreaterThan(0);
        expect(left, 'it comes to an end').toBeGreaterThan(0);
        round = rounds.submit(round, holding.at(-1)!, 'agree');
      }
    }),
    { numRuns: 2000 },
  );
});

describe('modes', () => {
  test('[S3] in sequence one holds it after the other, and nobody has signed before he has', () => {
    let round = rounds.open({ mode: 'sequence', people: ['a', 'b', 'c', 'a'] });
    expect([now(round), rounds.progress(round)]).toEqual([['a'], { done: 0, all: 3 }]);
    round = rounds.submit(round, 'a', 'agree');
    expect([now(round), decide(round)]).toEqual([['b'], null]);
    expect(() => rounds.submit(round, 'c', 'agree')).toThrow(/not-his-turn/);
    expect(decide(rounds.submit(round, 'b', 'refuse'))).toBe('refuse');
  });

  test('[S4] [S6] votes count by weight, the head last; a seat that somebody fills for a member stays the member’s', () => {
    let round = rounds.open({ mode: 'vote', people: ['a', 'b', 'head'], last: ['head'], weights: { head: 2 } });
    expect(now(round)).toEqual(['a', 'b']);
    round = rounds.submit(rounds.submit(round, 'a', 'refuse', 'deputy'), 'b', 'agree');
    expect([now(round), decide(round), rounds.progress(round)]).toEqual([['head'], null, { done: 2, all: 3 }]);
    round = rounds.submit(round, 'head', 'agree');
    expect(rounds.countVotes(round, OUTCOMES)).toEqual({ yes: 3, no: 1, abstain: 0, submitted: 4, members: 4 });
    expect([decide(round), round.signed[0]]).toEqual(['agree', { person: 'a', outcome: 'refuse', by: 'deputy' }]);
  });

  test('[S1] one of several candidates claims it, or the first submission decides', () => {
    const pool = rounds.open({ mode: 'single', people: ['a', 'b'] });
    expect(rounds.holders(pool).map((holder) => holder.state)).toEqual(['pooled', 'pooled']);
    expect(rounds.holders(rounds.claim(pool, 'b'))).toEqual([{ person: 'b', state: 'open', position: 0 }]);
    expect(decide(rounds.submit(rounds.open({ mode: 'any', people: ['a', 'b'] }), 'b', 'refuse'))).toBe('refuse');
  });
});

describe('further people', () => {
  test('[S7] before, beside and after: who was asked by whom decides who waits', () => {
    const line = rounds.open({ mode: 'sequence', people: ['a', 'b'] });
    const before = rounds.add(line, 'before', 'a', ['x']);
    expect(now(before)).toEqual(['x']);
    expect(now(rounds.submit(before, 'x', 'agree'))).toEqual(['a']);
    expect(now(rounds.add(line, 'beside', 'a', ['x', 'y']))).toEqual(['a', 'x', 'y']);
    const after = rounds.submit(rounds.add(line, 'after', 'a', ['x']), 'a', 'agree');
    expect(now(after)).toEqual(['x']);
    expect(now(rounds.submit(after, 'x', 'agree'))).toEqual(['b']);
    expect(() => rounds.add(after, 'beside', 'b', ['a'])).toThrow(/member/);
  });

  test('[S8] what is delegated comes back to who delegated it, and he decides', () => {
    let round = rounds.delegate(rounds.open({ mode: 'single', people: ['a'] }), 'a', 'x');
    expect(now(round)).toEqual(['x']);
    round = rounds.submit(round, 'x', 'refuse');
    expect([decide(round), now(round)]).toEqual([null, ['a']]);
    expect(decide(rounds.submit(round, 'a', 'agree'))).toBe('agree');
  });

  test('[S8] who is taken out lets the next go on; a signature is taken back until somebody went on from it', () => {
    const line = rounds.open({ mode: 'sequence', people: ['a', 'b', 'c'] });
    const signed = rounds.submit(line, 'a', 'agree');
    expect(now(rounds.remove(signed, 'b'))).toEqual(['c']);
    expect(now(rounds.recall(signed, 'a'))).toEqual(['a']);
    expect(() => rounds.recall(rounds.submit(signed, 'b', 'agree'), 'a')).toThrow(/overtaken/);
    expect(() => rounds.remove(rounds.open({ mode: 'all', people: ['a'] }), 'a')).toThrow(/only-one/);
  });

  test('[S8] other people take over what is left in the order of the mode; who has signed has signed', () => {
    const signed = rounds.submit(rounds.open({ mode: 'sequence', people: ['a', 'b'] }), 'a', 'agree');
    const round = rounds.reseat(signed, ['x', 'a', 'y']);
    expect([now(round), rounds.progress(round)]).toEqual([['x'], { done: 1, all: 3 }]);
    expect(() => rounds.reseat(signed, ['a'])).toThrow(/signed/);
  });
});

test('[S60] a round goes over to other settings of its step with its people and signatures, or says what would be lost', () => {
  const begun = rounds.open({ mode: 'all', people: ['a', 'b'] });
  const [agree, refuse] = OUTCOMES as [Outcome, Outcome];
  const settings = (mode: SigningMode, outcomes: Outcome[] = OUTCOMES) => ({ mode, outcomes });
  const both = { before: settings('all'), after: settings('sequence') };
  expect(now(rounds.carry(begun, both.before, both.after))).toEqual(['a']);
  const signed = rounds.submit(begun, 'a', 'agree');
  expect(rounds.carry(signed, both.before, settings('all', [agree]))).toEqual(signed);
  expect(() => rounds.carry(signed, both.before, both.after)).toThrow('signed: a');
  expect(() => rounds.carry(signed, both.before, settings('all', [refuse]))).toThrow('outcome: agree');
});
