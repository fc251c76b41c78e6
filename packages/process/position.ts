/**
 * Owns the marking of the token game as a text that a person can read, and that is the same for the same tokens however they
 * came there. It is not the engine's marking (marking.ts), which cases keep; it lives as long as a proof or a look ahead.
 */

/** Tokens of a marking, by node or flow. Its text is canonical: `approve approve+1 remind*2 >f7`, sorted. */
export interface Tokens {
  /** nodes at work -> further times (timers that repeat; -1: for ever; 0 for all else) */
  active: Map<string, number>;
  /** node -> tokens that queue before it */
  queued: Map<string, number>;
  /** flows whose token waits at a join */
  arrived: Set<string>;
}

export function tokensIn(marking: string): Tokens {
  const tokens: Tokens = { active: new Map(), queued: new Map(), arrived: new Set() };
  for (const entry of marking === '' ? [] : marking.split(' ')) {
    const [id, repeat] = entry.split('*') as [string, string?];
    const [node, count] = entry.split('+') as [string, string?];
    if (entry.startsWith('>')) tokens.arrived.add(entry.slice(1));
    else if (count !== undefined) tokens.queued.set(node, Number(count));
    else tokens.active.set(id, Number(repeat ?? 0));
  }
  return tokens;
}

export function positionOf({ active, queued, arrived }: Tokens): string {
  const entries = [...active].map(([id, repeat]) => (repeat === 0 ? id : `${id}*${repeat}`));
  for (const [id, count] of queued) entries.push(`${id}+${count}`);
  for (const id of arrived) entries.push(`>${id}`);
  return entries.sort().join(' ');
}
