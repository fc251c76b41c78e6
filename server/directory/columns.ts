/**
 * Owns the columns of a list of units and people: those every organisation has, and one for each attribute and relation that the content
 * knows (forms/directory.json). What a cell says is read by the column's type; the same columns are written when a list is exported.
 */
import type { DirectoryAttribute, DirectoryWords } from '@ganwei/release/directory';
import { ACTING } from '../catalogue/directory.ts';

/** What a column is about; `key` names the attribute or relation. */
export type Field =
  | { of: 'unit'; is: 'id' | 'name' | 'shortName' | 'parent' | 'kind' | 'level' | 'active' }
  | { of: 'person'; is: 'username' | 'name' | 'active' }
  | { of: 'post'; is: 'title' | 'roles' | 'acting' | 'main' | 'from' | 'to' }
  | { of: 'unit' | 'person' | 'post'; is: 'attribute'; key: string; attribute: DirectoryAttribute }
  | { of: 'unit'; is: 'relation'; key: string };

export interface Column {
  title: string;
  field: Field;
}

/** Titles of the columns that say whom a line is about, and of the one that only one line of a person says yes to. */
export const CODE = '单位编码';
export const USERNAME = '用户名';
export const MAIN = '主职';
export const ROLES = '角色';
/** In the audit log: who asked for a role that another one gave. */
export const ASKED_BY = '提出人';

/** Names of an exported list and of its sheets. */
export const LIST = '组织人员';
export const SHEETS = { units: '单位', people: '人员' } as const;

/** What a flag is written as. */
export const FLAGS = { unit: ['在用', '撤销'], person: ['在职', '离职'], post: ['是', '否'] } as const;

/** A cell that takes away what stood there; an empty cell leaves it. */
export const NOTHING = '-';

const FIRST: readonly Column[] = [
  { title: CODE, field: { of: 'unit', is: 'id' } },
  { title: '单位名称', field: { of: 'unit', is: 'name' } },
  { title: '单位简称', field: { of: 'unit', is: 'shortName' } },
  { title: '上级单位编码', field: { of: 'unit', is: 'parent' } },
  { title: '单位类别', field: { of: 'unit', is: 'kind' } },
  { title: '层级', field: { of: 'unit', is: 'level' } },
  { title: '单位状态', field: { of: 'unit', is: 'active' } },
  { title: USERNAME, field: { of: 'person', is: 'username' } },
  { title: '姓名', field: { of: 'person', is: 'name' } },
  { title: '人员状态', field: { of: 'person', is: 'active' } },
  { title: '职务', field: { of: 'post', is: 'title' } },
  { title: ROLES, field: { of: 'post', is: 'roles' } },
  { title: '代理角色', field: { of: 'post', is: 'acting' } },
  { title: MAIN, field: { of: 'post', is: 'main' } },
  { title: '任职起', field: { of: 'post', is: 'from' } },
  { title: '任职止', field: { of: 'post', is: 'to' } },
];

/** All columns, each title once: an attribute whose title is taken carries its key. */
export function columnsOf(words: DirectoryWords | undefined): Column[] {
  const columns = [...FIRST];
  const add = (title: string, key: string, field: Field) => {
    const taken = columns.some((column) => column.title === title);
    columns.push({ title: taken ? `${title}（${key}）` : title, field });
  };
  const lists = { unit: words?.unitAttributes, person: words?.personAttributes, post: words?.postAttributes } as const;
  for (const of of ['unit', 'person', 'post'] as const)
    for (const attribute of lists[of] ?? [])
      add(attribute.title, attribute.key, { of, is: 'attribute', key: attribute.key, attribute });
  for (const { key, title } of words?.relations ?? []) add(`关系：${title}`, key, { of: 'unit', is: 'relation', key });
  return columns;
}

const SEPARATED_BY = ';；、|,，';
const SEPARATORS = new RegExp(`[${SEPARATED_BY}]`);

/** The entries of a cell. A word that has a separator in its own title (市委、市政府主要领导) is one entry. */
export function listOf(text: string, words: readonly { title: string }[] = []): string[] {
  const whole = words.map(({ title }) => title).filter((title) => SEPARATORS.test(title));
  const entry = new RegExp(
    [...whole.sort((a, b) => b.length - a.length).map(literal), `[^${SEPARATED_BY}]+`].join('|'),
    'g',
  );
  return [...text.matchAll(entry)].map(([one]) => one.trim()).filter((one) => one !== '' && one !== NOTHING);
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The key of a word that is written by its title or its key; what nobody knows stays as it is, for the judge. */
export const keyOf = (text: string, words: readonly { key: string; title: string }[] = []): string =>
  (words.find((word) => word.key === text) ?? words.find((word) => word.title === text))?.key ?? text;

export const titleOf = (key: string, words: readonly { key: string; title: string }[] = []): string =>
  words.find((word) => word.key === key)?.title ?? key;

/** 是/否 and 在用/撤销, 在职/离职; null for anything else. */
export function yesOrNo(text: string): boolean | null {
  if (/^(是|在用|在职|1|true|y|yes)$/i.test(text)) return true;
  return /^(否|撤销|离职|停用|0|false|n|no)$/i.test(text) ? false : null;
}

/** The value of an attribute as a cell says it; what does not fit its type stays text, for the judge. */
export function attributeValue({ type }: DirectoryAttribute, text: string): unknown {
  const single = type.replace(/^list<(.*)>$/, '$1');
  if (single !== type) return listOf(text).map((one) => scalar(single, one));
  return scalar(type, text);
}

function scalar(type: string, text: string): unknown {
  if (type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return yesOrNo(text) ?? text;
  return text;
}

/** The same, written. */
export function attributeText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(attributeText).join('；');
  return typeof value === 'boolean' ? FLAGS.post[value ? 0 : 1] : String(value);
}

/** Roles of a post that are held, and those that are held for somebody else. */
export const heldRoles = (roles: readonly string[]): string[] => roles.filter((role) => !role.startsWith(ACTING));
export const actingRoles = (roles: readonly string[]): string[] =>
  roles.filter((role) => role.startsWith(ACTING)).map((role) => role.slice(ACTING.length));
