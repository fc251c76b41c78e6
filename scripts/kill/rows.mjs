/** Owns two words of the kill test's checks: rows grouped by what they belong to, and the finding of a check under its name. */

export const named = (name, rule, { counted, violations }) => ({ name, rule, counted, violations });

/** Like a Map of lists, with an empty list for what is not there. */
export function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = key(row);
    if (groups.has(name)) groups.get(name).push(row);
    else groups.set(name, [row]);
  }
  return { get: (name) => groups.get(name) ?? [], entries: () => groups.entries() };
}
