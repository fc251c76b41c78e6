/** Owns how a long record is cut: by the phases it went through, one after the other. What belongs to no phase stays with what came before. Rule: [PAGE51]. */

/** Records up to this many entries are shown as they are. */
const SHORT = 8;

export interface Phase<E> {
  /** '' before the first phase */
  readonly name: string;
  readonly entries: readonly E[];
}

/** The phases in order, one twice when the case came back to it; a single one without a name when the record is short or knows no phases. */
export function phasesOf<E extends { phase: string }>(entries: readonly E[]): Phase<E>[] {
  const found: { name: string; entries: E[] }[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    if (last && (entry.phase === '' || entry.phase === last.name)) last.entries.push(entry);
    else if (last?.name === '') Object.assign(last, { name: entry.phase, entries: [...last.entries, entry] });
    else found.push({ name: entry.phase, entries: [entry] });
  }
  return entries.length <= SHORT || found.length < 2 ? [{ name: '', entries }] : found;
}
