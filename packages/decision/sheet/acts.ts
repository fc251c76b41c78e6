/**
 * Owns what is done to a decision table: each act makes one text of another and leaves what it is not about as it was written. An act that
 * cannot be done (no such row, the last output) gives the same text. Rules: [DTB1] [DTB2] [DTB3].
 */
import { attributeOf, localName, type Markup, textIn, withAttribute, within, withTextIn } from './markup.ts';
import { COLUMN_KINDS, type Column, type ColumnKind, ENTRY, HEAD, sheetOf, withTable } from './sheet.ts';

/** Where a table stands: the text of the file, and its place among the tables there. */
export interface At {
  readonly source: string;
  readonly table: number;
}

/** What may be said of a column. */
export type ColumnWords = Partial<Pick<Column, 'label' | 'name' | 'expression' | 'type' | 'allowed' | 'otherwise'>>;

// ---- rules -----------------------------------------------------------------------------------------------------------

export function setCell({ source, table }: At, row: number, column: number, text: string): string {
  return withTable(source, table, (one) =>
    onRule(one, row, (rule) => {
      const found = columnsOf(one)[column];
      if (!found) return rule;
      const { kind, index } = found;
      const entries = within(rule, ENTRY[kind]);
      const entry = entries[index];
      if (entry) return { ...rule, inside: rule.inside.map((part) => (part === entry ? withText(entry, text) : part)) };
      const missing = Array.from({ length: index - entries.length + 1 }, (_, more) =>
        withText(entryOf(one, rule, kind), more === index - entries.length ? text : ''),
      );
      return putBehind(rule, ENTRY[kind], entries.length, missing);
    }),
  );
}

/** A new rule before the one at `row`, or at the end; `cells` that are not given ask nothing and say nothing. */
export function insertRule({ source, table }: At, row: number, cells: readonly string[] = []): string {
  return withTable(source, table, (one) => {
    const id = freshId(source, one);
    const columns = columnsOf(one);
    const [like] = within(one, 'rule');
    const { lead, step } = layoutOf(one);
    const tag = prefixed(one, 'rule');
    const empty: Markup = {
      lead: like && !/<!--/.test(like.lead) ? like.lead : lead,
      tag,
      open: `<${tag} id="${id}">`,
      inside: [],
      rest: lead,
      close: `</${tag}>`,
    };
    const numbers: Record<ColumnKind, number> = { input: 0, output: 0, note: 0 };
    const inside = columns.map(({ kind }, index): Markup => {
      numbers[kind] += 1;
      const named = kind === 'note' ? '' : `${id}-${kind[0]}${numbers[kind]}`;
      const entry = withText(entryOf(one, empty, kind, lead + step), cells[index] ?? (kind === 'input' ? '-' : ''));
      return named ? withAttribute(entry, 'id', named) : entry;
    });
    return putAt(one, 'rule', row, { ...empty, inside });
  });
}

/** The same cells once more, just behind. */
export function copyRule(at: At, row: number): string {
  const rule = ruleCells(at)[row];
  return rule ? insertRule(at, row + 1, rule) : at.source;
}

export function removeRule({ source, table }: At, row: number): string {
  return withTable(source, table, (one) => without(one, within(one, 'rule')[row]));
}

/** `to`: its place among the others. */
export function moveRule({ source, table }: At, row: number, to: number): string {
  return withTable(source, table, (one) => moved(one, 'rule', row, to));
}

/** All rules anew, as from a sheet; a row that says what the one at its place says stays as it is written. */
export function setRules(at: At, rows: readonly (readonly string[])[]): string {
  let source = at.source;
  const before = ruleCells(at);
  for (let row = before.length - 1; row >= rows.length; row--) source = removeRule({ ...at, source }, row);
  for (const [row, cells] of rows.entries()) {
    const old = before[row];
    if (!old) source = insertRule({ ...at, source }, row, cells);
    else
      for (const [column, text] of cells.entries())
        if (text !== old[column]) source = setCell({ ...at, source }, row, column, text);
  }
  return source;
}

// ---- columns ---------------------------------------------------------------------------------------------------------

export function setPolicy({ source, table }: At, policy: string, aggregation = ''): string {
  return withTable(source, table, (one) =>
    withAttribute(withAttribute(one, 'hitPolicy', policy), 'aggregation', aggregation),
  );
}

export function setColumn({ source, table }: At, kind: ColumnKind, index: number, words: ColumnWords): string {
  return withTable(source, table, (one) => {
    const head = within(one, HEAD[kind])[index];
    return head ? { ...one, inside: one.inside.map((part) => (part === head ? said(head, kind, words) : part)) } : one;
  });
}

/** A new column before the one at `index`, or behind the others; its cells ask nothing and say nothing. */
export function insertColumn({ source, table }: At, kind: ColumnKind, index: number, words: ColumnWords): string {
  return withTable(source, table, (one) => {
    const { lead } = layoutOf(one);
    const heads = within(one, HEAD[kind]).length;
    const place = Math.min(index, heads);
    const tag = prefixed(one, HEAD[kind]);
    const id = kind === 'note' ? '' : freshId(source, one, kind === 'input' ? 'in' : 'out');
    const head: Markup = { lead, tag, open: `<${tag}/>`, inside: [], rest: '', close: '' };
    const named = said(withAttribute(head, 'id', id), kind, words);
    const before = COLUMN_KINDS.slice(0, COLUMN_KINDS.indexOf(kind) + 1).map((each) => HEAD[each]);
    const widened = putAt(one, HEAD[kind], place, named, before);
    return onRules(widened, (rule) => {
      const entry = withText(entryOf(one, rule, kind), kind === 'input' ? '-' : '');
      return putAt(rule, ENTRY[kind], place, entry, entriesUpTo(kind));
    });
  });
}

/** The last output stays: a table without one decides nothing. */
export function removeColumn({ source, table }: At, kind: ColumnKind, index: number): string {
  return withTable(source, table, (one) => {
    const heads = within(one, HEAD[kind]);
    if (kind === 'output' && heads.length < 2) return one;
    const narrowed = without(one, heads[index]);
    return onRules(narrowed, (rule) => without(rule, within(rule, ENTRY[kind])[index]));
  });
}

export function moveColumn({ source, table }: At, kind: ColumnKind, index: number, to: number): string {
  return withTable(source, table, (one) =>
    onRules(moved(one, HEAD[kind], index, to), (rule) => moved(rule, ENTRY[kind], index, to)),
  );
}

// ---- parts -----------------------------------------------------------------------------------------------------------

const columnsOf = (table: Markup): readonly Column[] => sheetOf(table, table).columns;

function ruleCells({ source, table }: At): readonly (readonly string[])[] {
  let cells: readonly (readonly string[])[] = [];
  withTable(source, table, (one) => {
    cells = sheetOf(one, one).rules.map((rule) => rule.cells);
    return one;
  });
  return cells;
}

const onRules = (table: Markup, act: (rule: Markup) => Markup): Markup => ({
  ...table,
  inside: table.inside.map((part) => (localName(part) === 'rule' ? act(part) : part)),
});

function onRule(table: Markup, row: number, act: (rule: Markup) => Markup): Markup {
  const rule = within(table, 'rule')[row];
  return onRules(table, (one) => (one === rule ? act(one) : one));
}

const without = (around: Markup, part: Markup | undefined): Markup =>
  part ? { ...around, inside: around.inside.filter((one) => one !== part) } : around;

/** `to`: its place among those of its name when it has been taken out. White space stays where it is, what is said moves. */
function moved(around: Markup, name: string, from: number, to: number): Markup {
  const parts = [...within(around, name)];
  const [part] = parts.splice(from, 1);
  if (!part || to < 0 || to > parts.length) return around;
  parts.splice(to, 0, part);
  let next = 0;
  return { ...around, inside: around.inside.map((one) => (localName(one) === name ? (parts[next++] as Markup) : one)) };
}

/** `before`: names behind which it stands when there is none of its own. */
function putAt(
  around: Markup,
  name: string,
  place: number,
  part: Markup,
  before: readonly string[] = [name, 'input', 'output', 'annotation'],
): Markup {
  const own = within(around, name);
  const next = own[place];
  const index = next
    ? around.inside.indexOf(next)
    : around.inside.findLastIndex((one) => (own.length > 0 ? localName(one) === name : isOneOf(one, before))) + 1;
  return { ...around, inside: around.inside.toSpliced(index, 0, part) };
}

const isOneOf = (one: Markup, names: readonly string[]): boolean => names.includes(localName(one));

const putBehind = (rule: Markup, name: string, place: number, parts: readonly Markup[]): Markup =>
  parts.reduce((made, part, more) => putAt(made, name, place + more, part, Object.values(ENTRY)), rule);

const entriesUpTo = (kind: ColumnKind): string[] =>
  COLUMN_KINDS.slice(0, COLUMN_KINDS.indexOf(kind) + 1).map((each) => ENTRY[each]);

function entryOf(table: Markup, rule: Markup, kind: ColumnKind, lead = rule.inside[0]?.lead ?? ''): Markup {
  const [tag, text] = [prefixed(table, ENTRY[kind]), prefixed(table, 'text')];
  const inner: Markup = { lead: '', tag: text, open: `<${text}>`, inside: [], rest: '', close: `</${text}>` };
  return { lead, tag, open: `<${tag}>`, inside: [inner], rest: '', close: `</${tag}>` };
}

const prefixed = ({ tag }: Markup, name: string): string => tag.slice(0, tag.indexOf(':') + 1) + name;

/** The text below an element, in its `text`. Texts that say the same already stay as they are written. */
function withText(entry: Markup, text: string): Markup {
  const [inner] = within(entry, 'text');
  if (!inner) return withTextIn(entry, text);
  if (textIn(inner) === text) return entry;
  return { ...entry, inside: entry.inside.map((one) => (one === inner ? withTextIn(inner, text) : one)) };
}

function said(head: Markup, kind: ColumnKind, words: ColumnWords): Markup {
  let made = head;
  const { label, name, expression, type, allowed, otherwise } = words;
  if (label !== undefined) made = withAttribute(made, kind === 'note' ? 'name' : 'label', label);
  if (kind === 'note') return made;
  if (kind === 'input') {
    if (expression !== undefined || type !== undefined)
      made = withPart(made, 'inputExpression', (asked) => {
        const typed = type === undefined ? asked : withAttribute(asked, 'typeRef', type);
        return expression === undefined ? typed : withText(typed, expression);
      });
  } else {
    if (name !== undefined) made = withAttribute(made, 'name', name);
    if (type !== undefined) made = withAttribute(made, 'typeRef', type);
    if (otherwise !== undefined) made = withSaying(made, 'defaultOutputEntry', otherwise);
  }
  return allowed === undefined ? made : withSaying(made, kind === 'input' ? 'inputValues' : 'outputValues', allowed);
}

const withSaying = (head: Markup, name: string, text: string): Markup =>
  text === '' ? without(head, within(head, name)[0]) : withPart(head, name, (part) => withText(part, text));

/** The standard's order of what a column holds. */
const PARTS = ['inputExpression', 'inputValues', 'outputValues', 'defaultOutputEntry'];

function withPart(head: Markup, name: string, act: (part: Markup) => Markup): Markup {
  const [there] = within(head, name);
  if (there) return { ...head, inside: head.inside.map((one) => (one === there ? act(one) : one)) };
  const opened = head.close ? head : withTextIn(head, '');
  const step = stepOf(head.lead);
  const [tag, text] = [prefixed(head, name), prefixed(head, 'text')];
  const inner: Markup = { lead: '', tag: text, open: `<${text}>`, inside: [], rest: '', close: `</${text}>` };
  const made = act({ lead: head.lead + step, tag, open: `<${tag}>`, inside: [inner], rest: '', close: `</${tag}>` });
  const grown = putAt(opened, name, 0, made, PARTS.slice(0, PARTS.indexOf(name)));
  return { ...grown, rest: grown.rest || head.lead };
}

/** How the parts of a table are set: what stands before each, and how much further the parts of a part stand. */
function layoutOf(table: Markup): { lead: string; step: string } {
  const part = table.inside.find(({ lead }) => !lead.includes('<!--'));
  const lead = part?.lead ?? `${table.lead.replace(/<!--[\s\S]*?-->/g, '')}  `;
  return { lead, step: stepOf(lead) };
}

const stepOf = (lead: string): string => (lead.includes('\n') ? (lead.includes('\t') ? '\t' : '  ') : '');

/** An id of its own, by the id of the table or a rule of it: an id that cases remember is not given to another rule at once. */
function freshId(source: string, table: Markup, what = ''): string {
  const base = (attributeOf(table, 'id') || 'table').replace(/-table$/, '') + (what && `-${what}`);
  const escaped = base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const used = [...source.matchAll(new RegExp(`"${escaped}-?(\\d+)"`, 'g'))].map(([, number]) => Number(number));
  const separator = what && !source.includes(`"${base}-`) ? '' : '-';
  return `${base}${separator}${Math.max(0, ...used) + 1}`;
}
