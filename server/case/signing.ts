/**
 * Owns how several people act on one task (house §4.2): who may act now, and when the round is decided. Pure; the engine only learns
 * the outcome. Rules: [S1] any · [S2] all · [S3] in sequence · [S4] vote · [S5] blind · [S6] the head votes last.
 */
import type { Outcome, SigningMode } from '@ganwei/process/model';

/** One submission of the present round, in order of time. */
export interface Signed {
  person: string;
  outcome: string;
}

export interface Votes {
  yes: number;
  no: number;
  abstain: number;
  submitted: number;
  members: number;
}

export interface Round {
  mode: SigningMode;
  /** everybody who takes part, in signing order */
  members: readonly string[];
  /** members whose turn comes when all others have submitted */
  last: readonly string[];
  outcomes: readonly Outcome[];
  signed: readonly Signed[];
  /** does the vote pass? asked once, when everybody has voted */
  passes(votes: Votes): boolean;
}

/** The outcome that closes the task, or null while others still have to act. */
export function decideRound(round: Round): string | null {
  const { mode, members, signed } = round;
  const latest = signed.at(-1);
  if (!latest) return null;
  if (mode === 'single' || mode === 'any') return latest.outcome;
  const complete = members.every((member) => signed.some((s) => s.person === member));
  const negative = signed.find((s) => !isPositive(round, s.outcome));
  if (mode === 'sequence') return negative?.outcome ?? (complete ? latest.outcome : null);
  if (!complete) return null;
  if (mode === 'vote') return voteOutcome(round);
  return negative?.outcome ?? latest.outcome;
}

/** Whose turn it is: members who may submit now. */
export function turnOf(round: Pick<Round, 'mode' | 'members' | 'last' | 'signed'>): string[] {
  const left = round.members.filter((member) => !round.signed.some((s) => s.person === member));
  if (round.mode === 'sequence') return left.slice(0, 1);
  const early = left.filter((member) => !round.last.includes(member));
  return early.length > 0 ? early : left;
}

export function countVotes({ members, signed, outcomes }: Pick<Round, 'members' | 'signed' | 'outcomes'>): Votes {
  const kind = (key: string): 'yes' | 'no' | 'abstain' => {
    const outcome = outcomes.find((o) => o.key === key);
    if (outcome?.positive) return 'yes';
    return outcome?.style === 'danger' ? 'no' : 'abstain';
  };
  const votes = { yes: 0, no: 0, abstain: 0, submitted: signed.length, members: members.length };
  for (const { outcome } of signed) votes[kind(outcome)] += 1;
  return votes;
}

const isPositive = ({ outcomes }: Round, key: string): boolean => outcomes.find((o) => o.key === key)?.positive ?? true;

/** A vote that passes has the first positive outcome, one that fails the first against (else the first not positive). */
function voteOutcome(round: Round): string {
  const { outcomes } = round;
  const positive = outcomes.find((o) => o.positive);
  const against = outcomes.find((o) => !o.positive && o.style === 'danger') ?? outcomes.find((o) => !o.positive);
  const chosen = round.passes(countVotes(round)) ? positive : against;
  return chosen?.key ?? round.signed.at(-1)!.outcome;
}
