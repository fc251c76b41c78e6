/** What people get to see: lists, searches, and of a case no more than their part in it gives them. */

import { TODO_KINDS } from '@ganwei/core/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { transferTask } from '../../server/commands/transfer-task.ts';
import { counts, inbox } from '../../server/queries/inbox.ts';
import { caseRefs, people } from '../../server/queries/lists.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';

const CONFIDENTIAL = bpmn(
  'sealed',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]' form="opinion" as="opinion"`, AGREE),
    user(
      'sign',
      '签发',
      `assignees='["gaoyuan"]'`,
      `${AGREE}<ganwei:show as="request" hide="secret"/><ganwei:show as="opinion"/>`,
    ),
    end(),
    line('start', 'check', 'sign', 'end'),
  ].join('\n'),
  `readers='actor.id = "dingyiming"' confidential="opinion"`,
);

let w: World;
let caseId: string;

beforeEach(async () => {
  w = await world({ content: [...FORMS, CONFIDENTIAL] });
  ({ caseId } = await w.as('songqiao').start('sealed', { subject: '购置设备', secret: '内部' }));
  await w.as('fuzheng').submit('审查', 'agree', { score: 7 }, '审查意见不外传');
});
afterEach(() => w?.stop());

const formsOf = async (person: string) =>
  Object.fromEntries((await w.as(person).case(caseId)).forms.map((form) => [form.as, form.values]));

test('[A2] each sees the forms of the steps he had, as those steps showed them; a reader named by the process sees all', async () => {
  expect(await formsOf('songqiao')).toEqual({ request: { subject: '购置设备', secret: '内部' } });
  expect(await formsOf('fuzheng')).toEqual({ opinion: { score: 7 } });
  expect(await formsOf('gaoyuan')).toEqual({ request: { subject: '购置设备' }, opinion: { score: 7 } });
  expect(await formsOf('dingyiming')).toEqual({
    request: { subject: '购置设备', secret: '内部' },
    opinion: { score: 7 },
  });
});

test('[A3] whoever does not read the whole case sees that others acted, not their words', async () => {
  const mine = JSON.stringify(await w.as('songqiao').case(caseId));
  expect(mine).not.toContain('审查意见不外传');
  const whole = await w.as('dingyiming').case(caseId);
  expect(whole.timeline.find((entry) => entry.kind === 'submitted')).toMatchObject({ comment: '审查意见不外传' });
  const kinds = (await w.as('songqiao').case(caseId)).timeline.map((entry) => entry.kind);
  expect(kinds).toContain('submitted');
});

test('[Q1] the to-do list and its count hold what is open for me, and nothing that has ended', async () => {
  expect(await counts(w.host, w.actor('gaoyuan'))).toMatchObject({ todo: 1, overdue: 0 });
  await w.as('gaoyuan').submit('签发', 'agree');
  expect(await counts(w.host, w.actor('gaoyuan'))).toMatchObject({ todo: 0 });
  expect(await w.as('gaoyuan').todo()).toEqual([]);
});

test('[PAGE42] a number leads to what it has counted: due today, overdue, returned', async () => {
  const timed = user(
    'check',
    '审查',
    `assignees='["fuzheng"]' due="add working days(today, 3)" operations="return"`,
    AGREE,
  );
  const sign = user(
    'sign',
    '签发',
    `assignees='["gaoyuan"]' operations="return"`,
    `${AGREE}<ganwei:show as="request"/>`,
  );
  const flow = [start(), timed, sign, end(), line('start', 'check', 'sign', 'end')].join('\n');
  const t = await world({ content: [...FORMS, bpmn('timed', flow)], now: '2026-09-01T09:00' });
  const actor = t.actor('fuzheng');
  const agreed = async (expected: Record<string, number>) => {
    const counted = await counts(t.host, actor);
    expect(counted).toMatchObject(expected);
    for (const only of TODO_KINDS) {
      const { rows } = await inbox(t.host, actor, 'todo', { q: '', only, limit: 20 });
      expect(rows, only).toHaveLength(counted[only]);
    }
  };
  await t.as('songqiao').start('timed', { subject: '其一' });
  await t.as('songqiao').start('timed', { subject: '其二' });
  await agreed({ todo: 2, dueToday: 0, overdue: 0, returned: 0 });
  await t.at('2026-09-04T09:00');
  await agreed({ todo: 2, dueToday: 2, overdue: 0, returned: 0 });
  await t.at('2026-09-05T09:00');
  await t.as('fuzheng').submit('审查', 'agree');
  await t.as('gaoyuan').giveBack('签发', 'check', 'again', '请补充有关依据后再报来审签');
  await agreed({ todo: 2, overdue: 1, returned: 1 });
  await t.stop();
});

test('[Q2] a search finds no case that the list would not show, by text, by id, or by process', async () => {
  const find = async (person: string, query: { q?: string; ids?: string; process?: string }) =>
    (await caseRefs(w.host, w.actor(person), { q: '', process: '', ids: undefined, statuses: '', ...query })).length;
  for (const query of [{ q: '购置' }, { ids: caseId }, { process: 'sealed' }]) {
    expect(await find('fuzheng', query)).toBe(1);
    expect(await find('guqing', query)).toBe(0);
  }
});

test('[Q2] people are found by name, unit and post; those who have left are not', async () => {
  const find = (q: string) => people(w.host, { q, ids: undefined, unit: undefined }).map((person) => person.id);
  expect(find('傅正')).toEqual(['fuzheng']);
  await w.host.store.transaction(async (tx) => {
    await tx('people').where({ id: 'fuzheng' }).update({ active: false });
    const { directoryChanged } = await import('../../server/store/directory.ts');
    await directoryChanged(tx);
  });
  await w.host.refresh();
  expect(find('傅正')).toEqual([]);
});

test('[A60] the page of a task names the case it came from only to those who may read that case', async () => {
  const child = bpmn(
    'child',
    [
      start(),
      user('do', '承办', `assignees='["luchuan"]' candidates='["dingyiming"]' operations="transfer"`, AGREE),
      end(),
      line('start', 'do', 'end'),
    ].join('\n'),
  );
  const parent = bpmn(
    'parent',
    [
      start(),
      '<callActivity id="call" name="派生"><extensionElements><ganwei:call process="child" values="{subject: request.subject}"/></extensionElements></callActivity>',
      end(),
      line('start', 'call', 'end'),
    ].join('\n'),
    `readers='actor.id = "dingyiming"'`,
  );
  await w.stop();
  w = await world({ content: [...FORMS, child, parent] });
  const started = await w.as('songqiao').start('parent', { subject: '主件的事由不外传' });
  expect((await w.as('luchuan').view('承办')).case.parent).toBeNull();
  const { id } = (await w.host.store.reader('tasks').where({ node: 'do' }).first()) ?? {};
  await transferTask(w.host, { actor: w.actor('luchuan') }, id, {
    ...{ to: 'dingyiming', comment: '请丁一鸣同志办理这一派生事项', revision: 1 },
  });
  expect((await w.as('dingyiming').view('承办')).case.parent?.id).toBe(started.caseId);
});

test('[Q22] a file whose content was filed in another case before is marked, for those who see the whole case alone', async () => {
  const marks = async (person: string, id: string) =>
    (await w.as(person).case(id)).timeline.filter(({ kind }) => kind === 'file-known').map(({ detail }) => detail);
  const attach = async (id: string, text: string) => {
    const file = await w.as('songqiao').upload('凭证.pdf', text);
    await w.as('songqiao').attach(id, [file.id]);
  };
  await attach(caseId, '%PDF-1.4 甲');
  expect(await marks('dingyiming', caseId)).toEqual([]);
  const again = await w.as('songqiao').start('sealed', { subject: '另一件', secret: '内部' });
  await attach(again.caseId, '%PDF-1.4 乙');
  expect(await marks('dingyiming', again.caseId)).toEqual([]);
  await attach(again.caseId, '%PDF-1.4 甲');
  expect(await marks('dingyiming', again.caseId)).toEqual([{ file: '凭证.pdf', cases: 1 }]);
  expect(await marks('songqiao', again.caseId)).toEqual([]);
});
