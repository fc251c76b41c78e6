/**
 * Owns the drawing of a process that everyone may see: shapes, names and lines. Settings, conditions, times and every other
 * expression are taken out by what they are, not by how they are spelt: the text is read and written again by the BPMN library,
 * so no prefix, comment or foreign attribute carries one through. [A1] The words on it may be replaced by those of another language.
 */
import { bpmn } from './bpmn.ts';
import { type Element, everyElement, isA } from './lint/tree.ts';

/** Members that are settings of some kind, whatever they hold. */
const SETTINGS = ['extensionElements', 'ioSpecification', 'properties', 'resources', 'loopCharacteristics', 'script'];

/** BPMN text to draw from; `documentation`: keep the descriptions that authors wrote. Throws where the text is not BPMN. */
export async function drawingOf(xml: string, { documentation = false } = {}): Promise<string> {
  const root = (await bpmn.fromXML(xml)).rootElement as Element;
  for (const element of [...everyElement(root)]) if (isA(element, 'bpmn:BaseElement')) strip(element, documentation);
  return (await bpmn.toXML(root, { format: true })).xml;
}

function strip(element: Element, documentation: boolean): void {
  const members = element as Record<string, unknown>;
  for (const { name } of element.$descriptor?.properties ?? []) {
    const member = name.slice(name.indexOf(':') + 1);
    const setting = SETTINGS.includes(member) || (member === 'documentation' && !documentation);
    if (setting || isA(members[member] as Element | undefined, 'bpmn:Expression')) delete members[member];
  }
  const foreign = element.$attrs as Record<string, string> | undefined;
  for (const name of Object.keys(foreign ?? {})) if (!name.startsWith('xmlns')) delete foreign?.[name];
}

/** Names of elements, and notes; settings have names, too, which nobody sees. */
const NAMED = /(<(?!ganwei:)[\w:]+\s(?:[^<>]*?\s)?(?:name|value)=")([^"]*)(")/g;
const NOTED = /(<(?:\w+:)?text>)([^<]*)(<)/g;

/** What a drawing says, as it is written on it. */
export function drawnTexts(xml: string): string[] {
  return [NAMED, NOTED].flatMap((place) => [...xml.matchAll(place)].map(([, , text = '']) => plain(text)));
}

/** The drawing with other words on it. */
export function drawnIn(xml: string, say: (text: string) => string): string {
  const put = (_: string, before: string, text: string, after: string): string =>
    `${before}${escaped(say(plain(text)))}${after}`;
  return xml.replace(NAMED, put).replace(NOTED, put);
}

const SIGNS = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
] as const;

const escaped = (text: string): string =>
  SIGNS.reduce((done, [sign, entity]) => done.replaceAll(sign, entity), text).replaceAll('\n', '&#10;');
const plain = (text: string): string =>
  SIGNS.toReversed().reduce((done, [sign, entity]) => done.replaceAll(entity, sign), text.replaceAll('&#10;', '\n'));
