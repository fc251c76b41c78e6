/**
 * Owns the verdicts on a change (变更): who may draft, submit, review, publish, withdraw it in the state it is in. The page offers what the
 * verdict allows and the command asks the same one; a verdict is null ("yes") or the Refusal to be thrown. Rights are given per application by
 * its manifest; who administers system, security or audit has none. Reads no clock and no database. Rules: [CHG4]-[CHG12].
 */
import { type Actor, type Duty, holdsDuty } from '@ganwei/core/actor';
import { because, type Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Application } from './application.ts';
import { type Kind, OWNED } from './definition.ts';
import { type Named, SHARED } from './paths.ts';

/** What rights are given for. */
export type DesignAct = 'draft' | 'review' | 'publish';

export type ChangeState = 'drafting' | 'submitted' | 'returned' | 'agreed' | 'scheduled' | 'published' | 'withdrawn';

/** What a verdict needs to know of a change. */
export interface ChangeFacts {
  state: ChangeState;
  /** everyone who has written in it */
  authors: readonly string[];
  /** what differs from what is in force; `behind`: that has changed since the draft was begun */
  drafts: readonly (Named & { behind: boolean })[];
}

/** [CHG5] What decides, and what says who decides or reads: it takes effect only when somebody has agreed who has not written in it. */
const FOUR_EYES: readonly Kind[] = ['process', 'decision', 'letter', 'functions', 'ledger', 'application', 'directory'];

/** Duties that are kept apart from all content (三员分立). */
const APART: readonly Duty[] = ['system-admin', 'security-admin', 'audit-admin'];

/** Kinds of which an application has one, called like itself. */
const OF_APPLICATION: readonly Kind[] = ['functions', 'translation'];

/**
 * The application by whose manifest a definition is changed; '' where it is shared. A manifest itself hands out rights: it is nobody's but the
 * business administrator's.
 */
export function governedBy({ kind, app, key }: Named): string {
  if (OF_APPLICATION.includes(kind)) return key === SHARED ? '' : key;
  return OWNED.includes(kind) ? app : '';
}

export interface Rights {
  readonly actor: string;
  /** may this person do it to what this application governs? '' what is shared */
  may(act: DesignAct, app: string): boolean;
  /** [CHG11] has he any right of design? Who has none learns nothing of it */
  readonly any: boolean;
  needsFourEyes(named: Named): boolean;
}

/** [CHG10] What this person may do, by the manifests in force. */
export function rightsOf(actor: Actor, applications: readonly Application[]): Rights {
  const designs = new Map(applications.map(({ app, design }) => [app, design]));
  const isApart = APART.some((duty) => holdsDuty(actor, duty));
  const may = (act: DesignAct, app: string): boolean => {
    if (isApart) return false;
    const roles = designs.get(app)?.[act];
    if (!roles) return holdsDuty(actor, 'business-admin');
    return actor.roles.some(({ role }) => roles.includes(role));
  };
  const acts: readonly DesignAct[] = ['draft', 'review', 'publish'];
  return {
    actor: actor.id,
    may,
    any: ['', ...designs.keys()].some((app) => acts.some((act) => may(act, app))),
    needsFourEyes: (named) => FOUR_EYES.includes(named.kind) && designs.get(governedBy(named))?.fourEyes !== false,
  };
}

/** States in which texts may be written; any writing makes it `drafting`. */
const WRITABLE: readonly ChangeState[] = ['drafting', 'submitted', 'returned', 'agreed'];

const ACTS = {
  draft: because('change.act.draft'),
  submit: because('change.act.submit'),
  review: because('change.act.review'),
  publish: because('change.act.publish'),
  withdraw: because('change.act.withdraw'),
} as const satisfies Record<string, Reason>;

const STATES: Readonly<Record<ChangeState, Reason>> = {
  drafting: because('change.state.drafting'),
  submitted: because('change.state.submitted'),
  returned: because('change.state.returned'),
  agreed: because('change.state.agreed'),
  scheduled: because('change.state.scheduled'),
  published: because('change.state.published'),
  withdrawn: because('change.state.withdrawn'),
};

const barred = (act: keyof typeof ACTS, reason: Reason): Refusal =>
  new Refusal('change.barred', { act: ACTS[act], reason });

/** The act is not for this state. */
const wrongState = (act: keyof typeof ACTS, { state }: ChangeFacts): Refusal => barred(act, STATES[state]);

const appsOf = ({ drafts }: ChangeFacts): string[] => [...new Set(drafts.map(governedBy))];

/** Has he the right for everything that the change touches? */
const mayAll = (change: ChangeFacts, rights: Rights, act: DesignAct): boolean =>
  appsOf(change).every((app) => rights.may(act, app));

/** Has he the right for something of it? An empty change is anybody's who has any right. */
const maySome = (change: ChangeFacts, rights: Rights, act: DesignAct): boolean =>
  change.drafts.length === 0 ? rights.any : appsOf(change).some((app) => rights.may(act, app));

/** [CHG4] May he write in it? `named`: this definition; left out: anything at all. */
export function mayDraft(change: ChangeFacts, rights: Rights, named?: Named): Refusal | null {
  if (named ? !rights.may('draft', governedBy(named)) : !rights.any) return new Refusal('not.allowed');
  return WRITABLE.includes(change.state) ? null : wrongState('draft', change);
}

/** [CHG4] A change with nothing in it, or one that stands on texts which are no longer in force, is not submitted. */
export function maySubmit(change: ChangeFacts, rights: Rights): Refusal | null {
  if (!maySome(change, rights, 'draft')) return new Refusal('not.allowed');
  if (change.state !== 'drafting' && change.state !== 'returned') return wrongState('submit', change);
  return fault('submit', change);
}

/** [CHG5] Nobody reviews what he has written himself. */
export function mayReview(change: ChangeFacts, rights: Rights): Refusal | null {
  if (!mayAll(change, rights, 'review')) return new Refusal('not.allowed');
  if (change.state !== 'submitted') return wrongState('review', change);
  return change.authors.includes(rights.actor) ? barred('review', because('change.own')) : null;
}

/** [CHG6] What somebody else has agreed to; without a review only where nothing in it needs one. */
export function mayPublish(change: ChangeFacts, rights: Rights): Refusal | null {
  if (!mayAll(change, rights, 'publish')) return new Refusal('not.allowed');
  if (change.state === 'submitted' && change.drafts.some(rights.needsFourEyes))
    return barred('publish', because('change.four-eyes'));
  if (change.state !== 'agreed' && change.state !== 'submitted') return wrongState('publish', change);
  return fault('publish', change);
}

/** Giving it up; of one that waits for its day, only that it takes effect then. */
export function mayWithdraw(change: ChangeFacts, rights: Rights): Refusal | null {
  if (change.state === 'published' || change.state === 'withdrawn') return wrongState('withdraw', change);
  const may = maySome(change, rights, 'draft') || (change.state === 'scheduled' && mayAll(change, rights, 'publish'));
  return may ? null : new Refusal('not.allowed');
}

export const mayComment = (_: ChangeFacts, rights: Rights): Refusal | null =>
  rights.any ? null : new Refusal('not.allowed');

/** What is wrong with what the change has in it. */
export function fault(act: 'submit' | 'publish', { drafts }: Pick<ChangeFacts, 'drafts'>): Refusal | null {
  if (drafts.length === 0) return barred(act, because('change.empty'));
  const behind = drafts.filter((draft) => draft.behind);
  if (behind.length === 0) return null;
  return barred(act, because('change.behind', { keys: behind.map(({ key }) => key).slice(0, 10) }));
}
