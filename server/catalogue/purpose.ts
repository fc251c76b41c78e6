/** Owns what an export is for: every export has a purpose, which stands in the file and on the log. Rule: [R3]. */
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';

/** Least number of characters; the page insists on it, too. */
const LEAST = 4;

/** The purpose as it is kept; refused where nothing is said. */
export function purposeOf(reason: string): string {
  const purpose = trimmed(reason);
  if ([...purpose].length < LEAST) throw new Refusal('export.reason');
  return purpose;
}
