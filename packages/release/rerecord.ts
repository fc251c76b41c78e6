/**
 * Owns what recording stories anew needs to know of them: which steps a story speaks of, and a reply (答复) - what somebody does at a step that no story
 * acts on - told so that it can be given in any story, whoever acts there and whatever day it is. Pure. Rules: [STORY10] [STORY11].
 */
import type { Reply } from '@ganwei/core/contract/rerecord';
import { type Act, placeOf, type Standing, type Story } from './story.ts';

export type { Reply };

/** Who acted, and when: what of the values is his own and that day's. */
export interface Circumstance {
  person: string;
  name: string;
  /** `2026-09-01` */
  today: string;
}

const MEMBERS = ['person', 'name', 'today'] as const satisfies readonly (keyof Circumstance)[];

/** In the place of what belongs to whoever acts. */
interface Mark {
  own: keyof Circumstance;
}

const isMark = (value: object): value is Mark =>
  Object.keys(value).length === 1 && MEMBERS.some((member) => Reflect.get(value, 'own') === member);

/** The values with marks in the place of his id, his name and the day; everything else is for all stories. */
export const forAll = (values: unknown, own: Circumstance): unknown =>
  mapped(values, (value) => {
    const member = typeof value === 'string' ? MEMBERS.find((one) => value !== '' && own[one] === value) : undefined;
    return member === undefined ? undefined : { own: member };
  });

/** As `forAll` has told them, for whoever acts now. */
export const forOne = (values: unknown, own: Circumstance): unknown =>
  mapped(values, (value) =>
    typeof value === 'object' && value !== null && isMark(value) ? own[value.own] : undefined,
  );

/** With everything replaced for which there is something else; nothing is looked for within that. */
function mapped(value: unknown, replace: (value: unknown) => unknown): unknown {
  const other = replace(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) return value.map((one) => mapped(one, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, replace)]));
}

/** `flow/node` of every step that the story acts on or expects, whichever case. */
export function stepsOf({ acts }: Pick<Story, 'acts'>): Set<string> {
  const places = acts.flatMap((act) => [stepOf(act) ?? [], (act.expect?.waiting ?? []).map(({ step }) => step)].flat());
  return new Set(places.map(withoutCase));
}

/** The step at which an act is done; undefined: it is done at none. */
export function stepOf(act: Act): string | undefined {
  if ('submit' in act) return act.submit;
  if ('return' in act) return act.return;
  if ('claim' in act) return act.claim;
  return 'transfer' in act ? act.transfer : undefined;
}

export function withoutCase(step: string): string {
  const { flow, node } = placeOf(step);
  return `${flow}/${node}`;
}

/** What stands after acts that follow each other: what waits and is stuck in the end, and all that was issued and ended. */
export const inAll = (standings: readonly [Standing, ...Standing[]]): Standing => ({
  ...(standings.at(-1) as Standing),
  issued: standings.flatMap(({ issued }) => issued),
  ended: standings.flatMap(({ ended }) => ended),
});
