/**
 * Owns who receives a letter for each addressee, shared by the services `letter` and `copy`. An addressee that does not exist blocks the
 * letter; one with nobody to receive it does not: its copy waits, undelivered, until somebody is there [L3] [L70].
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { World } from '../catalogue/language.ts';
import type { NoticeRow, ReceiptRow } from '../store/rows.ts';
import { listInput } from './inputs.ts';

export type Recipient = Pick<ReceiptRow, 'kind' | 'unit_id' | 'person_id' | 'waits_for' | 'signed_at' | 'signed_by'>;

/** [L70] Roles that receive for a unit, the first that somebody holds; the liaison unless the service task names others. */
export const receivingRoles = (inputs: Readonly<Record<string, unknown>>): string[] => {
  const named = listInput(inputs, 'receivers');
  return named.length > 0 ? named : ['liaison'];
};

/** Who receives for the unit now; undefined: nobody. */
export const receiverOf = (directory: World['directory'], unit: string, roles: readonly string[]): string | undefined =>
  roles.flatMap((role) => directory.holders(unit, role))[0];

/** The person himself, or the unit's holder of a receiving role; nobody: `person_id` is empty. An addressee named twice receives once. */
export function recipients(
  { directory }: World,
  ids: readonly string[],
  kind: Recipient['kind'],
  roles: readonly string[],
): Recipient[] {
  return [...new Set(ids)].map((id) => {
    const person = directory.people.get(id);
    const unit = person ? (person.posts[0]?.unit ?? '') : id;
    const receiver = person ? id : receiverOf(directory, id, roles);
    if (!person && !directory.units.has(id)) throw new Refusal('letter.blocked', { reason: because('letter.no-unit') });
    const waits_for = receiver ? '' : roles.join(',');
    return { kind, unit_id: unit, person_id: receiver ?? '', waits_for, signed_at: null, signed_by: '' };
  });
}

/** Those who have received, each once; and the units where nobody is there to receive. */
export function delivered(recipients: readonly Recipient[]): { people: string[]; undelivered: string[] } {
  const people = [...new Set(recipients.map((one) => one.person_id).filter(Boolean))];
  return { people, undelivered: recipients.filter((one) => one.person_id === '').map((one) => one.unit_id) };
}

/** One notice per person: the letter stands in his own list from now on. */
export function letterNotices(
  people: readonly string[],
  letter: { id: string; title: string; number: string; organ: string; caseId: string },
  now: number,
  newId: () => string,
): NoticeRow[] {
  return [...new Set(people)].map((person) => ({
    id: newId(),
    person_id: person,
    kind: 'letter',
    case_id: letter.caseId,
    title: letter.title,
    text: letter.number,
    from_name: letter.organ,
    at: now,
    read_at: null,
    letter_id: letter.id,
  }));
}
