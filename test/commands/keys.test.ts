/**
 * Keys belong to an application: two applications, each with a form, a table, a letter and a process `approval`, live side by side and never
 * meet; and what was published before applications had keys of their own goes on. Rules: [KEY1] [KEY2] [KEY3].
 */
import type { Definition } from '@ganwei/release/definition';
import { afterEach, expect, test } from 'vitest';
import { takeFolder } from '../../server/publishing/folder.ts';
import { AGREE, bpmn, end, line, service, start, user } from './content.ts';
import { paperPrinter, type World, world } from './world.ts';

let w: World;
afterEach(() => w.stop());

const form = (field: string, title: string): Definition => ({
  kind: 'form',
  key: 'approval',
  file: 'approval.form.json',
  source: JSON.stringify({
    form: 'approval',
    title,
    schema: {
      type: 'object',
      properties: {
        [field]: { type: 'number', title: field, required: true, 'x-component': 'Number' },
        earlier: {
          type: 'string',
          title: '前一件',
          'x-component': 'CaseRef',
          'x-component-props': { process: 'approval' },
        },
      },
    },
  }),
});

const table = (days: number): Definition => ({
  kind: 'decision',
  key: 'approval',
  file: 'approval.dmn',
  source: `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="approval" name="期限"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="数"><inputExpression id="ie" typeRef="number"><text>n</text></inputExpression></input>
<output id="o" name="days" typeRef="number"/>
<rule id="r1"><inputEntry id="e1"><text>-</text></inputEntry><outputEntry id="oe1"><text>${days}</text></outputEntry></rule>
</decisionTable></decision></definitions>`,
});

const letter = (title: string): Definition => ({
  kind: 'letter',
  key: 'approval',
  file: 'approval.letter.md',
  source: `---
letter: approval
name: ${title}
layout: letter
mark: 某机关
organ: 某机关
title: ${title}
to: "{= letter.to.name }"
---
限{= string(term.days) }日。
`,
});

/** An application whose form counts `field`; all of its definitions are called `approval`. */
function application(app: string, field: string, title: string, days: number): Definition[] {
  const steps = [
    start('approval'),
    service('decide', 'decide', { table: '"approval"', n: `approval.${field}` }, { term: 'result' }),
    user('sign', `签${title}`, `assignees='["fuzheng"]' form="approval" as="approval"`, AGREE),
    service('print', 'letter', { template: '"approval"', to: '["fuzheng"]', counter: `"${title}"` }),
    end(),
    line('start', 'decide', 'sign', 'print', 'end'),
  ];
  const process = bpmn('approval', steps.join('\n'));
  const titled = process.source
    .replace(/ganwei:case title='[^']*'/, `ganwei:case title='"${title} " + string(approval.${field})'`)
    .replace('name="approval" isExecutable', `name="${title}" isExecutable`);
  return [form(field, title), table(days), letter(title), { ...process, source: titled }].map((one) => ({
    ...one,
    app,
    file: `processes/${app}/${one.file}`,
  }));
}
const loans = application('loans', 'items', '借用', 3);
const leave = application('leave', 'days', '请假', 30);

const ledger = (key: string, process: string): Definition => ({
  kind: 'ledger',
  key,
  file: `forms/ledgers/${key}.ledger.json`,
  source: JSON.stringify({
    ledger: key,
    title: key,
    source: { kind: 'case', process },
    columns: [{ key: 'title', label: '标题', value: 'case.title', slot: 't1' }],
    who: 'true',
    rows: [{ who: 'true' }],
    sort: { column: 'title', descending: false },
  }),
});

test('[KEY1] two applications each with a form, a table, a letter and a process `approval` never meet', async () => {
  const printer = paperPrinter();
  const ledgers = [ledger('loans', 'loans.approval'), ledger('leave', 'leave.approval')];
  w = await world({ content: [...loans, ...leave, ...ledgers], printer });
  const keys = w.host.catalogue().list('process');
  expect(keys.map(({ key, title }) => [key, title])).toEqual([
    ['approval', '借用'],
    ['leave.approval', '请假'],
  ]);
  for (const { key, field, title, days } of [
    { key: 'approval', field: 'items', title: '借用', days: 3 },
    { key: 'leave.approval', field: 'days', title: '请假', days: 30 },
  ]) {
    await expect(w.as('songqiao').start(key, { [field === 'items' ? 'days' : 'items']: 1 })).rejects.toMatchObject({
      code: 'input.invalid',
    });
    const { caseId, next } = await w.as('songqiao').start(key, { [field]: 7 });
    const { case: head, forms } = await w.as('songqiao').case(caseId);
    expect([head.title, forms[0]?.values]).toEqual([`${title} 7`, expect.objectContaining({ [field]: 7 })]);
    const done = await w.as('fuzheng').submitTo(next[0]!.task, 'agree', { [field]: 8 });
    expect(done.letters).toMatchObject([{ title, number: `${title}〔2026〕1号` }]);
    expect(printer.printed.at(-1)).toContain(`限${days}日`);
  }
  const rows = async (key: string) => (await w.as('fuzheng').ledger(key)).rows.map(({ cells }) => cells.title);
  expect([await rows('loans'), await rows('leave')]).toEqual([['借用 7'], ['请假 7']]);
});

test('[KEY2] what a database of before has under short keys goes on under them, whoever owns it from now on', async () => {
  const before = loans.map(({ app: _, ...shared }) => shared);
  w = await world({ content: before });
  const old = await w.as('songqiao').start('approval', { items: 1 });
  const publish = (content: readonly Definition[]) => takeFolder(w.host, content);
  expect(await publish(loans)).toMatchObject({ release: 2, changed: 0, problems: [] });
  expect(await publish([...leave, ...loans])).toMatchObject({ release: 3, changed: 4 });
  await w.host.refresh();
  expect((await w.host.catalogue().process('approval')).app).toBe('loans');
  expect(w.host.catalogue().resolve('process', 'leave', 'approval')).toBe('leave.approval');
  const done = await w.as('fuzheng').submitTo(old.next[0]!.task, 'agree', { items: 2 });
  expect(done.letters).toMatchObject([{ title: '借用' }]);
  expect((await w.as('songqiao').start('leave.approval', { days: 2 })).next).toHaveLength(1);
});

test('[KEY3] a name means what it meant when an application adds a file: what it shared with others stays theirs', async () => {
  const shared = loans.map(({ app: _, ...one }) => one);
  const look = user('look', '看', `assignees='["fuzheng"]'`, AGREE);
  const drawn = bpmn('visit', [start('approval'), look, end(), line('start', 'look', 'end')].join('\n'));
  const source = drawn.source.replace(/ganwei:case title='[^']*'/, `ganwei:case title='"来访"'`);
  const visit: Definition = { ...drawn, source, app: 'visits' };
  w = await world({ content: [...shared, visit] });
  const publish = (content: readonly Definition[]) => takeFolder(w.host, content);
  expect((await publish([...shared, visit, ...leave])).problems).toEqual([]);
  await w.host.refresh();
  const named = async (app: string) => (await w.host.catalogue().form(app, 'approval')).value.title;
  expect([await named('visits'), await named('leave'), await named('')]).toEqual(['借用', '请假', '借用']);
});
