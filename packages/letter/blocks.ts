/** Owns what the designer writes into a letter's text for a field that was picked: its value, a condition on it, its items one by one. Rule: [LTD3]. */

/** A name that the letter may use, with the members of its items where it is a list. */
export interface Pickable {
  readonly path: string;
  /** its type in a word: `date`, `person`, `list<context>` */
  readonly kind: string;
  readonly members: readonly { readonly name: string; readonly label: string; readonly kind: string }[];
}

export const BLOCKS = ['value', 'if', 'each', 'table'] as const;
export type BlockName = (typeof BLOCKS)[number];

/** Which of them make sense for this field. */
export const blocksFor = ({ kind, members }: Pickable): readonly BlockName[] =>
  kind.startsWith('list') ? ['if', 'each', ...(members.length > 0 ? (['table'] as const) : [])] : ['value', 'if'];

/** A value is written within a line; the rest stands on lines of its own. */
export function blockFor(block: BlockName, { path, kind, members }: Pickable): string {
  switch (block) {
    case 'value':
      return `{= ${shown(path, kind)} }`;
    case 'if':
      return `{if ${kind === 'boolean' ? path : kind.startsWith('list') ? `count(${path}) > 0` : `${path} != null`}}\n\n{end}`;
    case 'each': {
      const [first] = members;
      const item = first ? shown(`item.${first.name}`, first.kind) : shown('item', kind.slice(5, -1));
      return `{for item, n in ${path}}\n{= n }.{= ${item} }\n{end}`;
    }
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
      const cells = members.map(({ name, kind }) => `{= ${shown(`item.${name}`, kind)} }`);
      const lines = [row(members.map(({ name, label }) => label || name)), `|${members.map(() => '---|').join('')}`];
      return [...lines, `{for item in ${path}}`, row(cells), '{end}'].join('\n');
    }
  }
}

function shown(path: string, kind: string): string {
  if (kind === 'date') return `format date(${path})`;
  return kind === 'person' || kind === 'unit' ? `name of(${path})` : path;
}

/** The text with this in place of the selection; a block gets lines of its own. `caret`: where one goes on writing. */
export function inserted(text: string, from: number, to: number, added: string): { text: string; caret: number } {
  const own = added.includes('\n');
  const before = own && from > 0 && text[from - 1] !== '\n' ? '\n' : '';
  const after = own && to < text.length && text[to] !== '\n' ? '\n' : '';
  const gap = added.indexOf('\n\n');
  const caret = from + before.length + (gap >= 0 ? gap + 1 : added.length);
  return { text: text.slice(0, from) + before + added + after + text.slice(to), caret };
}
