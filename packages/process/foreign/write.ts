/** Owns writing tags as the text of a definition: the prefixes of the house, indented, with everything escaped that must be. */
import type { Tag } from './tag.ts';

const NAMESPACES: readonly (readonly [prefix: string, uri: string])[] = [
  ['bpmn', 'http://www.omg.org/spec/BPMN/20100524/MODEL'],
  ['bpmndi', 'http://www.omg.org/spec/BPMN/20100524/DI'],
  ['dc', 'http://www.omg.org/spec/DD/20100524/DC'],
  ['di', 'http://www.omg.org/spec/DD/20100524/DI'],
  ['xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
  ['bioc', 'http://bpmn.io/schema/bpmn/biocolor/1.0'],
  ['color', 'http://www.omg.org/spec/BPMN/non-normative/color/1.0'],
  ['ganwei', 'http://ganwei.dev/bpmn/1.0'],
];

export function writeSource(definitions: Tag): string {
  const declared = NAMESPACES.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(definitions, '', declared)}`;
}

function lines({ name, attributes, children, text }: Tag, indent: string, more = ''): string {
  const own = [...attributes].map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  const head = `${indent}<${name}${more}${own}`;
  if (children.length === 0) return text === '' ? `${head}/>\n` : `${head}>${escaped(text)}</${name}>\n`;
  return `${head}>\n${children.map((child) => lines(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Characters that XML cannot hold are no part of a text. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[&<>"\n\t]/g, (sign) => SIGNS[sign] ?? sign);
