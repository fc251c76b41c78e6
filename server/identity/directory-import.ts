/**
 * Owns filling the directory: from a CSV file (with a dry run) and from the demo organisation's JSON. One line of the CSV is a unit, or a
 * post of a person in a unit. Nothing is written when a line is wrong. Rules: [DIR4] [DIR5].
 */

import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { parse } from 'csv-parse/sync';
import type { Host } from '../catalogue/host.ts';
import {
  addAccount,
  directoryChanged,
  type PersonRow,
  type PostRow,
  postId,
  putPeople,
  putPosts,
  putUnits,
  type UnitRow,
} from '../store/directory.ts';
import { recordAudit } from '../store/record.ts';
import { firstPassword, hashPassword } from './local.ts';

type Report = Answer<'importDirectory'>;

/** Column titles of the CSV; all but the first two may be left out. */
export const CSV_COLUMNS = [
  '单位编码',
  '单位名称',
  '上级单位编码',
  '单位类别',
  '层级',
  '用户名',
  '姓名',
  '职务',
  '角色',
  '主职',
] as const;

export interface Organisation {
  units: UnitRow[];
  people: PersonRow[];
  posts: PostRow[];
  /** username by person id */
  usernames: Map<string, string>;
}

/** Reads, checks and, when `apply` is set and nothing is wrong, writes. Passwords of new accounts are in the report, once. */
export async function importCsv(host: Host, actor: Actor, csv: string, apply: boolean): Promise<Report> {
  const { organisation, problems } = readCsv(host, csv);
  const report = compare(host, organisation, problems);
  if (!apply || problems.length > 0) return report;
  const passwords = await write(host, organisation);
  await host.store.transaction((tx) =>
    recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: actor.id,
      act: 'directory-import',
      object: 'directory',
      detail: { units: organisation.units.length, people: organisation.people.length },
    }),
  );
  await host.refresh();
  return { ...report, applied: true, passwords };
}

type Line = Record<(typeof CSV_COLUMNS)[number], string | undefined>;

function readCsv(host: Host, csv: string): { organisation: Organisation; problems: Report['problems'] } {
  const problems: Report['problems'] = [];
  const organisation: Organisation = { units: [], people: [], posts: [], usernames: new Map() };
  let lines: Line[] = [];
  try {
    lines = parse(csv, { bom: true, columns: true, skip_empty_lines: true, trim: true, relax_column_count_less: true });
  } catch (error) {
    problems.push({ line: (error as { lines?: number }).lines ?? 1, message: 'CSV 格式不正确，请检查引号与列数' });
  }
  if (lines[0] && !('单位编码' in lines[0]))
    problems.push({ line: 1, message: `首行应为列名：${CSV_COLUMNS.join(',')}` });
  const known = new Set([...host.directory().units.keys(), ...lines.map((line) => line.单位编码 ?? '')]);
  const usernames = new Map([...host.directory().people.values()].map((person) => [person.username, person.id]));
  for (const [index, line] of lines.entries()) {
    const complaint = lineComplaint(line, known);
    if (complaint) problems.push({ line: index + 2, message: complaint });
    else takeLine(host, organisation, line, usernames);
  }
  for (const [index, line] of lines.entries()) {
    if (line.单位名称 && line.单位编码 && isBelowItself(host, organisation, line.单位编码)) {
      problems.push({ line: index + 2, message: '上级单位互相包含，形成循环' });
    }
  }
  return { organisation, problems };
}

function lineComplaint(line: Line, known: ReadonlySet<string>): string | null {
  if (!line.单位编码) return '缺少单位编码';
  if (!/^[A-Za-z][\w-]{0,38}$/.test(line.单位编码)) return '单位编码应以字母开头，只含字母、数字、下划线和连字符';
  if (!line.用户名 && !line.单位名称) return '缺少单位名称';
  if (line.上级单位编码 && !known.has(line.上级单位编码)) return `上级单位「${line.上级单位编码}」不存在`;
  if (line.上级单位编码 === line.单位编码) return '单位不能以自己为上级';
  if (line.用户名 && !/^[a-z][a-z0-9._-]{1,38}$/.test(line.用户名)) return '用户名应为小写字母开头的拼音或字母数字';
  if (line.用户名 && !line.姓名) return '缺少姓名';
  return null;
}

/** Does the way up from this unit, as it would be after the import, come back to it? */
function isBelowItself(host: Host, { units }: Organisation, unit: string): boolean {
  const parentOf = (id: string): string | null | undefined => {
    const changed = units.find((row) => row.id === id);
    return changed ? changed.parent_id : host.directory().units.get(id)?.parent;
  };
  const seen = new Set<string>();
  for (let at = parentOf(unit); at && !seen.has(at); at = parentOf(at)) {
    if (at === unit) return true;
    seen.add(at);
  }
  return false;
}

function takeLine(host: Host, organisation: Organisation, line: Line, usernames: Map<string, string>): void {
  const code = line.单位编码!;
  if (line.单位名称 && !organisation.units.some((unit) => unit.id === code)) {
    const before = host.directory().units.get(code);
    organisation.units.push({
      id: code,
      parent_id: line.上级单位编码 || before?.parent || null,
      name: line.单位名称,
      short_name: before?.shortName ?? line.单位名称,
      kind: line.单位类别 || before?.kind || 'unit',
      level: line.层级 || before?.level || 'unit',
      sort: organisation.units.length,
      active: true,
      attributes: JSON.stringify(before?.attributes ?? {}),
      relations: JSON.stringify(before?.relations ?? {}),
    });
  }
  if (!line.用户名) return;
  const id = usernames.get(line.用户名) ?? line.用户名;
  usernames.set(line.用户名, id);
  if (!organisation.people.some((person) => person.id === id)) {
    const before = host.directory().people.get(id);
    organisation.people.push({
      id,
      name: line.姓名!,
      active: true,
      attributes: JSON.stringify(before?.attributes ?? {}),
    });
    organisation.usernames.set(id, line.用户名);
  }
  const first = !organisation.posts.some((post) => post.person_id === id);
  organisation.posts.push({
    id: postId(id, code),
    person_id: id,
    unit_id: code,
    title: line.职务 ?? '',
    roles: JSON.stringify(
      (line.角色 ?? '')
        .split(/[;;、|]/)
        .map((role) => role.trim())
        .filter(Boolean),
    ),
    main: line.主职 ? /^(是|1|true|y)$/i.test(line.主职) : first,
    sort: organisation.posts.length,
    from_date: '1900-01-01',
    to_date: '',
    attributes: '{}',
  });
}

function compare(host: Host, organisation: Organisation, problems: Report['problems']): Report {
  const directory = host.directory();
  const held = new Set([...directory.people.values()].flatMap((person) => person.posts.map((post) => post.id)));
  const newUnits = organisation.units.filter((unit) => !directory.units.has(unit.id)).length;
  const newPeople = organisation.people.filter((person) => !directory.people.has(person.id)).length;
  return {
    applied: false,
    unitsAdded: newUnits,
    unitsChanged: organisation.units.length - newUnits,
    peopleAdded: newPeople,
    peopleChanged: organisation.people.length - newPeople,
    postsAdded: organisation.posts.filter((post) => !held.has(post.id)).length,
    problems: problems.slice(0, 200),
    passwords: [],
  };
}

/** Writes an organisation; people without an account get one with a first password. */
async function write(host: Host, organisation: Organisation): Promise<{ username: string; password: string }[]> {
  const fresh = await Promise.all(
    [...organisation.usernames]
      .filter(([person]) => !host.directory().people.get(person)?.username)
      .map(async ([person, username]) => {
        const password = firstPassword();
        return { person, username, password, hash: await hashPassword(password) };
      }),
  );
  await host.store.transaction(async (tx) => {
    await putUnits(tx, organisation.units);
    await putPeople(tx, organisation.people);
    await putPosts(tx, organisation.posts);
    for (const { person, username, hash } of fresh) {
      await addAccount(tx, {
        person_id: person,
        username,
        password: hash,
        password_due: true,
        failed: 0,
        locked_until: 0,
        duties: '[]',
      });
    }
    await directoryChanged(tx);
  });
  return fresh.map(({ username, password }) => ({ username, password }));
}
