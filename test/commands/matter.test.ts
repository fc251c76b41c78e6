/**
 * Stories about affairs (事项): which cases belong together, and what a person is shown of the whole.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { matter } from '../../server/queries/matter.ts';
import { CALENDARS } from './calendar-files.ts';
import { AGREE, bpmn, end, FORMS, line, service, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;

/** Whoever starts it does one step; then it calls, starts and tells others. */
const source = bpmn(
  'source',
  [
    start(),
    user('work', '办理', `assignees='[case.starter]'`, AGREE),
    service('begin', 'start', { process: '"begun"', values: '{subject: "由服务启动的"}', starter: '"luchuan"' }),
    service('tell', 'message', { name: '"go"', correlation: 'case.id', payload: '{subject: "由消息发起的"}' }),
    '<callActivity id="ask" name="调用"><extensionElements><ganwei:call process="begun" values=\'{subject: "调用的"}\'/></extensionElements></callActivity>',
    end(),
    line('start', 'work', 'begin', 'tell', 'ask', 'end'),
  ].join('\n'),
  'lane="before"',
);
const begun = bpmn(
  'begun',
  [
    '<startEvent id="start" name="开始"><extensionElements><ganwei:start label="开始" form="request" as="request"/></extensionElements></startEvent>',
    user('look', '看', `assignees='["luchuan"]'`, AGREE),
    end(),
    line('start', 'look', 'end'),
  ].join('\n'),
  'lane="after"',
);
const told = bpmn(
  'told',
  [
    '<startEvent id="start" name="开始"><extensionElements><ganwei:start label="开始" form="request" as="request"/></extensionElements><messageEventDefinition id="md" messageRef="m_go"/></startEvent>',
    user('look', '看', `assignees='["fuzheng"]'`, AGREE),
    end(),
    line('start', 'look', 'end'),
  ].join('\n'),
);
/** It says to which it belongs: by what is written as its reason. */
const referring = bpmn(
  'referring',
  [
    start(),
    user('look', '看', `assignees='["fangyuan"]' form="opinion" as="opinion"`, AGREE),
    end(),
    line('start', 'look', 'end'),
  ].join('\n'),
  `lane="after" matter='[request.subject, "没有这个编号"]'`,
);
const WORDS = {
  kind: 'directory' as const,
  key: 'words',
  file: 'directory.json',
  source: JSON.stringify({
    directory: 'words',
    title: '词汇',
    roles: [],
    unitKinds: [],
    levels: [],
    lanes: [
      { key: 'before', title: '事前' },
      { key: 'after', title: '事后' },
    ],
    relations: [],
    unitAttributes: [],
    personAttributes: [],
    postAttributes: [],
  }),
};

beforeEach(async () => {
  w = await world({
    content: [...FORMS, ...CALENDARS, WORDS, source, begun, told, referring],
    now: '2026-09-01T09:00',
  });
});
afterEach(() => w.stop());

const seen = async (person: string, id: string) => {
  const { cases } = await matter(w.host, w.actor(person), id);
  return cases.map((one) => one.case.title);
};
const numberOf = async (id: string) => String((await w.host.store.reader('cases').where({ id }).first())?.number);

test('[C18] what a case calls, starts and tells belongs to its affair', async () => {
  const { caseId } = await w.as('songqiao').start('source', { subject: '桥梁加固' });
  await w.as('songqiao').submit('办理', 'agree');
  const cases = await w.host.store.reader('cases').orderBy('id');
  expect(cases).toHaveLength(4);
  expect(new Set(cases.map((row) => row.matter_id ?? row.id))).toEqual(new Set([caseId]));
});

test('[C18] a case belongs to what it refers to by number; a number that nobody knows changes nothing', async () => {
  const first = await w.as('songqiao').start('source', { subject: '桥梁加固' });
  const other = await w.as('songqiao').start('referring', { subject: await numberOf(first.caseId) });
  const alone = await w.as('songqiao').start('referring', { subject: 'T-2026-9999' });
  expect(await seen('songqiao', other.caseId)).toEqual(['桥梁加固', await numberOf(first.caseId)]);
  expect(await seen('songqiao', alone.caseId)).toEqual(['T-2026-9999']);
});

test('[C18] two affairs that turn out to be one are one from then on', async () => {
  const first = await w.as('songqiao').start('source', { subject: '桥梁加固' });
  const later = await w.as('songqiao').start('referring', { subject: '还不知道' });
  const behind = await w.as('songqiao').start('referring', { subject: await numberOf(later.caseId) });
  expect(await seen('songqiao', behind.caseId)).toHaveLength(2);
  const { Desk } = await import('../../server/case/desk.ts');
  await w.host.store.transaction(
    async (tx) => {
      const desk = new Desk(tx, w.host, w.actor('songqiao'));
      const file = await desk.open(later.caseId);
      file.put('request', { subject: await numberOf(first.caseId) });
      await desk.conclude();
      return desk;
    },
    (write, desk) => desk.save(write),
  );
  expect(await seen('songqiao', behind.caseId)).toHaveLength(3);
});

test('[Q30] the whole affair lists what the person may open, on its lanes, and neither counts nor names the rest', async () => {
  const { caseId } = await w.as('songqiao').start('source', { subject: '桥梁加固' });
  await w.as('songqiao').submit('办理', 'agree');
  const all = await matter(w.host, w.actor('songqiao'), caseId);
  expect(all.lanes).toEqual([
    { key: 'before', title: '事前' },
    { key: 'after', title: '事后' },
  ]);
  expect(all.cases.map((one) => [one.lane, one.case.title])).toContainEqual(['before', '桥梁加固']);
  expect(await w.as('songqiao').case(caseId)).toMatchObject({ matter: true });
  const [begunCase] = await w.host.store.reader('cases').where({ process: 'begun', starter_id: 'luchuan' });
  const part = JSON.stringify(await matter(w.host, w.actor('luchuan'), begunCase.id));
  expect(part).toContain('由服务启动的');
  expect(part).not.toMatch(/桥梁加固|由消息发起的/);
  await expect(matter(w.host, w.actor('luchuan'), caseId)).rejects.toMatchObject({ code: 'not.found' });
  const [toldCase] = await w.host.store.reader('cases').where({ process: 'told' });
  expect(await w.as('fuzheng').case(toldCase.id)).toMatchObject({ matter: false });
});
