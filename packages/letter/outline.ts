/**
 * Owns the outline of a letter's template: its settings, and its paragraphs one by one. Nothing is checked here. Rule: [DIF1].
 */
import { type Outline, type OutlineItem, settingsFrom, words } from '@ganwei/core/outline';
import { isMap, isScalar, parseDocument } from 'yaml';
import { FRONT } from './edit.ts';
import { SETTING_NAMES, SETTINGS } from './settings.ts';

const LETTER = words('文书', 'Letter');
const TEXT = words('正文', 'Text');

/** null: there is no head. Paragraphs are known by their words: where they are the same, by their order. */
export function outlineLetter(source: string): Outline | null {
  const [whole, front] = FRONT.exec(source) ?? [];
  if (whole === undefined || front === undefined) return null;
  const { contents, errors } = parseDocument(front, { version: '1.2', schema: 'core' });
  if (errors.length > 0 || !isMap(contents)) return null;
  const entries = contents.items.map(({ key, value }) => {
    const name = String(isScalar(key) ? key.value : key);
    const json: unknown = value === null ? '' : (value as { toJSON(): unknown }).toJSON();
    const text = Array.isArray(json) ? json.join('；') : String(json ?? '');
    return [name, labelOf(name), text] as const;
  });
  const text = (name: string): string => entries.find(([key]) => key === name)?.[2] ?? '';
  const settings = settingsFrom(entries);
  const own = { id: 'letter', parent: '', type: LETTER, name: text('name'), ordered: true, settings };
  return { items: [own, ...paragraphsOf(source.slice(whole.length))], drawing: '' };
}

const labelOf = (name: string) => {
  const known = SETTING_NAMES.find((one) => one === name);
  return known ? SETTINGS[known].label : words(name, name);
};

/** A paragraph that is written anew is another one: the old goes, the new comes. */
function paragraphsOf(body: string): OutlineItem[] {
  const seen = new Map<string, number>();
  return body
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const times = seen.get(line) ?? 0;
      seen.set(line, times + 1);
      const id = `text/${line}${times > 0 ? `#${times + 1}` : ''}`;
      return { id, parent: 'letter', type: TEXT, name: line, ordered: true, settings: [] };
    });
}
