/** Owns the entries of a dictionary as they are written, and those pasted from a sheet. Rules: [DCT1] [DCT4]. */

export interface Entry {
  readonly code: string;
  readonly label: string;
  readonly active: boolean;
  readonly from: string;
  readonly to: string;
  readonly note: string;
  /** JSON; '' where it has none */
  readonly attributes: string;
}

export interface Entries {
  readonly title: string;
  readonly items: readonly Entry[];
}

/** undefined: the text is no dictionary. */
export function entriesIn(source: string): Entries | undefined {
  try {
    const { title, items } = JSON.parse(source) as Partial<Record<string, unknown>>;
    if (!Array.isArray(items)) return undefined;
    return { title: textOf(title), items: items.map(entryOf) };
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function entryOf(raw: unknown): Entry {
  const item = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Record<string, unknown>>;
  const { attributes } = item;
  return {
    code: textOf(item.code),
    label: textOf(item.label),
    active: item.active !== false,
    from: textOf(item.from),
    to: textOf(item.to),
    note: textOf(item.note),
    attributes: attributes === undefined ? '' : JSON.stringify(attributes),
  };
}

export interface Pasted {
  readonly entries: readonly { readonly code: string; readonly label: string; readonly english: string }[];
  /** lines that are not taken, counted from 1 */
  readonly told: readonly { readonly line: number; readonly why: 'short' | 'twice' | 'there' | 'many' }[];
}

/** More lines than these are not taken at once. */
const MOST = 500;

/** Lines of a sheet: code, name and, where there is one, the English name, between tabs. */
export function pastedIn(text: string, there: readonly string[]): Pasted {
  const entries: Pasted['entries'][number][] = [];
  const told: Pasted['told'][number][] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [code = '', label = '', english = ''] = line.split('\t').map((cell) => cell.trim());
    const tell = (why: Pasted['told'][number]['why']) => told.push({ line: index + 1, why });
    if (code === '' || label === '' || code.length > 60) tell('short');
    else if (there.includes(code)) tell('there');
    else if (entries.some((one) => one.code === code)) tell('twice');
    else if (entries.length >= MOST) tell('many');
    else entries.push({ code, label, english });
  }
  return { entries, told };
}
