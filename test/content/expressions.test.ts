/** Rule [CON51]: what is written in the content can be read by a person who did not write it. */
import { expect, test } from 'vitest';
import { content } from './desk.ts';

/** An expression that does not fit into two lines is a function or a table of its own. */
const LONGEST = 160;
/** Rules of forms run in the browser as well, which has no functions of applications: they may be longer. */
const LONGEST_OF_FORM = 300;

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
    default:
      return [...JSON.stringify(JSON.parse(source)).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
        (match) => match[1] as string,
      );
  }
}

const EXPRESSIVE = ['process', 'decision', 'functions', 'letter', 'ledger'];

test.each(content().filter(({ kind }) => EXPRESSIVE.includes(kind)))(
  '[CON51] $file has no expression over 160 characters',
  ({ kind, source }) => {
    expect(expressionsOf(kind, source).filter((text) => text.replaceAll('\\"', '"').length > LONGEST)).toEqual([]);
  },
);

test.each(content().filter(({ kind }) => kind === 'form'))(
  '[CON51] $file has no rule over 300 characters',
  ({ kind, source }) => {
    const texts = expressionsOf(kind, source).map((text) => text.replaceAll('\\"', '"'));
    expect(texts.filter((text) => text.length > LONGEST_OF_FORM && / (then|satisfies|return) /.test(text))).toEqual([]);
  },
);
