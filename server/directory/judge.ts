/**
 * Owns what an organisation must be: what a list imports and what a page changes is held against the same rules, and against the words that
 * the content knows (forms/directory.json). Pure: the verdict is a list of complaints. Rules: [DIR5] [DIR8] [DIR9].
 */
import { missing } from '@ganwei/feel/nearest';
import type { DirectoryAttribute, DirectoryWords } from '@ganwei/release/directory';
import { ACTING } from '../catalogue/directory.ts';
import { type Change, changed, type Organisation, type Person, type Post, type Unit } from './organisation.ts';

/** One complaint: about which unit or person, at which field (`parent`, `attributes.docCode`, `posts.0.roles`). */
export interface Complaint {
  of: 'unit' | 'person';
  id: string;
  field: string;
  message: string;
}

/** Duties that are kept apart from the work of the office (三员分立). */
const APART = ['system-admin', 'security-admin', 'audit-admin'];

/** Everything that is wrong with the changed units and people as they would be; `words` are absent while no content is in force. */
export function judge(before: Organisation, change: Change, words: DirectoryWords | undefined): Complaint[] {
  const after = changed(before, change);
  return [
    ...[...change.units.values()].flatMap((unit) =>
      unitFaults(unit, before, after, words).map(
        ([field, message]) => ({ of: 'unit', id: unit.id, field, message }) as const,
      ),
    ),
    ...[...change.people.values()].flatMap((person) =>
      personFaults(person, before, after, words).map(
        ([field, message]) => ({ of: 'person', id: person.id, field, message }) as const,
      ),
    ),
  ];
}

type Fault = readonly [field: string, message: string];

function unitFaults(unit: Unit, before: Organisation, after: Organisation, words: DirectoryWords | undefined): Fault[] {
  const known = before.units.get(unit.id);
  const faults: Fault[] = [];
  const say = (field: string, message: string | null) => void (message && faults.push([field, message]));
  if (!/^[A-Za-z][\w-]{0,38}$/.test(unit.id))
    say('id', '单位编码应以字母开头，只含字母、数字、下划线和连字符，不超过 39 个字符');
  say('name', textFault('单位名称', unit.name, 200, true));
  say('shortName', textFault('单位简称', unit.shortName, 100, true));
  say('parent', parentFault(unit, after));
  if (words) {
    if (unit.kind !== known?.kind) say('kind', wordFault('单位类别', unit.kind, words.unitKinds));
    if (unit.level !== known?.level) say('level', wordFault('层级', unit.level, words.levels));
    faults.push(...attributeFaults(unit.attributes, known?.attributes, words.unitAttributes, after));
    for (const relation of Object.keys(unit.relations)) {
      if (known && relation in known.relations) continue;
      say(`relations.${relation}`, wordFault('单位关系', relation, words.relations));
    }
  }
  for (const [relation, other] of Object.entries(unit.relations)) {
    const unitOf = after.units.get(other);
    if (other && !unitOf) say(`relations.${relation}`, `单位「${other}」不存在`);
    else if (unitOf && !unitOf.active) say(`relations.${relation}`, `单位「${unitOf.name}」已经撤销`);
  }
  if (!unit.active) say('active', stillUsed(unit.id, after));
  return faults;
}

function parentFault(unit: Unit, after: Organisation): string | null {
  if (unit.parent === null) return null;
  if (unit.parent === unit.id) return '单位不能以自己为上级';
  const parent = after.units.get(unit.parent);
  if (!parent) return `上级单位「${unit.parent}」不存在`;
  if (!parent.active && unit.active) return `上级单位「${parent.name}」已经撤销`;
  const seen = new Set<string>();
  for (let at: string | null = unit.parent; at && !seen.has(at); at = after.units.get(at)?.parent ?? null) {
    if (at === unit.id) return '上级单位互相包含，形成循环';
    seen.add(at);
  }
  return null;
}

/** A unit ends when nothing depends on it any more. */
function stillUsed(id: string, after: Organisation): string | null {
  const below = [...after.units.values()].find((unit) => unit.active && unit.parent === id);
  if (below) return `下级单位「${below.name}」还在使用，先撤销或改隶它`;
  const related = [...after.units.values()].find((unit) => unit.active && Object.values(unit.relations).includes(id));
  if (related) return `「${related.name}」的单位关系还指向本单位，先更改它`;
  const holder = [...after.people.values()].find(
    (person) => person.active && person.posts.some((post) => post.unit === id && post.to === ''),
  );
  return holder ? `${holder.name}还在本单位任职，先写明任职止` : null;
}

function personFaults(
  person: Person,
  before: Organisation,
  after: Organisation,
  words: DirectoryWords | undefined,
): Fault[] {
  const known = before.people.get(person.id);
  const faults: Fault[] = [];
  const say = (field: string, message: string | null) => void (message && faults.push([field, message]));
  if (!/^[a-z][a-z0-9._-]{1,38}$/.test(person.username)) say('username', '用户名应为小写字母开头的拼音或字母数字');
  const twin = [...after.people.values()].find((one) => one.username === person.username && one.id !== person.id);
  if (twin) say('username', `用户名已由${twin.name}使用`);
  say('name', textFault('姓名', person.name, 100, true));
  if (words) faults.push(...attributeFaults(person.attributes, known?.attributes, words.personAttributes, after));
  if (person.posts.filter((post) => post.main).length > 1) say('posts', '只能有一个主职');
  for (const [index, post] of person.posts.entries()) {
    const was = known?.posts.find((one) => one.unit === post.unit);
    for (const [field, message] of postFaults(post, was, after, words)) say(`posts.${index}.${field}`, message);
    if (person.posts.findIndex((one) => one.unit === post.unit) < index)
      say(`posts.${index}.unit`, '同一人在同一单位只能有一个职务');
  }
  const apart = after.duties.get(person.id)?.some((duty) => APART.includes(duty));
  if (apart && person.posts.some((post) => post.roles.length > 0))
    say('posts', '系统管理员、安全保密管理员、安全审计员不得兼任业务角色（三员分立）');
  return faults;
}

function postFaults(
  post: Post,
  was: Post | undefined,
  after: Organisation,
  words: DirectoryWords | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, message: string | null) => void (message && faults.push([field, message]));
  const unit = after.units.get(post.unit);
  if (!unit) say('unit', `单位「${post.unit}」不存在`);
  else if (!unit.active && post.to === '') say('unit', `单位「${unit.name}」已经撤销，请写明任职止`);
  say('title', textFault('职务', post.title, 200, false));
  for (const [field, day] of [
    ['from', post.from],
    ['to', post.to],
  ] as const) {
    if (day && !isDay(day)) say(field, '日期应写作 2026-09-01');
  }
  if (post.from && post.to && post.to < post.from) say('to', '任职止早于任职起');
  if (!words) return faults;
  for (const role of post.roles) {
    if (was?.roles.includes(role)) continue;
    say('roles', wordFault('角色', role.startsWith(ACTING) ? role.slice(ACTING.length) : role, words.roles));
  }
  const attributes = attributeFaults(post.attributes, was?.attributes, words.postAttributes, after);
  return [...faults, ...attributes];
}

/** Attributes of known names and types; what stood there before the words changed may stay. */
function attributeFaults(
  values: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> | undefined,
  attributes: readonly DirectoryAttribute[],
  after: Organisation,
): Fault[] {
  return Object.entries(values).flatMap(([key, value]): Fault[] => {
    const attribute = attributes.find((one) => one.key === key);
    if (!attribute && before && JSON.stringify(before[key]) === JSON.stringify(value)) return [];
    const message = attribute ? valueFault(attribute, value, after) : wordFault('属性', key, attributes);
    return message ? [[`attributes.${key}`, message]] : [];
  });
}

/** What is wrong with the value of an attribute, or null. */
function valueFault(attribute: DirectoryAttribute, value: unknown, after: Organisation): string | null {
  const { title, type, values } = attribute;
  const single = type.replace(/^list<(.*)>$/, '$1');
  if (single !== type) {
    if (!Array.isArray(value)) return `${title}应为多个值`;
    return value.map((one) => valueFault({ ...attribute, type: single }, one, after)).find(Boolean) ?? null;
  }
  if (values && !values.includes(String(value))) return `${title}应为${values.join('、')}之一`;
  switch (single) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : `${title}应为数字`;
    case 'boolean':
      return typeof value === 'boolean' ? null : `${title}应填是或否`;
    case 'date':
      return isDay(value) ? null : `${title}应写作 2026-09-01`;
    case 'person':
      return after.people.has(String(value)) ? null : `${title}：没有用户「${value}」`;
    case 'unit':
      return after.units.has(String(value)) ? null : `${title}：没有单位「${value}」`;
    default:
      return typeof value === 'string' ? textFault(title, value, 200, false) : `${title}应为文字`;
  }
}

function textFault(title: string, text: string, most: number, required: boolean): string | null {
  if (required && text.trim() === '') return `缺少${title}`;
  if ([...text].length > most) return `${title}不能超过 ${most} 个字`;
  return /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text) ? `${title}含有不可见的控制字符` : null;
}

const wordFault = (what: string, key: string, words: readonly { key: string; title: string }[]): string | null =>
  words.some((word) => word.key === key)
    ? null
    : key === ''
      ? `缺少${what}`
      : missing(
          key,
          words.flatMap((word) => [word.title, word.key]),
          what,
        );

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
