/**
 * Owns how a value of the language becomes JSON, to be kept, sent or compared: dates, times and durations are their ISO text, what is
 * not a value is null. The only way out of the language; nobody serialises a value to read it back.
 */

/** What can be kept: plain JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A new plain value; no value at all is null, and a field without a value is left out. */
export function jsonOf(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(jsonOf);
  const custom = value as { toJSON?: () => unknown };
  if (typeof custom.toJSON === 'function') return jsonOf(custom.toJSON());
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined && typeof inner !== 'function');
  return Object.fromEntries(fields.map(([key, inner]) => [key, jsonOf(inner)]));
}

/** The fields of a value that is a context; none when it is anything else. */
export function fieldsOf(value: unknown): Record<string, Json> {
  const plain = jsonOf(value);
  return plain !== null && typeof plain === 'object' && !Array.isArray(plain) ? plain : {};
}

/** A value as its text: a date as ISO text, a number as it is printed; null for null. */
export function textOf(value: unknown): string | null {
  const plain = jsonOf(value);
  return plain === null ? null : String(plain);
}
