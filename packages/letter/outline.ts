/**
 * Owns the outline of a letter's template: its settings, and its paragraphs one by one. Nothing is checked here. Rule: [DIF1].
 */
import { type Outline, type OutlineItem, settingsFrom, type Words, words } from '@ganwei/core/outline';
import { isMap, isScalar, parseDocument } from 'yaml';

const SETTINGS: Readonly<Record<string, Words>> = {
  name: words('名称', 'Name'),
  layout: words('版式', 'Layout'),
  mark: words('发文机关标志', 'Issuing mark'),
  organ: words('发文机关', 'Organ'),
  title: words('标题', 'Title'),
  to: words('主送', 'To'),
  copies: words('抄送', 'Copies'),
  attachments: words('附件', 'Attachments'),
  printedBy: words('印发机关', 'Printed by'),
  secrecy: words('密级', 'Secrecy'),
  urgency: words('紧急程度', 'Urgency'),
  signer: words('签发人', 'Signer'),
  contact: words('联系人', 'Contact'),
  note: words('附注', 'Note'),
  present: words('出席', 'Present'),
  excused: words('请假', 'Excused'),
  observers: words('列席', 'Observers'),
  seal: words('印章', 'Seal'),
};

const LETTER = words('文书', 'Letter');
const TEXT = words('正文', 'Text');
const FRONT = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

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
    return [name, SETTINGS[name] ?? words(name, name), text] as const;
  });
  const text = (name: string): string => entries.find(([key]) => key === name)?.[2] ?? '';
  const settings = settingsFrom(entries);
  const own = { id: 'letter', parent: '', type: LETTER, name: text('name'), ordered: true, settings };
  return { items: [own, ...paragraphsOf(source.slice(whole.length))], drawing: '' };
}

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
