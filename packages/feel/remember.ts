/** Owns remembering what texts become, where they are looked at again and again: compiled, checked, checked once more with the next change. */

const MOST = 10_000;

/**
 * The same function, which works on a text once. What is remembered is of two generations: what the last one has used moves to the new one,
 * the rest is forgotten. What throws is not remembered. `how` is a word.
 */
export function remembering<How extends string, T>(make: (text: string, how: How) => T): (text: string, how: How) => T {
  let [young, old] = [new Map<string, T>(), new Map<string, T>()];
  return (text, how) => {
    const key = `${how} ${text}`;
    const known = young.get(key);
    if (known !== undefined) return known;
    const made = old.get(key) ?? make(text, how);
    if (young.size >= MOST) [young, old] = [new Map(), young];
    young.set(key, made);
    return made;
  };
}
