/**
 * Owns a decision table as it is written: what each of its columns and cells says, with nothing compiled and nothing lost. A file may hold
 * several, and each is known by its place among them. Rules: [DTB1] [DTB2].
 */
import { attributeOf, localName, type Markup, printMarkup, readMarkup, textIn, within } from './markup.ts';

export type ColumnKind = 'input' | 'output' | 'note';

export interface Column {
  readonly kind: ColumnKind;
  /** place among those of its kind */
  readonly index: number;
  readonly id: string;
  readonly label: string;
  /** what results call it; of outputs */
  readonly name: string;
  /** what is asked; of inputs */
  readonly expression: string;
  readonly type: string;
  /** FEEL source of the allowed values */
  readonly allowed: string;
  /** the result when no rule holds; of outputs */
  readonly otherwise: string;
}

export interface SheetRule {
  readonly id: string;
  /** inputs, outputs, notes, as the columns stand */
  readonly cells: readonly string[];
}

export interface Sheet {
  /** of the decision, or of the function, that it decides */
  readonly id: string;
  readonly name: string;
  readonly policy: string;
  readonly aggregation: string;
  readonly columns: readonly Column[];
  readonly rules: readonly SheetRule[];
}

export const ENTRY: Readonly<Record<ColumnKind, string>> = {
  input: 'inputEntry',
  output: 'outputEntry',
  note: 'annotationEntry',
};
export const HEAD: Readonly<Record<ColumnKind, string>> = { input: 'input', output: 'output', note: 'annotation' };
export const COLUMN_KINDS: readonly ColumnKind[] = ['input', 'output', 'note'];

/** Every table of a file; undefined: its tags do not meet. */
export function sheetsIn(source: string): readonly Sheet[] | undefined {
  const root = readMarkup(source);
  return root && tablesIn(root).map(({ table, owner }) => sheetOf(table, owner));
}

/** How many decisions and functions of a file are no table: they are changed as text. */
export function otherLogic(source: string): number {
  const elements = (readMarkup(source)?.inside ?? []).flatMap(({ inside }) => inside);
  const deciding = elements.filter((one) => ['decision', 'businessKnowledgeModel'].includes(localName(one)));
  return deciding.filter((one) => tablesIn(one).length === 0).length;
}

interface Found {
  readonly table: Markup;
  readonly owner: Markup;
}

function tablesIn(element: Markup, owner: Markup = element): Found[] {
  if (localName(element) === 'decisionTable') return [{ table: element, owner }];
  return element.inside.flatMap((one) => {
    const named = ['decision', 'businessKnowledgeModel'].includes(localName(one));
    return tablesIn(one, named ? one : owner);
  });
}

/** The text with the table at a place (0, 1 …) as `act` makes it; the same text where there is no such table. */
export function withTable(source: string, place: number, act: (table: Markup) => Markup): string {
  const root = readMarkup(source);
  let passed = 0;
  const visit = (one: Markup): Markup => {
    if (localName(one) === 'decisionTable') return passed++ === place ? act(one) : one;
    const inside = one.inside.map(visit);
    return inside.every((child, index) => child === one.inside[index]) ? one : { ...one, inside };
  };
  return root ? printMarkup(visit(root)) : source;
}

export function sheetOf(table: Markup, owner: Markup): Sheet {
  const columns = COLUMN_KINDS.flatMap((kind) =>
    within(table, HEAD[kind]).map((head, index) => columnOf(kind, head, index)),
  );
  const rules = within(table, 'rule');
  // Notes without a heading are there as well.
  const notes = Math.max(0, ...rules.map((rule) => within(rule, ENTRY.note).length));
  const headed = columns.filter(({ kind }) => kind === 'note').length;
  for (let index = headed; index < notes; index++) columns.push({ ...EMPTY, kind: 'note', index });
  return {
    id: attributeOf(owner, 'id'),
    name: attributeOf(owner, 'name') || attributeOf(owner, 'id'),
    policy: attributeOf(table, 'hitPolicy') || 'UNIQUE',
    aggregation: attributeOf(table, 'aggregation'),
    columns,
    rules: rules.map((rule) => ({
      id: attributeOf(rule, 'id'),
      cells: columns.map(({ kind, index }) => {
        const entry = within(rule, ENTRY[kind])[index];
        return entry ? textBelow(entry, 'text') || textIn(entry).trim() : '';
      }),
    })),
  };
}

const EMPTY: Column = {
  kind: 'note',
  index: 0,
  id: '',
  label: '',
  name: '',
  expression: '',
  type: '',
  allowed: '',
  otherwise: '',
};

function columnOf(kind: ColumnKind, head: Markup, index: number): Column {
  const [asked] = within(head, 'inputExpression');
  const values = within(head, kind === 'input' ? 'inputValues' : 'outputValues')[0];
  const [otherwise] = within(head, 'defaultOutputEntry');
  const name = attributeOf(head, 'name');
  return {
    kind,
    index,
    id: attributeOf(head, 'id'),
    label: kind === 'note' ? name : attributeOf(head, 'label'),
    name: kind === 'note' ? '' : name,
    expression: asked ? textBelow(asked, 'text') : '',
    type: attributeOf(kind === 'input' && asked ? asked : head, 'typeRef'),
    allowed: values ? textBelow(values, 'text') : '',
    otherwise: otherwise ? textBelow(otherwise, 'text') : '',
  };
}

function textBelow(element: Markup, tag: string): string {
  const [text] = within(element, tag);
  return text ? textIn(text).trim() : '';
}

/** As people call a column. */
export const columnName = ({ label, expression, name }: Column): string => label || expression || name;
