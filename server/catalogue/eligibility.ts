/**
 * Owns who may be given a step by hand - by a transfer, as a further signer, by an administrator: those whom the step's own rule names, and
 * none who is excluded, takes part already, administers the platform, or is the administrator himself. Choosers show what is judged here and
 * the verbs ask again. Must never read the database: what the step says is asked through a Sight. Rules: [T4] [S70] [O70].
 */
import { because, type Reason } from '@ganwei/core/reason';
import type { TaskSettings } from '@ganwei/process/model';
import { isMember, type Round } from '@ganwei/process/round';
import type { Directory } from './directory.ts';
import type { Sight } from './sight.ts';

/** A step of a case as it is now. */
export interface Step {
  settings: TaskSettings;
  sight: Sight;
  /** whoever takes part in it has the step already; absent: he may be named again */
  round?: Round;
}

/** [T4] person -> reason, for everybody who must not act on this step of this case. */
export function exclusions({ exclusions: rules }: TaskSettings, sight: Sight): Map<string, string> {
  const barred = new Map<string, string>();
  for (const { who, reason } of rules) {
    for (const person of sight.people(who)) {
      if (!barred.has(person)) barred.set(person, reason);
    }
  }
  return barred;
}

/** [S70] Whom the step's own rule names: its assignees, and those it says may take it over. */
export const namedBy = ({ assignees, candidates }: TaskSettings, sight: Sight): Set<string> =>
  new Set([...sight.people(assignees), ...(candidates ? sight.people(candidates) : [])]);

/** [C62] Who administers reads no case: why somebody is excluded is content of it. */
export const withoutGround = (reason: Reason): Reason =>
  reason.code === 'person.excluded' ? because('person.recused', { name: reason.params.name ?? '' }) : reason;

/** Asks one step about many people; `giver` is who gives it to them. */
export class Eligibility {
  readonly named: ReadonlySet<string>;
  readonly #excluded: ReadonlyMap<string, string>;
  readonly #round: Round | undefined;
  readonly #directory: Directory;
  readonly #giver: string;

  constructor({ settings, sight, round }: Step, giver: string) {
    this.named = namedBy(settings, sight);
    this.#excluded = exclusions(settings, sight);
    this.#round = round;
    this.#directory = sight.world.directory;
    this.#giver = giver;
  }

  /** Why this person cannot be given the step whatever anybody consents to; undefined: he can. */
  barOf(person: string): Reason | undefined {
    const name = this.#directory.nameOf(person);
    const reason = this.#excluded.get(person);
    if (reason !== undefined) return because('person.excluded', { name, reason });
    if (this.#round && isMember(this.#round, person)) return because('person.member', { name });
    if (person === this.#giver) return because('person.self');
    const { duties = [] } = this.#directory.people.get(person) ?? {};
    return duties.length > 0 ? because('person.administers', { name }) : undefined;
  }

  /** [S70] Why this person may not be given the step; undefined: he may. */
  refusalOf(person: string): Reason | undefined {
    const bar = this.barOf(person);
    if (bar || this.named.has(person)) return bar;
    return because('person.beyond', { name: this.#directory.nameOf(person) });
  }

  /** Is there anybody at all who may be given it? */
  isOpenTo(people: Iterable<string> = this.named): boolean {
    return [...people].some((person) => this.refusalOf(person) === undefined);
  }
}
