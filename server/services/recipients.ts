/** Owns who receives a letter for each addressee, shared by the services `letter` and `copy`. Nobody there blocks the letter [L3]. */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { World } from '../catalogue/language.ts';
import type { NoticeRow, ReceiptRow } from '../store/rows.ts';

export type Recipient = Pick<ReceiptRow, 'kind' | 'unit_id' | 'person_id' | 'signed_at' | 'signed_by'>;

/** Role that receives for a unit unless the service task names another. */
export const receivingRole = (inputs: Readonly<Record<string, unknown>>): string =>
  typeof inputs.receivers === 'string' ? inputs.receivers : 'liaison';

/** The person himself, or the unit's holder of the receiving role; an addressee named twice receives once. */
export function recipients(
  { directory }: World,
  ids: readonly string[],
  kind: Recipient['kind'],
  role: string,
): Recipient[] {
  return [...new Set(ids)].map((id) => {
    const person = directory.people.get(id);
    const unit = person ? (person.posts[0]?.unit ?? '') : id;
    const receiver = person ? id : directory.holders(id, role)[0];
    if (!person && !directory.units.has(id)) throw new Refusal('letter.blocked', { reason: because('letter.no-unit') });
    if (!receiver) {
      throw new Refusal('letter.blocked', { reason: because('letter.no-receiver', { unit: directory.nameOf(id) }) });
    }
    return { kind, unit_id: unit, person_id: receiver, signed_at: null, signed_by: '' };
  });
}

/** One notice per person: the letter stands in his own list from now on. */
export function letterNotices(
  people: readonly string[],
  letter: { title: string; number: string; organ: string; caseId: string },
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
  }));
}
