/** What a host program adds to the platform, and what outlives a release. */
import { afterEach, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import type { Service } from '../../server/catalogue/service.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { AGREE, bpmn, end, FORMS, line, service, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

/** Asks the host program's register of sites; answers with the person who looks after one. */
const register: Service = {
  label: '场所登记',
  inputs: { site: { type: 'string', required: true, label: '场所' } },
  result: 'context<keeper: person>',
  async run(_context, { site }) {
    const keeper = site === '滨江' ? 'fuzheng' : 'luchuan';
    return { result: { keeper }, notes: [{ kind: 'noted', detail: { text: `查到${site}的负责人` } }] };
  },
};
const functions = {
  'site of': { params: [1, 1] as const, call: ([text]: readonly unknown[]) => String(text).slice(0, 2) },
};

const kept = bpmn(
  'kept',
  [
    start(),
    service('look', 'site-register', { site: 'site of(request.subject)' }, { keeper: 'result.keeper' }),
    user('check', '核对', 'assignees="[keeper]"', AGREE),
    end(),
    line('start', 'look', 'check', 'end'),
  ].join('\n'),
);

test('[EXT1] a process uses a service type and a function that the host program has added', async () => {
  w = await world({ content: [...FORMS, kept], services: { 'site-register': register }, functions });
  const { next } = await w.as('songqiao').start('kept', { subject: '滨江工地' });
  expect(next[0]?.who).toEqual(['傅正']);
  await w.as('fuzheng').submit('核对', 'agree');
});

test('[EXT1] content that names what nobody has added does not take effect', async () => {
  await expect(world({ content: [...FORMS, kept] })).rejects.toThrow(/site of/);
  await expect(world({ content: [...FORMS, kept], functions })).rejects.toThrow(/site-register/);
});

test('[EXT1] what the platform has already is not replaced', async () => {
  await expect(world({ content: FORMS, services: { letter: register } })).rejects.toThrow(/letter/);
  const taken = { 'head of': functions['site of'] };
  await expect(world({ content: FORMS, functions: taken })).rejects.toThrow(/head of/);
});

test('[LIB1] what a release did not touch stays compiled, with all that a process has remembered', async () => {
  const other = (name: string) =>
    bpmn(
      'other',
      [start(), user('look', name, 'assignees="[]"', AGREE), end(), line('start', 'look', 'end')].join('\n'),
    );
  const all = (name: string) => [...FORMS, kept, other(name)];
  w = await world({ content: all('看'), services: { 'site-register': register }, functions });
  const before = await Promise.all(['kept', 'other'].map((key) => w.host.catalogue().process(key)));
  const form = await w.host.catalogue().form('', 'request');
  await takeFolder(w.host, all('再看'));
  await w.host.refresh();
  expect(w.host.catalogue().release).toBe(2);
  expect(await w.host.catalogue().process('kept')).toBe(before[0]);
  expect(await w.host.catalogue().process('other')).not.toBe(before[1]);
  expect(await w.host.catalogue().process('other', 1)).toBe(before[1]);
  expect(await w.host.catalogue().form('', 'request')).toBe(form);
});

/** A file of application functions with one function of one parameter. */
const keeperOf = (body: string): SourceFile => ({
  kind: 'functions',
  key: 'app',
  file: 'processes/app/functions.dmn',
  source: `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="函数" namespace="http://ganwei.dev/test">
    <businessKnowledgeModel id="keeper" name="keeper of"><variable name="keeper of"/><encapsulatedLogic>
    <formalParameter name="subject" typeRef="string"/><literalExpression><text>${body}</text></literalExpression>
    </encapsulatedLogic></businessKnowledgeModel></definitions>`,
});
const byFunction = bpmn(
  'by-function',
  [
    start(),
    user('check', '核对', 'assignees="keeper of(request.subject)"', AGREE),
    end(),
    line('start', 'check', 'end'),
  ].join('\n'),
);

test('[LIB2] a function of the application works in a case, and a release that changes it counts at once', async () => {
  const all = (body: string) => [...FORMS, byFunction, keeperOf(body)];
  w = await world({ content: all('if subject = "滨江" then ["fuzheng"] else holders("zjj", "nobody")') });
  const first = await w.as('songqiao').start('by-function', { subject: '滨江' });
  expect(first.next[0]?.who).toEqual(['傅正']);
  const before = await w.host.catalogue().process('by-function');
  await takeFolder(w.host, all('["luchuan"]'));
  await w.host.refresh();
  expect(await w.host.catalogue().process('by-function')).not.toBe(before);
  const second = await w.as('songqiao').start('by-function', { subject: '滨江' });
  expect(second.next[0]?.who).toEqual(['陆川']);
});

test('[LIB2] a release that leaves the functions alone keeps what is compiled', async () => {
  const all = [...FORMS, byFunction, keeperOf('["luchuan"]')];
  w = await world({ content: all });
  const before = await w.host.catalogue().process('by-function');
  const more = bpmn('more', [start(), end(), line('start', 'end')].join('\n'));
  await takeFolder(w.host, [...all, more]);
  await w.host.refresh();
  expect(w.host.catalogue().release).toBe(2);
  expect(await w.host.catalogue().process('by-function')).toBe(before);
});

test('[LIB3] platforms that share what is compiled each store the steps of their own cases', async () => {
  const steps = ['check', 'sign'].map((id) => user(id, id, 'assignees=\'["fuzheng"]\'', AGREE));
  const content = [
    ...FORMS,
    bpmn('shared', [start(), ...steps, end(), line('start', 'check', 'sign', 'end')].join('\n')),
  ];
  const walked = async (): Promise<World> => {
    const other = await world({ content });
    for (let n = 0; n < 2; n++) await other.as('songqiao').start('shared', { subject: '滨江' });
    await other.as('fuzheng').submit('check', 'agree');
    return other;
  };
  const first = await walked();
  w = await walked();
  expect(w.host.steppers).not.toBe(first.host.steppers);
  await first.stop();
  const { reader } = w.host.store;
  const stand = await reader('cases').select('marking');
  const kept = await reader('markings').select('hash');
  expect(stand.map(({ marking }) => marking).filter((one) => !kept.some(({ hash }) => hash === one))).toEqual([]);
});

test('[V3] on a day before a flow was retired it counts as it did: what is listed can be opened', async () => {
  w = await world({ content: [...FORMS, byFunction, keeperOf('["luchuan"]')], now: '2026-09-02T09:00' });
  await takeFolder(w.host, [...FORMS, keeperOf('["luchuan"]')]);
  await w.host.refresh();
  await expect((async () => w.host.catalogue().process('by-function'))()).rejects.toThrow('by-function');
  await w.at('2026-09-01T09:00');
  expect(
    w.host
      .catalogue()
      .list('process')
      .map(({ key }) => key),
  ).toEqual(['by-function']);
  expect((await w.host.catalogue().process('by-function')).version).toBe(1);
});
