/**
 * Owns XML as it is written: a tree of which every letter is kept, so that printing what was read gives the same text, and a changed part
 * changes nothing beside it. It knows no DMN and judges nothing: what is no sound XML is not read.
 */

export interface Markup {
  /** what stands before it: white space, comments */
  readonly lead: string;
  /** as written, prefix included */
  readonly tag: string;
  /** the opening tag, from `<` to `>` */
  readonly open: string;
  readonly inside: readonly Markup[];
  /** what stands before the closing tag: of an element without others its text */
  readonly rest: string;
  /** '' : it closes itself */
  readonly close: string;
}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)(?:"[^"]*"|'[^']*'|[^>"'])*>/g;

/** Deeper texts are no decisions; printing calls itself at each level. */
const DEEPEST = 60;

/** The whole text as the inside of an element without a tag; undefined where tags do not meet. */
export function readMarkup(source: string): Markup | undefined {
  const open: { lead: string; tag: string; open: string; inside: Markup[] }[] = [];
  let current: { lead: string; tag: string; open: string; inside: Markup[] } = {
    lead: '',
    tag: '',
    open: '',
    inside: [],
  };
  let taken = 0;
  for (const { 0: token, 1: closing, 2: opening, index } of source.matchAll(TOKEN)) {
    if (closing !== undefined) {
      const around = open.pop();
      if (closing !== current.tag || !around) return undefined;
      around.inside.push({ ...current, rest: source.slice(taken, index), close: token });
      current = around;
    } else if (opening !== undefined) {
      const begun = { lead: source.slice(taken, index), tag: opening.replace(/\/$/, ''), open: token, inside: [] };
      if (token.endsWith('/>')) current.inside.push({ ...begun, rest: '', close: '' });
      else {
        open.push(current);
        current = begun;
        if (open.length > DEEPEST) return undefined;
      }
    } else continue;
    taken = index + token.length;
  }
  return open.length > 0 ? undefined : { ...current, rest: source.slice(taken), close: '' };
}

export const printMarkup = ({ lead, open, inside, rest, close }: Markup): string =>
  lead + open + inside.map(printMarkup).join('') + rest + close;

export const localName = ({ tag }: Markup): string => tag.slice(tag.indexOf(':') + 1);

export const within = ({ inside }: Markup, name: string): readonly Markup[] =>
  inside.filter((one) => localName(one) === name);

// ---- attributes ------------------------------------------------------------------------------------------------------

const attribute = (name: string): RegExp => new RegExp(`(\\s)${name}\\s*=\\s*("[^"]*"|'[^']*')`);

/** '' where it has none. */
export function attributeOf({ open }: Markup, name: string): string {
  const [, , quoted = '""'] = attribute(name).exec(open) ?? [];
  return decoded(quoted.slice(1, -1));
}

/** An empty value takes it away. */
export function withAttribute(markup: Markup, name: string, value: string): Markup {
  const { open, tag } = markup;
  const written = value === '' ? '' : `${name}="${encoded(value).replaceAll('"', '&quot;')}"`;
  if (attribute(name).test(open))
    return { ...markup, open: open.replace(attribute(name), (_, space: string) => (written ? space + written : '')) };
  return written ? { ...markup, open: `<${tag} ${written}${open.slice(tag.length + 1)}` } : markup;
}

// ---- texts -----------------------------------------------------------------------------------------------------------

export const textIn = ({ rest }: Markup): string => decoded(rest.replace(/<!--[\s\S]*?-->/g, ''));

export function withTextIn(markup: Markup, text: string): Markup {
  const opened = markup.close
    ? markup
    : { ...markup, open: markup.open.replace(/\s*\/>$/, '>'), close: `</${markup.tag}>` };
  return { ...opened, rest: encoded(text) };
}

const encoded = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (raw: string): string =>
  raw.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|&(#x?[\da-fA-F]+|\w+);/g, (all, data?: string, entity = '') => {
    if (data !== undefined) return data;
    if (!entity.startsWith('#')) return NAMED[entity] ?? all;
    const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
