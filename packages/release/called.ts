/**
 * Owns what the text of a definition calls itself, also while it cannot be compiled: what is being drafted is listed by it. A look at the
 * beginning of the text, never a reading of it: a list of drafts must cost nothing. Rule: [CHG42].
 */
import type { Kind } from './definition.ts';

/** Characters that are looked at; the name stands at the head of every kind of text. */
const HEAD = 4_000;

const IN_JSON = /"title"\s*:\s*(?:\{\s*"zh-CN"\s*:\s*)?("(?:[^"\\]|\\.)*")/;
const IN_DMN = /<(?:[\w-]+:)?definitions\s[^>]*?\bname="([^"]*)"/;

const WHERE: Readonly<Record<Kind, RegExp>> = {
  process: /<(?:[\w-]+:)?process\s[^>]*?\bname="([^"]*)"/,
  decision: IN_DMN,
  functions: IN_DMN,
  letter: /^name:[ \t]*(.+)$/m,
  form: IN_JSON,
  ledger: IN_JSON,
  overview: IN_JSON,
  dictionary: IN_JSON,
  directory: IN_JSON,
  calendar: IN_JSON,
  translation: IN_JSON,
  story: IN_JSON,
  application: /"name"\s*:\s*\{\s*"zh-CN"\s*:\s*("(?:[^"\\]|\\.)*")/,
};

/** '' where the text does not say it at its head. */
export function calledIn(kind: Kind, source: string): string {
  const found = WHERE[kind].exec(source.slice(0, HEAD))?.[1]?.trim() ?? '';
  return found.startsWith('"')
    ? unquoted(found)
    : found.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    // it is being written: as it stands
    return text;
  }
}
