/** The rule book of who sees what of a case: that its table is what docs/reading.md says, and what the relations see on a small process. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SEES } from '../../server/catalogue/reading.ts';
import { transferTask } from '../../server/commands/transfer-task.ts';
import { diagram } from '../../server/queries/case-view.ts';
import { caseRefs, readableFile } from '../../server/queries/lists.ts';
import { taskView } from '../../server/queries/task-view.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';

const WORDS = { 全部: 'all', 办结后: 'closed', 本步骤所示: 'shown', 给本人的: 'addressed', 本人的: 'own', '—': 'none' };

test('[READ1] the table in the manual is the table the program goes by, cell by cell', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/reading.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| [^|]+ \| (.+) \|$/gm)].map(([, thing, cells]) => [
    thing,
    cells!.split(' | ').map((cell) => WORDS[cell as keyof typeof WORDS]),
  ]);
  expect(rows).toEqual(
    Object.entries(SEES).map(([thing, { reader, handler, concerned, recipient }]) => [
      thing,
      [reader, handler, concerned, recipient],
    ]),
  );
});

const phases = bpmn(
  'phased',
  [
    start(),
    '<subProcess id="look" name="核查"><startEvent id="s1"/>',
    user('secret', '秘密核实', `assignees='["fuzheng"]' form="opinion" as="opinion"`, AGREE),
    '<endEvent id="e1"/><sequenceFlow id="a" sourceRef="s1" targetRef="secret"/><sequenceFlow id="b" sourceRef="secret" targetRef="e1"/></subProcess>',
    user('sign', '签发', `assignees='["gaoyuan"]' candidates='["zhongli"]' operations="transfer"`, AGREE),
    end(),
    line('start', 'look', 'sign', 'end'),
  ].join('\n'),
  `readers='actor.id = "dingyiming"'`,
);

let w: World;
let caseId: string;

beforeEach(async () => {
  w = await world({ content: [...FORMS, phases] });
  ({ caseId } = await w.as('songqiao').start('phased', { subject: '甲事' }));
});
afterEach(() => w?.stop());

test('[READ2] whoever does not read the whole case sees how far it is, not by which steps; the drawing is the readers’', async () => {
  const secret = await w.as('fuzheng').task('秘密核实');
  await w.as('fuzheng').submit('秘密核实', 'agree', { score: 7 }, '核实情况不外传');
  const mine = await w.as('songqiao').case(caseId);
  expect(mine.milestones).toMatchObject([{ name: '核查', state: 'done' }]);
  expect(mine.drawing).toBe(false);
  expect(mine.timeline.map(({ kind }) => kind)).toEqual(['started']);
  for (const word of ['秘密核实', '签发', '傅正', '高远']) expect(JSON.stringify(mine)).not.toContain(word);
  await expect(diagram(w.host, w.actor('songqiao'), caseId)).rejects.toMatchObject({ code: 'not.found' });
  await expect(taskView(w.host, w.actor('songqiao'), secret)).rejects.toMatchObject({ code: 'not.found' });
  await expect(w.as('songqiao').submitTo(secret, 'agree')).rejects.toMatchObject({ code: 'not.found' });
  const whole = await w.as('dingyiming').case(caseId);
  expect(whole.timeline.map(({ kind, phase }) => [kind, phase])).toEqual([
    ['started', ''],
    ['submitted', '核查'],
  ]);
  expect((await diagram(w.host, w.actor('dingyiming'), caseId)).finished).toContain('secret');
  await expect(taskView(w.host, w.actor('dingyiming'), secret)).rejects.toThrow('傅正');
});

test('[READ3] whoever has handed his task to another finds the case no more, nor in a search', async () => {
  await w.as('fuzheng').submit('秘密核实', 'agree', { score: 7 });
  const id = await w.as('gaoyuan').task('签发');
  const refs = async () =>
    (await caseRefs(w.host, w.actor('gaoyuan'), { q: '甲', process: '', ids: undefined, statuses: '' })).length;
  expect(await refs()).toBe(1);
  await transferTask(w.host, { actor: w.actor('gaoyuan') }, id, {
    ...{ to: 'zhongli', comment: '请钟离同志代为签发此件', revision: 1 },
  });
  await expect(w.as('gaoyuan').case(caseId)).rejects.toMatchObject({ code: 'not.found' });
  expect(await refs()).toBe(0);
  expect((await w.as('zhongli').case(caseId)).timeline.map(({ comment }) => comment)).toContain(
    '请钟离同志代为签发此件',
  );
});

test('[READ4] what is added to a case is read by the readers and the author’s own colleagues on it, not by the person concerned', async () => {
  const file = await w.as('fuzheng').upload('证人谈话笔录.pdf');
  await w.as('fuzheng').comment(caseId, '对象态度不老实');
  await w.as('fuzheng').attach(caseId, [file.id]);
  await w.as('fuzheng').submit('秘密核实', 'agree', { score: 7 });
  const of = async (person: string) => JSON.stringify(await w.as(person).case(caseId));
  for (const word of ['对象态度不老实', '证人谈话笔录']) {
    expect(await of('songqiao')).not.toContain(word);
    expect(await of('dingyiming')).toContain(word);
    expect(await of('gaoyuan')).toContain(word);
  }
  await expect(readableFile(w.host, w.actor('songqiao'), file.id)).rejects.toMatchObject({ code: 'not.found' });
  expect((await readableFile(w.host, w.actor('dingyiming'), file.id)).name).toBe('证人谈话笔录.pdf');
});
