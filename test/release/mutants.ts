/**
 * Owns the mutants of the shipped content: every way of making one mistake at one place, as an author would. Expressions are mutated where
 * their own tree says that a name, member, code or argument stands; settings where the format names something else. Each mutant is told in
 * one line, so that a survivor can be read.
 */
import { parserOf } from '@ganwei/feel/compile';
import { splitTemplate } from '@ganwei/feel/placeholders';
import type { Node } from '@ganwei/feel/syntax';
import type { Definition } from '@ganwei/release/definition';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';

export interface Mutant {
  /** what kind of mistake: name, member, code, literal, key, drop … */
  kind: string;
  file: string;
  /** where and how, in one line */
  what: string;
  /** the key that a definition, a field or an entry gave itself before the mistake */
  renamed?: string;
  definitions(): Definition[];
}

export const language = new PlatformLanguage(PLATFORM_FUNCTIONS).dialect;

/** Every expression that stands in a definition, as the mutants are made from. */
export const expressionsOf = (definition: Definition): string[] => sitesOf(definition).map(({ source }) => source);

/** An expression inside a definition: its text, and the definition with another text in its place. */
interface Site {
  place: string;
  source: string;
  put(source: string): string;
}

/** All mutants, in a stable order. */
export function mutantsOf(definitions: readonly Definition[]): Mutant[] {
  const sources = definitions.flatMap(expressionsOf);
  const quoted = quotedIn(definitions);
  return definitions.flatMap((definition) => {
    const sites = sitesOf(definition);
    const made = (kind: string, what: string, source: () => string): Mutant => ({
      kind,
      file: definition.file,
      what,
      definitions: () => definitions.map((one) => (one === definition ? { ...one, source: source() } : one)),
    });
    const inside = sites.flatMap((site) =>
      slips(site.source, quoted).map(({ kind, from, to, put }) => {
        const next = site.source.slice(0, from) + put + site.source.slice(to);
        const shown = `${site.place}：${site.source.slice(from, to)} -> ${put}`;
        return made(kind, `${shown}  in  ${site.source.slice(0, 90)}`, () => site.put(next));
      }),
    );
    const settings = settingSlips(definition)
      .filter((slip) => isUsed(slip, sources))
      .map(({ kind, what, source, declares }) => ({
        ...made(kind, what, () => source),
        ...(declares !== undefined && { renamed: declares }),
      }));
    const gone = { kind: 'drop file', file: definition.file, what: 'the whole file', renamed: definition.key };
    const drop =
      definition.kind === 'calendar' ||
      definition.kind === 'translation' ||
      definition.kind === 'ledger' ||
      definition.kind === 'directory'
        ? []
        : [{ ...gone, definitions: () => definitions.filter((one) => one !== definition) }];
    return [...inside, ...settings, ...drop];
  });
}

// ---- expressions -----------------------------------------------------------------------------------------------------

interface Slip {
  kind: string;
  from: number;
  to: number;
  put: string;
}

/**
 * How often each text stands by itself between two quotes, stories and translations apart. What names something is written at least twice: where it
 * is declared, and where it is meant; a text that stands once is for people to read.
 */
function quotedIn(definitions: readonly Definition[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, source } of definitions) {
    if (kind === 'story' || kind === 'translation') continue;
    for (const piece of source.split(/\\?["']|&quot;/)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return counts;
}

function slips(source: string, quoted: ReadonlyMap<string, number>): Slip[] {
  const found: Slip[] = [];
  const visit = (node: Node, parent: Node | null): void => {
    const { from, to, text } = node;
    const add = (kind: string, put: string): void => {
      found.push({ kind, from, to, put });
    };
    if (node.name === 'VariableName' && !(parent?.name === 'FunctionInvocation' && parent.parts[0] === node)) {
      add('name', misspelt(text));
    } else if (node.name === 'PathName') add('member', misspelt(text));
    else if (node.name === 'StringLiteral' && isCode(node, parent, quoted)) {
      add('code', `"${misspelt(text.slice(1, -1))}"`);
      add('literal', '7');
    } else if (node.name === 'NumericLiteral' && parent?.name === 'ArithmeticExpression') add('literal', '"seven"');
    for (const child of node.tokens) visit(child, node);
  };
  try {
    visit(parserOf(language)(source, 'Expression'), null);
  } catch {
    return []; // cells of tables are read by another grammar
  }
  return found;
}

/** Is this text compared with something, or an argument that names something? */
function isCode(node: Node, parent: Node | null, quoted: ReadonlyMap<string, number>): boolean {
  if (node.text.length < 4 || !parent) return false;
  if (parent.name === 'Comparison' || parent.name === 'PositiveUnaryTest') return true;
  return parent.name === 'PositionalParameters' && (quoted.get(node.text.slice(1, -1)) ?? 0) > 1;
}

/** One letter doubled at the end, or two that change places. */
function misspelt(text: string): string {
  const last = text.at(-1) ?? 'x';
  return /^[A-Za-z_]/.test(text) && text.length > 4
    ? text.slice(0, -2) + last + (text.at(-2) === last ? 'q' : text.at(-2))
    : `${text}x`;
}

// ---- where expressions stand -----------------------------------------------------------------------------------------

const FEEL_ATTRIBUTES =
  'title|numberKey|readers|withdraw|subjects|disclosed|who|when|values|value|assignees|threshold|quorum|last|due|initial|audience|receipt|at|each|correlation';

function sitesOf({ kind, source }: Definition): Site[] {
  if (kind === 'process') return bpmnSites(source);
  if (kind === 'decision' || kind === 'functions')
    return textSites(
      source.replace(/<annotationEntry>[\s\S]*?<\/annotationEntry>/g, (prose) => ' '.repeat(prose.length)),
      /<(?:\w+:)?text>([^<]*)<\/(?:\w+:)?text>/g,
    );
  if (kind === 'letter') return [...letterSites(source)];
  return kind === 'form' || kind === 'ledger' ? jsonSites(source) : [];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};
const decoded = (text: string): string => text.replace(/&(?:lt|gt|amp|quot|apos);/g, (one) => ENTITIES[one] as string);
const encoded = (text: string): string =>
  text.replace(/[<>&"']/g, (sign) => Object.keys(ENTITIES).find((one) => ENTITIES[one] === sign) as string);

function bpmnSites(source: string): Site[] {
  const attributes = /<ganwei:[^>]*>/g;
  const inner = new RegExp(`\\b(?:${FEEL_ATTRIBUTES})=("[^"]*"|'[^']*')`, 'g');
  const sites: Site[] = [];
  for (const element of source.matchAll(attributes)) {
    const raw = /type="find"/.test(element[0]);
    for (const match of element[0].matchAll(inner)) {
      const start = (element.index ?? 0) + (match.index ?? 0) + match[0].indexOf('=') + 2;
      sites.push(
        siteAt(
          source,
          start,
          (match[1] as string).length - 2,
          encoded,
          decoded,
          raw ? 'find' : match[0].split('=', 1)[0],
        ),
      );
    }
  }
  sites.push(...textSites(source, /<(?:bpmn:)?(?:conditionExpression|timeDate)[^>]*>([^<]*)</g));
  return sites;
}

function textSites(source: string, pattern: RegExp): Site[] {
  return [...source.matchAll(pattern)].map((match) => {
    const start = (match.index ?? 0) + match[0].indexOf(match[1] as string, match[0].indexOf('>'));
    return siteAt(source, start, (match[1] as string).length, encoded, decoded, 'text');
  });
}

function siteAt(
  source: string,
  from: number,
  length: number,
  encode: (text: string) => string,
  decode: (text: string) => string,
  place = '',
): Site {
  const line = source.slice(0, from).split('\n').length;
  return {
    place: `line ${line} ${place}`,
    source: decode(source.slice(from, from + length)),
    put: (text) => source.slice(0, from) + encode(text) + source.slice(from + length),
  };
}

function* letterSites(source: string): Generator<Site> {
  let at = 0;
  for (const line of source.split('\n')) {
    const command = /^\{\s*(?:if|else\s+if|for\s+[^\s,]+(?:\s*,\s*\S+)?\s+in)\s+(.+)\}\s*$/.exec(line);
    const same = (text: string): string => text;
    if (command)
      yield siteAt(source, at + line.indexOf(command[1] as string), (command[1] as string).length, same, same);
    else if (!line.startsWith('{')) {
      let from = 0;
      const yaml = /: "/.test(line);
      for (const { text, expression } of yaml ? [] : splitTemplate(line)) {
        const start = line.indexOf(text, from);
        if (expression) yield siteAt(source, at + start, text.length, same, same);
        from = start + text.length;
      }
    }
    at += line.length + 1;
  }
}

/** FEEL in a JSON definition: rules of forms; columns and people of ledgers. */
function jsonSites(source: string): Site[] {
  const sites: Site[] = [];
  const json: unknown = JSON.parse(source);
  const FEEL = new Set([
    'visible',
    'required',
    'editable',
    'value',
    'initial',
    'options',
    'rows',
    'when',
    'who',
    'in',
    'exports',
  ]);
  const visit = (value: unknown, path: (string | number)[], rules: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key];
      const here = rules || 'ledger' in (json as object);
      if (typeof inner === 'string' && here && FEEL.has(key) && !path.includes('choices') && !path.includes('enum')) {
        sites.push({ place: at.slice(-4).join('.'), source: inner, put: (text) => withValue(json, at, text) });
      } else visit(inner, at, rules || key === 'x-rules');
    }
  };
  visit(json, [], false);
  return sites;
}

function withValue(json: unknown, path: readonly (string | number)[], value: unknown): string {
  const copy = structuredClone(json);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) as string] = value;
  return JSON.stringify(copy);
}

// ---- settings --------------------------------------------------------------------------------------------------------

interface Setting {
  kind: string;
  /** what is declared here under this key: renaming it is a mistake only where something else speaks of it */
  declares?: string;
  /** the step whose outcome it is */
  node?: string;
  what: string;
  source: string;
}

/** Does an expression speak of what is declared here? Texts are quoted there, members and names are not. */
function isUsed({ kind, declares, node }: Setting, sources: readonly string[]): boolean {
  if (declares === undefined) return true;
  const key = declares.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const quoted = new RegExp(`"${key}"`);
  if (kind === 'outcome key') return sources.some((one) => quoted.test(one) && one.includes(`outcome of("${node}")`));
  if (kind === 'status key') return sources.some((one) => quoted.test(one) && one.includes('.status'));
  if (kind === 'dictionary code') return sources.some((one) => quoted.test(one));
  if (kind === 'column') return sources.some((one) => new RegExp(`\\brow\\.${key}\\b`).test(one));
  return sources.some((one) => new RegExp(`(?<![\\w"])${key}(?![\\w":])`).test(one));
}

function settingSlips(definition: Definition): Setting[] {
  if (definition.kind === 'process') return processSlips(definition.source);
  if (definition.kind === 'form') return formSlips(definition.source);
  if (definition.kind === 'dictionary') return dictionarySlips(definition.source);
  if (definition.kind === 'ledger') return ledgerSlips(definition.source);
  return [];
}

const KEYS: readonly [kind: string, pattern: RegExp][] = [
  ['form key', /<ganwei:(?:task|start)[^>]*? form="([^"]+)"/g],
  ['process key', /<ganwei:(?:call|action)[^>]*? process="([^"]+)"/g],
  ['outcome key', /<ganwei:outcome key="([^"]+)"/g],
  ['status key', /<ganwei:status key="([^"]+)"/g],
  ['access path', /<ganwei:access path="([^"*]+)"/g],
  ['shown form', /<ganwei:show as="([^"]+)"/g],
  ['hidden field', /<ganwei:show [^>]*hide="([^",]+)/g],
  ['confidential', /confidential="([^",]+)/g],
  ['return target', /returnTo="([^",]+)/g],
  ['service type', /<ganwei:service type="([^"]+)"/g],
  ['input name', /<ganwei:input name="([^"]+)"/g],
  ['output name', /<ganwei:output name="([^".]+)/g],
  ['status', /\bstatus="([A-Z_]+)"/g],
  ['name of a form', /<ganwei:(?:task|start)[^>]*? as="([^"]+)"/g],
];

/** Settings that give a thing its key; all others speak of one. */
const DECLARING = new Set(['outcome key', 'status key', 'output name', 'name of a form']);

function processSlips(source: string): Setting[] {
  const slips = KEYS.flatMap(([kind, pattern]) =>
    [...source.matchAll(pattern)].map((match) => {
      const key = match[1] as string;
      const from = (match.index ?? 0) + match[0].lastIndexOf(key);
      const line = source.slice(0, from).split('\n').length;
      const put = misspelt(key);
      return {
        kind,
        ...(DECLARING.has(kind) && { declares: key }),
        node: /.*<bpmn:userTask id="(\w+)"/s.exec(source.slice(0, from))?.[1] ?? '',
        what: `line ${line}: ${match[0].slice(-70)} -> ${put}`,
        source: source.slice(0, from) + put + source.slice(from + key.length),
      };
    }),
  );
  const drops = [...source.matchAll(/<ganwei:input name="([^"]+)"[^>]*\/>/g)]
    .filter((match) =>
      ['table', 'template', 'to', 'ledger', 'name', 'correlation', 'case', 'text'].includes(match[1] as string),
    )
    .map((match) => ({
      kind: 'drop input',
      what: match[0].slice(0, 90),
      source: source.slice(0, match.index) + source.slice((match.index ?? 0) + match[0].length),
    }));
  return [...slips, ...drops];
}

function formSlips(source: string): Setting[] {
  const found: Setting[] = [];
  const keys = /"([A-Za-z]\w*)": \{\s*"type"/g;
  for (const match of source.matchAll(keys)) {
    const key = match[1] as string;
    if (key === 'items' || key === 'schema') continue;
    const from = (match.index ?? 0) + 1;
    const put = misspelt(key);
    found.push({
      kind: 'field key',
      declares: key,
      what: `${key} -> ${put}`,
      source: source.slice(0, from) + put + source.slice(from + key.length),
    });
  }
  for (const match of source.matchAll(/"dictionary": "([^"]+)"/g)) {
    const from = (match.index ?? 0) + match[0].lastIndexOf(match[1] as string);
    const put = misspelt(match[1] as string);
    const next = source.slice(0, from) + put + source.slice(from + (match[1] as string).length);
    found.push({ kind: 'dictionary key', what: `${match[1]} -> ${put}`, source: next });
  }
  return found;
}

function dictionarySlips(source: string): Setting[] {
  const json = JSON.parse(source) as { items: { code: string }[] };
  return json.items.map(({ code }, index) => ({
    kind: 'dictionary code',
    declares: code,
    what: `${code} -> ${misspelt(code)}`,
    source: withValue(json, ['items', index, 'code'], misspelt(code)),
  }));
}

function ledgerSlips(source: string): Setting[] {
  const json = JSON.parse(source) as { columns: { key: string }[]; sort: { column: string } };
  return [
    { kind: 'column', what: 'sort.column', source: withValue(json, ['sort', 'column'], misspelt(json.sort.column)) },
    ...json.columns.map(({ key }, index) => ({
      kind: 'column',
      declares: key,
      what: `${key} -> ${misspelt(key)}`,
      source: withValue(json, ['columns', index, 'key'], misspelt(key)),
    })),
  ];
}
