/** What becomes of a letter that is voided: its number stays used, and whoever has it, or looks for it, learns that it holds no more, and why. */
import { afterEach, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { letter } from '../../server/queries/lists.ts';
import { messages } from '../../server/queries/messages.ts';
import { AGREE, bpmn, end, FORMS, line, service, start, user } from './content.ts';
import { paperPrinter, type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const template: SourceFile = {
  kind: 'letter',
  key: 'notice',
  file: 'notice.letter.md',
  source: `---
letter: notice
name: 通知
layout: letter
mark: 某机关
organ: 某机关
title: 通知
to: "{= letter.to.name }"
---
请按期办理。
`,
};
const ledger: SourceFile = {
  kind: 'ledger',
  key: 'LETTERS',
  file: 'LETTERS.ledger.json',
  source: JSON.stringify({
    ledger: 'LETTERS',
    title: '文书登记簿',
    source: { kind: 'letter' },
    columns: [
      { key: 'number', label: '文号', value: 'letter.number', slot: 't1' },
      { key: 'state', label: '状态', value: 'letter.state' },
      { key: 'why', label: '理由', value: 'letter.voidReason' },
      { key: 'ground', label: '依据', value: 'letter.voidGround' },
    ],
    who: 'true',
    rows: [{ who: 'true' }],
    exports: 'false',
    sort: { column: 'number', descending: false },
  }),
};
const notice = bpmn(
  'notify',
  [
    start(),
    service('print', 'letter', { template: '"notice"', to: '["luchuan"]', counter: '"函"' }, { issued: 'result' }),
    end(),
    line('start', 'print', 'end'),
  ].join('\n'),
);
/** Another case voids the letter whose number is its subject, twice. */
const revoke = bpmn(
  'revoke',
  [
    start(),
    user('check', '审批', `assignees='["fuzheng"]'`, AGREE),
    service('first', 'void-letter', { number: '[request.subject]', reason: '"依据变化"', ground: '"撤〔2026〕1号"' }),
    service('again', 'void-letter', { number: '[request.subject]', reason: '"再次"' }),
    end(),
    line('start', 'check', 'first', 'again', 'end'),
  ].join('\n'),
);

async function issued() {
  w = await world({ content: [...FORMS, template, ledger, notice, revoke], printer: paperPrinter() });
  const { caseId } = await w.as('songqiao').start('notify', { subject: '通知' });
  const row = await w.host.store.reader('letters').where({ case_id: caseId }).first();
  return { caseId, id: String(row.id) };
}
const revoked = async () => {
  await w.as('songqiao').start('revoke', { subject: '函〔2026〕1号' });
  await w.as('fuzheng').submit('审批', 'agree');
};
const register = async () => (await w.as('songqiao').ledger('LETTERS')).rows.map(({ cells }) => cells);

test('[L71] a letter is voided by another case, once: its page, the register and the record of its own case say when, why and under which letter', async () => {
  const { id, caseId } = await issued();
  expect(await register()).toMatchObject([{ number: '函〔2026〕1号', state: '有效' }]);
  await revoked();
  const seen = await letter(w.host, w.actor('luchuan'), id);
  expect(seen).toMatchObject({ state: 'void', voided: { reason: '依据变化', ground: '撤〔2026〕1号' } });
  expect(await register()).toEqual([
    { number: '函〔2026〕1号', state: '作废', why: '依据变化', ground: '撤〔2026〕1号' },
  ]);
  const { timeline } = await w.as('luchuan').case(caseId);
  expect(timeline.filter(({ kind }) => kind === 'letter-void')).toHaveLength(1);
});

test('[L71] whoever received it is told once, and the message opens the letter, like the one with which it came', async () => {
  const { id } = await issued();
  await revoked();
  const { rows } = await messages(w.host, w.actor('luchuan'), { limit: 20 });
  const told = rows.flatMap((group) => group.rows);
  expect(told.map(({ title, node, letterId }) => [title, node, letterId])).toEqual([
    ['通知——已作废', '函〔2026〕1号已作废：依据变化（撤〔2026〕1号）', id],
    ['通知', '函〔2026〕1号', id],
  ]);
});
