/**
 * Owns how several people act on one task (house §4.2): who takes part, in which order, who has signed, who holds it now, and when the
 * round is decided. A round is a plain value that can be kept as JSON; every operation answers with a new one. The engine only learns the
 * outcome. Must never know who may do what: exclusions and permissions are the caller's. Rules: [S1] any · [S2] all · [S3] in sequence ·
 * [S4] vote · [S6] the head votes last · [S7] further signers · [S8] one signature, one work item, always an end.
 */
import type { Outcome, SigningMode } from './model.ts';

/** One place in the round. */
export interface Seat {
  person: string;
  /** members who sign before him */
  after: readonly string[];
  /** what his vote counts */
  weight: number;
  /** the member who asked him (委派): his word is kept and goes back to that member, it decides nothing */
  advises?: string;
}

/** One submission, in order of time. */
export interface Signed {
  /** whose seat */
  person: string;
  outcome: string;
  /** who acted for him (代理) */
  by?: string;
}

export interface Round {
  mode: SigningMode;
  seats: readonly Seat[];
  signed: readonly Signed[];
}

/** Who has the task now; pooled: one of several, of whom the first to claim it takes it. */
export interface Holder {
  person: string;
  state: 'open' | 'pooled';
  position: number;
}

export interface Opening {
  mode: SigningMode;
  /** in signing order; each counts once */
  people: readonly string[];
  /** members whose turn comes when all others have signed */
  last?: readonly string[];
  /** person -> weight of his vote; 1 for whom it does not name */
  weights?: Readonly<Record<string, number>>;
  /** what already counts as signed */
  signed?: readonly Signed[];
}

/** Why an operation is not possible on this round. */
export class RoundFault extends Error {
  override readonly name = 'RoundFault';
  readonly code: 'member' | 'stranger' | 'signed' | 'single' | 'only-one' | 'overtaken' | 'not-his-turn' | 'outcome';
  /** the person it is about; of `outcome` the key of the choice */
  readonly subject: string;
  constructor(code: RoundFault['code'], subject: string) {
    super(`${code}: ${subject}`);
    this.code = code;
    this.subject = subject;
  }
}

// ---------------------------------------------------------------------------------------------------------------- operations

export function open({ mode, people, last = [], weights = {}, signed = [] }: Opening): Round {
  const members = [...new Set(people)];
  const early = members.filter((person) => !last.includes(person));
  const before = (person: string, index: number): string[] => {
    if (mode === 'sequence') return members.slice(Math.max(0, index - 1), index);
    return last.includes(person) ? early : [];
  };
  const seats = members.map((person, index) => ({
    person,
    after: before(person, index),
    weight: weights[person] ?? 1,
  }));
  return { mode, seats, signed };
}

/** A member's submission, or somebody's for him (`by`). */
export function submit(round: Round, person: string, outcome: string, by?: string): Round {
  if (!holders(round).some((holder) => holder.person === person)) throw new RoundFault('not-his-turn', person);
  return { ...round, signed: [...round.signed, { person, outcome, ...(by && by !== person && { by }) }] };
}

/** One of several candidates takes the task for himself. */
export function claim(round: Round, person: string): Round {
  const seat = freeSeat(round, person);
  return isPooled(round) ? { ...round, seats: [{ ...seat, after: [] }] } : round;
}

/**
 * [S7] Further members by the wish of one: before (he waits for them), beside (they sign as he does), after (those who waited for him wait
 * for them, too). A step of one person becomes one that all of them sign.
 */
export function add(round: Round, where: 'before' | 'beside' | 'after', of: string, people: readonly string[]): Round {
  const asker = freeSeat(round, of);
  if (round.mode === 'any' || isPooled(round)) throw new RoundFault('single', of);
  for (const person of people) refuseMember(round, person);
  const fresh = [...new Set(people)];
  const seats = fresh.map((person) => ({ person, after: where === 'after' ? [of] : asker.after, weight: 1 }));
  const others = round.seats.map((seat) => {
    const waits = where === 'before' ? seat.person === of : seat.after.includes(of);
    return waits ? { ...seat, after: [...seat.after, ...fresh] } : seat;
  });
  const mode = round.mode === 'single' ? 'all' : round.mode;
  return { ...round, mode, seats: insert(others, of, where === 'before' ? 0 : 1, seats) };
}

/** [委派] A member asks another to deal with it first; it comes back to him, and he decides. */
export function delegate(round: Round, from: string, to: string): Round {
  const asker = freeSeat(round, from);
  if (isPooled(round)) throw new RoundFault('single', from);
  refuseMember(round, to);
  const seats = round.seats.map((seat) => (seat === asker ? { ...seat, after: [...seat.after, to] } : seat));
  return { ...round, seats: insert(seats, from, 0, [{ person: to, after: asker.after, weight: 0, advises: from }]) };
}

/** [转办] Another person takes a member's place, in the same order and with the same weight. */
export function replace(round: Round, from: string, to: string): Round {
  freeSeat(round, from);
  refuseMember(round, to);
  const renamed = (person: string): string => (person === from ? to : person);
  const seats = claim(round, from).seats.map((seat) => ({
    ...seat,
    person: renamed(seat.person),
    after: seat.after.map(renamed),
    ...(seat.advises && { advises: renamed(seat.advises) }),
  }));
  return { ...round, seats };
}

/** [减签] A member who has not signed no longer takes part, nor does whom he asked; one at least stays. */
export function remove(round: Round, person: string): Round {
  const gone = freeSeat(round, person);
  if (!gone.advises && counting(round).length < 2) throw new RoundFault('only-one', person);
  const asked = round.seats.find((seat) => seat.advises === person && !hasSigned(round, seat.person));
  if (asked) return remove(remove(round, asked.person), person);
  const seats = round.seats
    .filter((seat) => seat !== gone)
    .map((seat) => (seat.after.includes(person) ? { ...seat, after: without(seat.after, gone) } : seat));
  return { ...round, seats };
}

/** A member takes his signature back, as long as nobody has signed who waited for it. */
export function recall(round: Round, person: string): Round {
  if (!hasSigned(round, person)) throw new RoundFault('stranger', person);
  if (round.seats.some((seat) => seat.after.includes(person) && hasSigned(round, seat.person))) {
    throw new RoundFault('overtaken', person);
  }
  return { ...round, signed: round.signed.filter((s) => s.person !== person) };
}

/** Other people instead of all who have not signed; what is signed stays, and so does the order of the mode. */
export function reseat(round: Round, people: readonly string[], last: readonly string[] = []): Round {
  const stay = round.seats.filter((seat) => hasSigned(round, seat.person));
  const fresh = people.filter((person) => !hasSigned(round, person));
  if (fresh.length === 0) throw new RoundFault('signed', people[0] ?? '');
  const opened = open({ mode: round.mode, people: [...stay.map((seat) => seat.person), ...fresh], last });
  const seats = opened.seats.map((seat) => stay.find((old) => old.person === seat.person) ?? seat);
  return { ...round, seats };
}

/**
 * The round of a step whose settings have become others while it was open: people and signatures stay. RoundFault `outcome` names a choice
 * that was made and is no longer there; `signed`: another mode, and somebody has signed already.
 */
export function carry(round: Round, before: Settings, after: Settings & { last?: readonly string[] }): Round {
  const lost = round.signed.find(({ outcome }) => !after.outcomes.some(({ key }) => key === outcome));
  if (lost) throw new RoundFault('outcome', lost.outcome);
  if (before.mode === after.mode) return round;
  if (round.signed[0]) throw new RoundFault('signed', round.signed[0].person);
  const people = counting(round).map((seat) => seat.person);
  return open({ mode: after.mode, people, ...(after.last && { last: after.last }) });
}

/** What a step says of its round. */
interface Settings {
  mode: SigningMode;
  outcomes: readonly Outcome[];
}

// ----------------------------------------------------------------------------------------------------------------- questions

/** Whose turn it is. */
export function holders(round: Round): Holder[] {
  if (round.signed.length > 0 && isOfOne(round) && counted(round).length > 0) return [];
  const state = isPooled(round) ? 'pooled' : 'open';
  return round.seats.flatMap(({ person, after }, position) =>
    !hasSigned(round, person) && after.every((other) => hasSigned(round, other)) ? [{ person, state, position }] : [],
  );
}

export const isMember = ({ seats }: Round, person: string): boolean => seats.some((seat) => seat.person === person);

/** How many of those who count have signed. */
export const progress = (round: Round): { done: number; all: number } => ({
  done: counted(round).length,
  all: isOfOne(round) ? 1 : counting(round).length,
});

export interface Votes {
  yes: number;
  no: number;
  abstain: number;
  submitted: number;
  members: number;
}

/**
 * The outcome that closes the task, or null while others still have to act. `passes` is asked once, when everybody has voted.
 */
export function decide(round: Round, outcomes: readonly Outcome[], passes: (votes: Votes) => boolean): string | null {
  const signed = counted(round);
  const latest = signed.at(-1);
  if (!latest) return null;
  if (isOfOne(round)) return latest.outcome;
  const isPositive = (key: string): boolean => outcomes.find((o) => o.key === key)?.positive ?? true;
  const negative = signed.find(({ outcome }) => !isPositive(outcome));
  const complete = counting(round).every((seat) => hasSigned(round, seat.person));
  if (round.mode === 'sequence') return negative?.outcome ?? (complete ? latest.outcome : null);
  if (!complete) return null;
  if (round.mode !== 'vote') return negative?.outcome ?? latest.outcome;
  return voteOutcome(outcomes, passes(countVotes(round, outcomes))) ?? latest.outcome;
}

/** Votes by weight: consent, against, and what is neither. */
export function countVotes(round: Round, outcomes: readonly Outcome[]): Votes {
  const votes = { yes: 0, no: 0, abstain: 0, submitted: 0, members: 0 };
  for (const { person, weight } of counting(round)) {
    votes.members += weight;
    const signature = round.signed.find((s) => s.person === person);
    if (!signature) continue;
    const outcome = outcomes.find((o) => o.key === signature.outcome);
    votes.submitted += weight;
    votes[outcome?.positive ? 'yes' : outcome?.style === 'danger' ? 'no' : 'abstain'] += weight;
  }
  return votes;
}

// ---------------------------------------------------------------------------------------------------------------------------

/** A vote that passes has the first positive outcome, one that fails the first against (else the first not positive). */
function voteOutcome(outcomes: readonly Outcome[], passed: boolean): string | undefined {
  if (passed) return outcomes.find((o) => o.positive)?.key;
  return (outcomes.find((o) => !o.positive && o.style === 'danger') ?? outcomes.find((o) => !o.positive))?.key;
}

/** The first submission decides. */
const isOfOne = ({ mode }: Round): boolean => mode === 'single' || mode === 'any';
const isPooled = (round: Round): boolean => round.mode === 'single' && counting(round).length > 1;

const counting = ({ seats }: Round): Seat[] => seats.filter((seat) => !seat.advises);
const counted = (round: Round): Signed[] =>
  round.signed.filter(({ person }) => !round.seats.some((seat) => seat.person === person && seat.advises));
const hasSigned = ({ signed }: Round, person: string): boolean => signed.some((s) => s.person === person);

/** The seat of a member who has not signed. */
function freeSeat(round: Round, person: string): Seat {
  const seat = round.seats.find((one) => one.person === person);
  if (!seat) throw new RoundFault('stranger', person);
  if (hasSigned(round, person)) throw new RoundFault('signed', person);
  return seat;
}

function refuseMember(round: Round, person: string): void {
  if (isMember(round, person)) throw new RoundFault('member', person);
}

function insert(seats: readonly Seat[], at: string, offset: 0 | 1, fresh: readonly Seat[]): Seat[] {
  const index = seats.findIndex((seat) => seat.person === at) + offset;
  return [...seats.slice(0, index), ...fresh, ...seats.slice(index)];
}

/** Who waited for a seat that is gone waits for those it waited for. */
const without = (after: readonly string[], gone: Seat): string[] => [
  ...new Set([...after.filter((person) => person !== gone.person), ...gone.after]),
];
