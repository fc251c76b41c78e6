/**
 * Owns reading the text of another engine's BPMN: XML into tags under the prefixes of the house. It reads well-formed XML only, expands no entity
 * but the five of XML, follows no address, and says the line where something is wrong. Rules: [FOR10] [FOR11].
 */
import { Parser } from 'saxen';
import { append, type Tag, tag } from './tag.ts';

/** Characters of one file, tags in it, and how deep they may lie in each other. */
export const MOST_CHARACTERS = 5 * 1024 * 1024;
const MOST_TAGS = 200_000;
const DEEPEST = 200;

export type Trouble = 'too-large' | 'too-many' | 'too-deep' | 'dtd' | 'broken' | 'encoding' | 'not-bpmn';

/** Why a file cannot be imported at all; `line` counts from 1, 0 where the whole file is meant. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly trouble: Trouble;
  readonly line: number;
  /** what the parser said, the encoding, the outermost tag */
  readonly detail: string;

  constructor(trouble: Trouble, line = 0, detail = '') {
    super(`${trouble} ${line} ${detail}`);
    this.trouble = trouble;
    this.line = line;
    this.detail = detail;
  }
}

/** Namespace -> prefix of the house. Engines that came of another keep their settings under its prefix. */
const PREFIXES: Readonly<Record<string, string>> = {
  'http://www.omg.org/spec/BPMN/20100524/MODEL': 'bpmn',
  'http://schema.omg.org/spec/BPMN/2.0': 'bpmn',
  'http://www.omg.org/spec/BPMN/20100524/DI': 'bpmndi',
  'http://www.omg.org/spec/DD/20100524/DC': 'dc',
  'http://www.omg.org/spec/DD/20100524/DI': 'di',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
  'http://www.w3.org/XML/1998/namespace': 'xml',
  'http://ganwei.dev/bpmn/1.0': 'ganwei',
  'http://camunda.org/schema/1.0/bpmn': 'camunda',
  'http://operaton.org/schema/1.0/bpmn': 'operaton',
  'http://camunda.org/schema/zeebe/1.0': 'zeebe',
  'http://camunda.org/schema/modeler/1.0': 'modeler',
  'http://flowable.org/bpmn': 'flowable',
  'http://activiti.org/bpmn': 'activiti',
  'http://bpmn.io/schema/bpmn/biocolor/1.0': 'bioc',
  'http://www.omg.org/spec/BPMN/non-normative/color/1.0': 'color',
};

type Where = () => { line: number };

/** The `bpmn:definitions` of a text. Throws Unreadable. */
export function readSource(text: string): Tag {
  if (text.length > MOST_CHARACTERS) throw new Unreadable('too-large');
  const reader = new Reader();
  const parser = new Parser();
  parser.ns(PREFIXES);
  const wrong = (error: Error, where: Where): never => {
    throw error instanceof Unreadable ? error : new Unreadable('broken', where().line + 1, error.message);
  };
  parser.on('error', wrong);
  parser.on('warn', wrong);
  parser.on('attention', (said: string, _: unknown, where: Where) => reader.attention(said, where));
  parser.on('openTag', (name: string, attributes: () => object, decode: Decode, _: boolean, where: Where) =>
    reader.open(name, attributes(), decode, where),
  );
  parser.on('closeTag', () => reader.close());
  parser.on('text', (said: string, decode: Decode) => reader.said(decode(said)));
  parser.on('cdata', (said: string) => reader.said(said));
  parser.parse(text.replace(/^\uFEFF/, '').trimStart());
  const { root } = reader;
  if (root?.name !== 'bpmn:definitions') throw new Unreadable('not-bpmn', 1, root?.name ?? '');
  return root;
}

type Decode = (text: string) => string;

class Reader {
  root: Tag | undefined;
  #open: Tag | undefined;
  #depth = 0;
  #count = 0;

  attention(said: string, where: Where): void {
    if (/^<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(said)) throw new Unreadable('dtd', where().line + 1);
  }

  open(name: string, attributes: object, decode: Decode, where: Where): void {
    this.#depth += 1;
    this.#count += 1;
    if (this.#depth > DEEPEST) throw new Unreadable('too-deep', where().line + 1);
    if (this.#count > MOST_TAGS) throw new Unreadable('too-many', where().line + 1);
    const made = tag(name);
    for (const [key, value] of Object.entries(attributes) as [string, string][])
      if (!isDeclaration(key)) made.attributes.set(key.replace(/^bpmn:/, ''), decode(value));
    if (this.#open) append(this.#open, made);
    else this.root ??= made;
    this.#open = made;
  }

  close(): void {
    const closed = this.#open;
    if (closed) closed.text = closed.text.trim();
    this.#open = closed?.parent;
    this.#depth -= 1;
  }

  said(text: string): void {
    if (this.#open) this.#open.text += text;
  }
}

const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');
