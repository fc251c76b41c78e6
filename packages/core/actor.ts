/**
 * Owns who is calling: the actor, as every verdict and every FEEL expression sees him.
 * A person acts through posts (person-in-unit-with-position); roles belong to posts and therefore to units.
 */

/** A role held in one unit, e.g. { unit: 'shencha', role: 'reviewer' }. */
export interface UnitRole {
  unit: string;
  role: string;
}

export interface Actor {
  id: string;
  name: string;
  /** unit of the main post; '' for people without a post */
  unit: string;
  unitName: string;
  post: string;
  /** all units in which the person holds a post */
  units: readonly string[];
  roles: readonly UnitRole[];
  /** platform duties, never business ones: system, security and audit administrator (三员分立), business administrator */
  duties: readonly Duty[];
}

export type Duty = 'system-admin' | 'security-admin' | 'audit-admin' | 'business-admin';

/** The server itself, when a timer fires or an effect was delivered. */
export const SYSTEM: Actor = {
  id: '',
  name: '系统',
  unit: '',
  unitName: '',
  post: '',
  units: [],
  roles: [],
  duties: [],
};

export const holdsDuty = (actor: Actor, duty: Duty): boolean => actor.duties.includes(duty);
