/** What becomes of a letter that cannot be made: too many lines, too many pages, nothing that prints. */
import { afterEach, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { type Printer, PrintFault } from '../../server/catalogue/host.ts';
import { AGREE, bpmn, end, FORMS, line, service, start, user } from './content.ts';
import { paperPrinter, type World, world } from './world.ts';

let w: World;
afterEach(async () => {
  await w?.stop();
  w = undefined as never;
});

/** Loops within loops: a list of `request.amount` numbers, three times over. */
const template: SourceFile = {
  kind: 'letter',
  key: 'thousandfold',
  file: 'thousandfold.letter.md',
  source: `---
letter: thousandfold
name: 通知
layout: letter
mark: 某机关
organ: 某机关
title: 通知
to: "{= letter.to.name }"
---
{for a in numbers}
{for b in numbers}
{for c in numbers}
{= string(a + b + c) }
{end}
{end}
{end}
`,
};
const process = bpmn(
  'notify',
  [
    start(),
    service('list', 'set', { value: 'for i in 1..request.amount return i' }, { numbers: 'result' }),
    user('sign', '签发', `assignees='["fuzheng"]'`, AGREE),
    service('print', 'letter', { template: '"thousandfold"', to: '["fuzheng"]', counter: '"函"' }),
    end(),
    line('start', 'list', 'sign', 'print', 'end'),
  ].join('\n'),
);

async function issue(amount: number, printer: Printer = paperPrinter()) {
  w ??= await world({ content: [...FORMS, template, process], printer });
  const { caseId, next } = await w.as('songqiao').start('notify', { subject: '通知', amount });
  const refused = await w
    .as('fuzheng')
    .submitTo(next[0]!.task, 'agree')
    .catch((error: Error) => error.message);
  const incident = await w.host.store.reader('incidents').where({ case_id: caseId }).first();
  return { refused, detail: incident?.detail };
}

test('[L60] a letter whose loops multiply is an incident that says so, soon, and the next letter has the next number', async () => {
  const began = performance.now();
  expect(await issue(900)).toEqual({
    refused: '此步办理后流程无法继续：文书超过 5000 行。内容未提交，请联系管理员。',
    detail: '文书超过 5000 行',
  });
  expect(performance.now() - began).toBeLessThan(20_000);
  const { refused } = await issue(3);
  expect(refused).toMatchObject({ letters: [{ number: '函〔2026〕1号' }] });
});

test('[L60] a letter of too many pages, or one that does not print, is an incident with the printer’s reason', async () => {
  let answer: () => ReturnType<Printer['print']> = async () => ({
    pdf: new Uint8Array(1),
    pages: 201,
    substitutions: [],
  });
  const printer: Printer = { print: () => answer() };
  w = await world({ content: [...FORMS, template, process], printer });
  expect(await issue(2)).toMatchObject({ detail: '文书有 201 页，超过 200 页' });
  answer = () => Promise.reject(new PrintFault({ code: 'letter.seconds', params: { seconds: 20 } }));
  expect(await issue(2)).toMatchObject({ detail: '文书排版超过 20 秒' });
});
