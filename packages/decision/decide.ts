/**
 * Owns what a case keeps of a decision: its result as plain data, with the table, the version and the rules that it rests on. The service that
 * decides asks here, and so does whoever wants to know what a draft would have decided. Rule: [V3].
 */
import { jsonOf } from '@ganwei/feel/json';
import type { Decision } from './load.ts';

export interface Decided {
  /** as it was found */
  result: unknown;
  matched: readonly string[];
  inputs: unknown;
  /** the same as the case keeps it: a single result carries where it comes from; lists and numbers stay as they are */
  kept: unknown;
}

export function decideBy(
  decision: Decision,
  { table, version }: { table: string; version: number },
  scope: Readonly<Record<string, unknown>>,
  world: unknown,
): Decided {
  const { result, matched, inputs } = decision.evaluate(scope, world);
  const plain = jsonOf(result);
  const single = typeof plain === 'object' && plain !== null && !Array.isArray(plain);
  const kept = single ? { ...plain, basis: { table, version, matched } } : plain;
  return { result: plain, matched, inputs: jsonOf(inputs), kept };
}
