/**
 * Owns what a signature in a form is: a person, the time and the hash of what was signed, all three written by the server; and whether what is
 * kept is still what was signed. What a browser sends for a signature says that its person signs, and no more. Rules: [S73] [H1].
 */
import { createHash } from 'node:crypto';
import { localDateTime } from '@ganwei/calendar/zone';
import type { CompiledForm, Values } from '@ganwei/form/model';
import { signaturesIn, unsigned, withSignatures } from '@ganwei/form/signatures';
import type { SubmissionRow } from '../store/rows.ts';
import type { Host } from './host.ts';

/** The form, as a release has it, and who signs when. */
export interface Signing {
  form: CompiledForm;
  version: number;
  /** what stood before: signatures of others stay as they are there */
  stored: Values;
  person: { id: string; name: string };
  now: number;
}

/** JSON whose members stand in the order of their names: the same values have the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .join(',')}}`;
}

/** Hash of values as they are kept. */
export const hashOfValues = (values: unknown): string => createHash('sha256').update(canonical(values)).digest('hex');

const hashOfSigned = ({ form, version }: Pick<Signing, 'form' | 'version'>, values: Values): string =>
  hashOfValues({ form: form.key, version, values: unsigned(form, values) });

/** [S73] The accepted values with the signatures of this person as the server makes them; of others only those that stood before. */
export function signed(signing: Signing, values: Values): Values {
  const { form, person, now, stored } = signing;
  const sha256 = hashOfSigned(signing, values);
  const standing = new Set(signaturesIn(form, stored).map(({ signature }) => canonical(signature)));
  return withSignatures(form, values, (signature) => {
    if (signature.personId === person.id)
      return { name: person.name, personId: person.id, at: localDateTime(now), sha256 };
    return standing.has(canonical(signature)) ? signature : undefined;
  });
}

/** The signatures that somebody made with this submission, and whether each still stands under what he signed. */
export function signaturesOf(form: CompiledForm, { values, form_version, person_id }: SubmissionRow): boolean[] {
  const sha256 = hashOfSigned({ form, version: form_version }, values);
  return signaturesIn(form, values)
    .filter(({ signature }) => signature.personId === person_id && signature.sha256 !== undefined)
    .map(({ signature }) => signature.sha256 === sha256);
}

/**
 * [H1] Is what was submitted what the record says was submitted, and do the signatures stand? `app`: of the process; `said`: submission -> hash by its entry in the
 * record (older entries have none). Answers how many signatures there are.
 */
export async function judgeSubmissions(
  host: Host,
  app: string,
  rows: readonly SubmissionRow[],
  said: ReadonlyMap<string, string>,
): Promise<{ intact: boolean; signatures: number }> {
  let intact = [...said.keys()].every((id) => rows.some((row) => row.id === id));
  let signatures = 0;
  for (const row of rows) {
    const hash = said.get(row.id);
    if (hash !== undefined && hash !== hashOfValues(row.values)) intact = false;
    if (!row.form) continue;
    const { value: form } = await host.catalogue().form(app, row.form, row.form_version);
    const standing = signaturesOf(form, row);
    signatures += standing.length;
    if (standing.includes(false)) intact = false;
  }
  return { intact, signatures };
}
