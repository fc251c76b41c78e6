/** Rule [CON51]: what is written in the content can be read by a person who did not write it. */
import { expect, test } from 'vitest';
import { content } from './desk.ts';

/** An expression that does not fit into two lines is a function or a table of its own. */
const LONGEST = 160;
const plain = (xml: string): string =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Attributes of a process that hold words for people instead of an expression. */
const WORDS = /^(ganwei:)?(name|label|help|text|description|reason|confirm|hide|confidential)$/;

/** The expressions of a definition, as texts; for JSON every text, because a title is never that long. */
function expressionsOf(kind: string, source: string): string[] {
  const found = (pattern: RegExp) => [...source.matchAll(pattern)].map((match) => plain(match[1] ?? match[2] ?? ''));
  switch (kind) {
    case 'process': {
      const attributes = [...source.matchAll(/ ([\w:]+)=(?:"([^"]*)"|'([^']*)')/g)]
        .filter(([, name]) => !WORDS.test(name as string))
        .map((match) => plain(match[2] ?? match[3] ?? ''));
      return [...attributes, ...found(/tFormalExpression">([^<]*)</g)];
    }
    case 'decision':
    case 'functions':
      return found(/<text>([^<]*)<\/text>/g);
    case 'letter':
      return found(/(\{=?[^}]*\})/g);
    case 'form':
      return rulesOf(JSON.parse(source));
    default:
      return [...JSON.stringify(JSON.parse(source)).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
        (match) => match[1] as string,
      );
  }
}

/** What a form reckons: the texts under `x-rules` (messages with their expressions) and its summary, not the help that people read. */
function rulesOf(node: unknown, within = false): string[] {
  if (typeof node === 'string') return within ? [node] : [];
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'summary' || (within && key === 'message')) return parts(String(value));
    return rulesOf(value, within || key === 'x-rules');
  });
}

/** The expressions in a text with places. */
const parts = (text: string): string[] => [...text.matchAll(/\{=([^}]*)\}/g)].map((match) => match[1] as string);

const EXPRESSIVE = ['process', 'decision', 'functions', 'letter', 'ledger', 'form'];

test.each(content().filter(({ kind }) => EXPRESSIVE.includes(kind)))(
  '[CON51] $file has no expression over 160 characters',
  ({ kind, source }) => {
    expect(expressionsOf(kind, source).filter((text) => text.replaceAll('\\"', '"').length > LONGEST)).toEqual([]);
  },
);
