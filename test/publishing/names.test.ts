/** Names of a change: where they are used, renamed everywhere at once, undone as one step; and cases of before, which go on. */
import { Refusal } from '@ganwei/core/refusal';
import type { Definition } from '@ganwei/release/definition';
import type { Declared } from '@ganwei/release/rename/declared';
import type { Thing } from '@ganwei/release/rename/names';
import { afterEach, expect, test } from 'vitest';
import { fillLedgers } from '../../server/commands/fill-ledgers.ts';
import { namesIn, nameUses, planRename, wouldBreak } from '../../server/publishing/names.ts';
import { renameInChange, renameList, undoRename } from '../../server/publishing/rename-in-change.ts';
import { AGREE, bpmn, end, line, service, start, user } from '../commands/content.ts';
import { paperPrinter } from '../commands/world.ts';
import { type Office, office } from './office.ts';

const FORM = { kind: 'form', app: '', key: 'request' } as const;
const form: Definition = {
  ...FORM,
  file: 'forms/shared/request.form.json',
  source: JSON.stringify(
    {
      form: 'request',
      title: '采购申请',
      schema: {
        type: 'object',
        properties: {
          subject: { type: 'string', title: '事由', required: true, maxLength: 60, 'x-component': 'Text' },
          lines: {
            type: 'array',
            title: '明细',
            'x-component': 'Table',
            items: {
              type: 'object',
              properties: { price: { type: 'number', title: '单价', 'x-component': 'Number' } },
            },
          },
        },
      },
    },
    null,
    2,
  ),
};
const flow = bpmn(
  'order',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]'`, AGREE),
    service('decide', 'decide', { table: '"level"', request: 'request' }, { level: 'result' }),
    service('print', 'letter', { template: '"notice"', to: '["fuzheng"]', counter: '"采"' }),
    end(),
    line('start', 'check', 'decide', 'print', 'end'),
  ].join('\n'),
);
const table: Definition = {
  kind: 'decision',
  key: 'level',
  file: 'level.dmn',
  source: `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="level" name="级别"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="价"><inputExpression id="ie" typeRef="number"><text>sum(request.lines.price)</text></inputExpression></input>
<output id="o" name="name" typeRef="string"/>
<rule id="r1"><inputEntry id="e1"><text>&lt;= 100</text></inputEntry><outputEntry id="oe1"><text>"小额"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="e2"><text>&gt; 100</text></inputEntry><outputEntry id="oe2"><text>"大额"</text></outputEntry></rule>
</decisionTable></decision></definitions>`,
};
const letter: Definition = {
  kind: 'letter',
  key: 'notice',
  file: 'notice.letter.md',
  source: `---
letter: notice
name: 通知
layout: letter
mark: 某机关
organ: 某机关
title: 关于采购的通知
to: "{= letter.to.name }"
---
你单位申请的{= request.subject }共{= string(sum(request.lines.price)) }元，属于{= level.name }，同意采购。
`,
};
const ledger: Definition = {
  kind: 'ledger',
  key: 'orders',
  file: 'forms/ledgers/orders.ledger.json',
  source: JSON.stringify({
    ledger: 'orders',
    title: '采购台账',
    source: { kind: 'case', process: 'order' },
    columns: [
      { key: 'about', label: '事由', value: 'request.subject', slot: 't1' },
      { key: 'answer', label: '结果', value: 'outcome of("check")', slot: 't2' },
      { key: 'price', label: '价', value: 'sum(request.lines.price)', slot: 'n1' },
    ],
    who: 'true',
    rows: [{ who: 'true' }],
    sort: { column: 'about', descending: false },
  }),
};
const CONTENT = [form, flow, table, letter, ledger];
const field = (path: string): Declared => ({
  kind: 'field',
  in: '.request',
  path,
  key: path.split(/\.|\[\]\./).at(-1) ?? '',
});

let o: Office;
afterEach(() => o?.w.stop());

const by = (id: string) => ({ actor: o.w.actor(id) });
const plan = (id: string, name: Declared, to: string, who = 'peiwen') =>
  planRename(o.w.host, o.w.actor(who), id, { name, to }, 'zh-CN');
async function rename(id: string, name: Declared, to: string, who = 'peiwen') {
  const { revision, release, refused } = await plan(id, name, to, who);
  expect(refused).toBe('');
  return renameInChange(o.w.host, by(who), id, { name, to, revision, release });
}
const renames = (id: string) => renameList(o.w.host, o.w.actor('peiwen'), id, 'zh-CN');
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : error);

test('[REN8] a case that was filled in before its field was renamed is decided, gets its letter and stands in its ledger under the new name', async () => {
  const printer = paperPrinter();
  o = await office({ content: CONTENT, printer });
  const begin = (values: Record<string, unknown>) => o.w.as('songqiao').start('order', values);
  await begin({ subject: '会议用桌', lines: [{ price: 60 }, { price: 70 }] });
  const { id } = await o.as('peiwen').begin('改名');
  await rename(id, field('subject'), 'affair');
  await rename(id, field('lines[].price'), 'cost');
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  const { release, findings } = await o.as('peiwen').publish(id);
  expect(release, JSON.stringify(findings)).not.toBeNull();
  await begin({ affair: '文件柜', lines: [{ cost: 30 }] });
  for (const _ of [1, 2]) await o.w.as('fuzheng').submit('审查', 'agree');
  const printed = printer.printed.map((one) => one.replaceAll(/\s/g, ''));
  expect(printed.some((one) => one.includes('会议用桌共130元，属于大额'))).toBe(true);
  expect(printed.some((one) => one.includes('文件柜共30元，属于小额'))).toBe(true);
  const rows = async () =>
    (await o.w.as('peiwen').ledger('orders')).rows.map(({ cells }) => [cells.about, cells.answer, cells.price]).sort();
  const expected = [
    ['会议用桌', 'agree', 130],
    ['文件柜', 'agree', 30],
  ];
  expect(await rows()).toEqual(expected);
  while (!(await fillLedgers(o.w.host)));
  expect(await rows()).toEqual(expected);
});

test('[REN10] a rename is in the change at once or not at all: by whoever may write it all, on what was looked at', async () => {
  o = await office({ content: CONTENT });
  const { id } = await o.as('peiwen').begin('改名');
  const { rows } = await namesIn(o.w.host, o.w.actor('peiwen'), id, FORM);
  expect(rows.map(({ thing, label }) => `${thing.kind} ${label}`)).toEqual([
    'definition ',
    'field 事由',
    'field 明细',
    'field 单价',
  ]);
  const used = await nameUses(o.w.host, o.w.actor('peiwen'), id, { thing: field('subject') }, 'zh-CN');
  expect(new Set(used.places.map(({ definition }) => definition.kind))).toEqual(
    new Set(['form', 'process', 'letter', 'ledger']),
  );
  const planned = await plan(id, field('subject'), 'affair');
  expect(planned.places.map(({ before, after }) => before === after)).not.toContain(true);
  await o.as('kongwei').save(id, FORM, form.source.replace('采购申请', '采购申请表'));
  const seen = { revision: planned.revision, release: planned.release };
  const late = renameInChange(o.w.host, by('peiwen'), id, { name: field('subject'), to: 'affair', ...seen });
  await expect(late.catch(codeOf)).resolves.toBe('change.barred');
  expect((await o.as('peiwen').view(id)).drafts).toHaveLength(1);
  const { places } = await rename(id, field('subject'), 'affair');
  const { drafts, record } = await o.as('peiwen').view(id);
  expect(drafts.map(({ kind }) => kind).sort()).toEqual(['form', 'ledger', 'letter', 'process']);
  expect(record.at(-1)).toMatchObject({ what: 'renamed', words: `subject\naffair\n${places}` });
  expect((await o.as('peiwen').draft(id, FORM)).source).toContain('采购申请表');
  expect(await o.audit()).toContain('change-renamed peiwen');
  await expect(plan(id, field('affair'), 'affair', 'luchuan').catch(codeOf)).resolves.toBe('not.found');
});

test('[REN7] what cannot be a name is refused with why, before anything is worked out', async () => {
  o = await office({ content: CONTENT });
  const { id } = await o.as('peiwen').begin('改名');
  expect((await plan(id, field('subject'), 'lines')).refused).toBe('「lines」已经是「明细」的名称');
  expect((await plan(id, field('subject'), '1a')).refused).toContain('须以汉字、字母或下划线开头');
  expect((await plan(id, field('gone'), 'lost')).refused).toContain('没有这个名称');
});

test('[REN11] the name of an outcome that a ledger asks for stays while there are cases that keep it, and can be another one before', async () => {
  o = await office({ content: CONTENT });
  const { id } = await o.as('peiwen').begin('改名');
  const step: Declared = { kind: 'step', in: '.order', key: 'check' };
  expect((await plan(id, step, 'examine')).refused).toBe('');
  await o.w.as('songqiao').start('order', { subject: '桌', lines: [{ price: 1 }] });
  expect((await plan(id, step, 'examine')).refused).toContain('以前的件（1 件）');
  const unread: Declared = { kind: 'outcome', in: '.order', step: 'check', key: 'agree' };
  expect((await plan(id, unread, 'yes')).refused).toBe('');
});

test('[REN12] a rename is undone as one step: the drafts of before are there again, unless somebody has written since', async () => {
  o = await office({ content: CONTENT });
  const { id } = await o.as('peiwen').begin('改名');
  const mine = form.source.replace('采购申请', '采购申请表');
  await o.as('peiwen').save(id, FORM, mine);
  await rename(id, field('subject'), 'affair');
  const [done] = (await renames(id)).rows;
  expect(done).toMatchObject({ from: 'subject', to: 'affair', barred: '' });
  await undoRename(o.w.host, by('kongwei'), id, { rename: done!.id });
  expect((await o.as('peiwen').view(id)).drafts.map(({ kind }) => kind)).toEqual(['form']);
  expect((await o.as('peiwen').draft(id, FORM)).source).toBe(mine);
  expect((await renames(id)).rows).toEqual([]);
  expect((await o.as('peiwen').view(id)).record.at(-1)?.what).toBe('unrenamed');

  await rename(id, field('subject'), 'affair');
  const text = (await o.as('peiwen').draft(id, FORM)).source!;
  await o.as('kongwei').save(id, FORM, text.replace('采购申请表', '采购单'));
  const [again] = (await renames(id)).rows;
  expect(again?.barred).toContain('采购');
  const undone = undoRename(o.w.host, by('peiwen'), id, { rename: again!.id });
  await expect(undone.catch(codeOf)).resolves.toBe('change.barred');
});

test('[REN13] what a deletion breaks is told before it is done: retiring a table, taking a field out of a form', async () => {
  o = await office({ content: CONTENT });
  const { id } = await o.as('peiwen').begin('停用');
  const broken = async (thing: Thing) => {
    const { findings, definition } = await wouldBreak(o.w.host, o.w.actor('peiwen'), id, { thing }, 'zh-CN');
    return { kinds: findings.flatMap((one) => one.definition?.kind ?? []), definition };
  };
  const level = await broken({ kind: 'definition', of: 'decision', in: '.level', key: 'level' });
  expect(level.kinds).toContain('process');
  expect(level.definition).toEqual({ kind: 'decision', app: '', key: 'level', source: null, revision: 0 });
  expect((await broken({ kind: 'definition', of: 'ledger', in: 'orders', key: 'orders' })).kinds).toEqual([]);
  const { kinds, definition } = await broken(field('subject'));
  expect(kinds).toEqual(expect.arrayContaining(['process', 'letter', 'ledger']));
  expect(Object.keys(JSON.parse(definition.source!).schema.properties)).toEqual(['lines']);
  await o.as('peiwen').save(id, FORM, definition.source);
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  expect((await o.as('peiwen').publish(id)).release).toBeNull();
});

test('[REN8] what a step does not see of another form it does not see under a newer name either', async () => {
  const opinion: Definition = {
    kind: 'form',
    key: 'view',
    file: 'forms/shared/view.form.json',
    source: JSON.stringify({
      form: 'view',
      title: '意见',
      schema: {
        type: 'object',
        properties: {
          said: {
            type: 'string',
            title: '意见',
            'x-component': 'Text',
            'x-rules': { visible: 'count(request.lines) >= 0' },
          },
        },
      },
    }),
  };
  const shows = '<ganwei:show as="request" hide="subject"/>';
  const read = bpmn(
    'order',
    [
      start(),
      user('check', '审查', `assignees='["fuzheng"]' form="view" as="view"`, shows + AGREE),
      end(),
      line('start', 'check', 'end'),
    ].join('\n'),
  );
  o = await office({ content: [form, opinion, read] });
  await o.w.as('songqiao').start('order', { subject: '不宜公开的事由', lines: [{ price: 1 }] });
  const { id } = await o.as('peiwen').begin('改名');
  await rename(id, field('subject'), 'affair');
  await o.as('peiwen').submit(id);
  await o.as('kongwei').review(id, true);
  expect((await o.as('peiwen').publish(id)).release).not.toBeNull();
  const { scope, shown } = await o.w.as('fuzheng').view('审查');
  expect(scope).toEqual({ request: { lines: [{ price: 1 }] } });
  expect(JSON.stringify(shown)).not.toContain('不宜公开的事由');
});
