/** Owns what can be wrong with XML, told apart by what the parser says; the pages have a sentence for each. */

const FLAWS = {
  attribute: /attribute (name|value|end)|quotes|quote miss/,
  twice: /already defined/,
  closing: /closing tag mismatch|missing open tag|close tag/,
  unclosed: /unclosed|end of file|missing start tag/,
  outside: /outside of root/,
  prefix: /namespace|xmlns/,
  name: /node ?name/i,
  other: /./,
} as const;
export type Flaw = keyof typeof FLAWS;

export const flawOf = (said: string): Flaw =>
  (Object.keys(FLAWS) as Flaw[]).find((flaw) => FLAWS[flaw].test(said)) ?? 'other';
