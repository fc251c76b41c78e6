/** What a host program adds to the platform, and what outlives a release. */
import { afterEach, expect, test } from 'vitest';
import type { Service } from '../../server/catalogue/service.ts';
import { publishFolder } from '../../server/commands/publish.ts';
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
    return { result: { keeper: site === '滨江' ? 'fuzheng' : 'luchuan' }, notes: [{ kind: 'looked-up', detail: {} }] };
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
  const form = await w.host.catalogue().form('request');
  await publishFolder(w.host.store, all('再看'), w.host.now(), '改一个步骤', w.host);
  await w.host.refresh();
  expect(w.host.catalogue().release).toBe(2);
  expect(await w.host.catalogue().process('kept')).toBe(before[0]);
  expect(await w.host.catalogue().process('other')).not.toBe(before[1]);
  expect(await w.host.catalogue().process('other', 1)).toBe(before[1]);
  expect(await w.host.catalogue().form('request')).toBe(form);
});
