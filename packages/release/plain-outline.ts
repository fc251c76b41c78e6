/**
 * Owns the outline of what is plain JSON: dictionaries, ledgers, calendars, applications, the words of the directory. Lists of objects are
 * items by what tells them apart, everything else is a setting under its place. Rule: [DIF1].
 */
import {
  type Outline,
  type OutlineItem,
  type OutlineSetting,
  settingsFrom,
  type Words,
  words,
} from '@ganwei/core/outline';

/** What tells the entries of a list apart, the first that all of them have. */
const IDENTITY = ['code', 'key', 'column', 'id', 'name', 'who'];

const LABELS: Readonly<Record<string, Words>> = {
  title: words('标题', 'Title'),
  label: words('名称', 'Label'),
  name: words('名称', 'Name'),
  description: words('说明', 'Description'),
  note: words('备注', 'Note'),
  active: words('启用', 'Active'),
  from: words('起', 'From'),
  to: words('止', 'To'),
  value: words('值', 'Value'),
  type: words('类型', 'Type'),
  who: words('谁可以看', 'Who'),
  exports: words('谁可以导出', 'Who may export'),
  order: words('排列次序', 'Order'),
  sort: words('排序', 'Sort'),
  source: words('来源', 'Source'),
  columns: words('列', 'Column'),
  rows: words('行规则', 'Row rule'),
  items: words('条目', 'Entry'),
  choices: words('选项', 'Choice'),
  filter: words('筛选', 'Filter'),
  slot: words('索引', 'Slot'),
  shown: words('默认显示', 'Shown'),
  width: words('宽度', 'Width'),
  total: words('合计', 'Total'),
  dictionary: words('字典', 'Dictionary'),
  attributes: words('属性', 'Attributes'),
  roles: words('角色', 'Role'),
  relations: words('关系', 'Relation'),
  kinds: words('类别', 'Kind'),
  owner: words('责任单位', 'Owner'),
  off: words('放假', 'Days off'),
  work: words('调休上班', 'Working days'),
  year: words('年度', 'Year'),
};

/** null: the text is no JSON object. `type` and `name` are of the whole. */
export function outlinePlain(source: string, type: Words, name: string): Outline | null {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    // whoever asks for an outline shows the text itself then
    return null;
  }
  if (!isObject(json)) return null;
  return { items: itemsOf(json, { id: '', parent: '', type, name }), drawing: '' };
}

type Known = Omit<OutlineItem, 'settings' | 'ordered'>;

function itemsOf(object: Readonly<Record<string, unknown>>, own: Known): OutlineItem[] {
  const settings: OutlineSetting[] = [];
  const below: OutlineItem[] = [];
  for (const [key, value] of Object.entries(object)) {
    const label = LABELS[key] ?? words(key, key);
    const identity = identityOf(value);
    if (identity === undefined) settings.push(...settingsFrom([[key, label, textOf(value)]]));
    else below.push(...entriesOf(value as readonly Readonly<Record<string, unknown>>[], identity, own.id, key, label));
  }
  return [{ ...own, ordered: true, settings }, ...below];
}

const entriesOf = (
  list: readonly Readonly<Record<string, unknown>>[],
  identity: string,
  parent: string,
  key: string,
  type: Words,
): OutlineItem[] =>
  list.flatMap((entry) => {
    const id = `${parent}/${key}/${String(entry[identity])}`;
    return itemsOf(entry, { id, parent, type, name: textOf(entry.label ?? entry.title ?? entry[identity]) });
  });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member by which the entries of a list of objects differ; undefined: it is a value like any other. */
function identityOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return undefined;
  return IDENTITY.find((member) => {
    const found = value.map((entry) => entry[member]);
    return found.every((one) => typeof one === 'string') && new Set(found).size === found.length;
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '✓';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
