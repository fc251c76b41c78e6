/**
 * Owns letter templates: YAML front matter between `---` lines, then the text (body.ts). Reading finds everything that is wrong;
 * composing fills in the data of a case and yields the letter as text and as Typst source. Pure: numbers, dates and addressees are
 * given under `letter`; printing is not done here.
 */
import { DefinitionError } from '@ganwei/core/definition';
import type { Language } from '@ganwei/feel/compile';
import { type Body, LetterTooLong, readBody } from './body.ts';
import { type Front, readFront } from './front.ts';
import { typeset } from './layout/typeset.ts';
import { plainText, type Sheet } from './sheet.ts';
import { type LetterExpression, Reader, type Scope } from './source.ts';

export type { LetterExpression } from './source.ts';
export { LetterTooLong };

export interface Composed {
  readonly title: string;
  readonly organ: string;
  /** the whole letter as plain text */
  readonly text: string;
  /** Typst source; data are in it only as one JSON text */
  readonly typst: string;
}

export interface Letter {
  readonly key: string;
  /** 文种 */
  readonly name: string;
  readonly layout: Sheet['layout'];
  /** free names of all expressions, `letter` among them if it is used */
  readonly names: readonly string[];
  /** all its expressions where they stand */
  readonly expressions: readonly LetterExpression[];
  /**
   * `scope` has `letter: { number, issuedOn, to: [{ name, person }], copies: [{ name }] }` besides the data; `sample: true` there marks each page as a
   * draft. At most `most` lines, however
   * loops multiply them. Throws FeelError, LetterTooLong.
   */
  compose(scope: Scope, world?: unknown, most?: number): Composed;
}

/** Reads a template. Throws DefinitionError with all problems; `element` says the line. */
export function readLetter(source: string, language: Language): Letter {
  const reader = new Reader(language);
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n/);
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, i) => i > 0 && line.trim() === '---') : -1;
  if (end < 0) {
    reader.complain(1, 'letter-front', '模板应当以两行“---”之间的设置开头');
    throw new DefinitionError(reader.problems);
  }
  const front = readFront(lines.slice(1, end).join('\n'), 2, reader);
  const body = readBody(lines.slice(end + 1).join('\n'), end + 2, reader);
  if (!front || reader.problems.length > 0) throw new DefinitionError(reader.problems);
  return {
    key: front.key,
    name: front.name,
    layout: front.layout,
    names: [...new Set([...front.names, ...body.names])],
    expressions: reader.expressions,
    compose: (scope, world = null, most = Number.POSITIVE_INFINITY) => compose(front, body, { scope, world, most }),
  };
}

function compose(
  front: Front,
  body: Body,
  { scope, world, most }: { scope: Scope; world: unknown; most: number },
): Composed {
  const { number, issuedOn, sample } = letterOf(scope);
  const sheet: Sheet = {
    layout: front.layout,
    seal: front.seal,
    number,
    date: writtenDate(issuedOn),
    ...front.compose(scope, world),
    blocks: body.compose(scope, world, most),
    ...(sample && { sample: true as const }),
  };
  const title = sheet.title.replaceAll('\n', '');
  return { title, organ: sheet.organ, text: plainText({ ...sheet, title }), typst: typeset(sheet, issuedOn) };
}

function letterOf(scope: Scope): { number: string; issuedOn: string; sample: boolean } {
  const letter = scope.letter;
  const { number, issuedOn, sample } = (typeof letter === 'object' && letter !== null ? letter : {}) as Record<
    string,
    unknown
  >;
  return {
    number: typeof number === 'string' ? number : '',
    issuedOn: typeof issuedOn === 'string' ? issuedOn.slice(0, 10) : '',
    sample: sample === true,
  };
}

/** 成文日期 in Arabic digits without leading zeros (GB/T 9704 7.3.5.4) */
function writtenDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  return year ? `${year}年${Number(month)}月${Number(day)}日` : '';
}
