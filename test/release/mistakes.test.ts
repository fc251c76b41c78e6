/**
 * The single mistakes that once took effect without a word, each put to the very command that publishes: it makes no release, and says
 * where and why. The content is test/release/base. Rules: [V5] [V6] [V3].
 */
import path from 'node:path';
import { errorsOf } from '@ganwei/core/definition';
import type { Definition } from '@ganwei/release/definition';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { type World, world } from '../commands/world.ts';

const base = readFolder(path.join(import.meta.dirname, 'base'));

function changed(file: string, find: string, put: string): Definition[] {
  const target = base.find((one) => path.basename(one.file) === file);
  expect(target?.source).toContain(find);
  return base.map((one) => (one === target ? { ...one, source: one.source.replace(find, put) } : one));
}

const without = (file: string): Definition[] => base.filter((one) => path.basename(one.file) !== file);

describe('one mistake', () => {
  let w: World;
  beforeAll(async () => {
    w = await world({ content: base });
  });
  afterAll(() => w.stop());

  const refused = async (content: readonly Definition[], file: string, says: RegExp): Promise<void> => {
    const { release, problems } = await takeFolder(w.host, content);
    expect(release).toBeNull();
    const told = errorsOf(problems) as typeof problems;
    expect(told.map((one) => `${path.basename(one.file)} ${one.element} ${one.message}`).join('\n')).toMatch(says);
    expect(told.some((one) => path.basename(one.file) === file)).toBe(true);
  };

  test.each([
    [
      'an unknown name in a form rule',
      'loan-check.form.json',
      'request.deposit',
      'reqest.deposit',
      /remark .*是否指「request」/,
    ],
    ['an unknown name in a letter', 'loan-slip.letter.md', 'term.days', 'trm.days', /第 8 行 .*是否指「term」/],
    ['an unknown name in a ledger', 'loans.ledger.json', 'case.number', 'caes.number', /number .*是否指「case」/],
    ['an unknown name in a where', 'loan.bpmn', 'row.deposit', 'rows.deposit', /earlier .*是否指「row」/],
    ['a letter that does not exist', 'loan.bpmn', '"loan-slip"', '"loan-slap"', /slip .*是否指「loan-slip」/],
    ['a table that does not exist', 'loan.bpmn', '"days"', '"dais"', /term .*是否指「days」/],
    [
      'a role that does not exist',
      'loan.bpmn',
      '"keeper")',
      '"keepr")',
      /approve .*角色中没有「keepr」，是否指「keeper」/,
    ],
    [
      'an unknown field of the form in an outcome',
      'loan.bpmn',
      'form.ready',
      'form.raedy',
      /approve .*是否指「ready」/,
    ],
    [
      'a permission for a field that does not exist',
      'loan.bpmn',
      'path="remark"',
      'path="remakr"',
      /approve .*是否指「remark」/,
    ],
    [
      'a step that does not exist',
      'loan.bpmn',
      'reached("approve")',
      'reached("aprove")',
      /inspect .*是否指「approve」/,
    ],
    [
      'a required input that is missing',
      'loan.bpmn',
      '<ganwei:input name="to" value="case.starter"/>',
      '',
      /slip .*缺少输入「to」/,
    ],
    ['a relation that does not exist', 'loan.bpmn', '"store")', '"stroe")', /approve .*单位关系中没有「stroe」/],
    ['a renamed outcome', 'loan.bpmn', 'outcome key="agree"', 'outcome key="consent"', /yes .*没有「agree」/],
    ['a member that the table does not answer', 'loan.bpmn', 'term.days)', 'term.day)', /approve .*是否指「days」/],
  ])('[V5] %s makes no release', async (_what, file, find, put, says) => {
    await refused(changed(file, find, put), file, says);
  });

  test('[V5] a file that is gone while others speak of it makes no release', async () => {
    await refused(without('loan-slip.letter.md'), 'loan.bpmn', /slip .*没有「loan-slip」/);
    await refused(without('kinds.json'), 'loan-request.form.json', /kind .*没有字典「kinds」/);
  });

  test('[V5] a process that can hang makes no release, and the way to it is told', async () => {
    const hang = changed(
      'inspection.bpmn',
      '<sequenceFlow id="bad" sourceRef="which" targetRef="endBroken"/>',
      '<sequenceFlow id="bad" sourceRef="which" targetRef="both"/><parallelGateway id="both" name="汇合"/><sequenceFlow id="again" sourceRef="which" targetRef="mend"><conditionExpression xsi:type="tFormalExpression">note.ready = true</conditionExpression></sequenceFlow><userTask id="mend" name="修理"><extensionElements><ganwei:task assignees="[case.starter]"><ganwei:outcome key="done" label="修好" style="primary"/></ganwei:task></extensionElements></userTask><sequenceFlow id="mended" sourceRef="mend" targetRef="both"/><sequenceFlow id="out" sourceRef="both" targetRef="endBroken"/>',
    );
    await refused(hang, 'inspection.bpmn', /both .*则停在「汇合」/);
  });
});

describe('what is gone', () => {
  test('[V6] a process without a file starts nothing new, its running case goes on, and the file brings it back', async () => {
    // A story that goes through the process would be broken without it.
    const whole = base.filter(({ kind }) => kind !== 'story');
    const w = await world({ content: whole });
    const { host } = w;
    const inspection = whole.filter(({ file }) => /inspection/.test(file));
    const rest = whole
      .filter((one) => !inspection.includes(one))
      .map((one) =>
        one.key === 'loan'
          ? { ...one, source: one.source.replace(/<ganwei:action[\s\S]*?<\/ganwei:action>/, '') }
          : one,
      );
    const publish = (content: readonly Definition[]) => takeFolder(host, content);
    const running = await host.catalogue().process('inspection');
    const first = await publish(rest);
    expect([errorsOf(first.problems), first.changed]).toEqual([[], 4]);
    await host.refresh();
    expect(
      host
        .catalogue()
        .list('process')
        .map(({ key }) => key),
    ).toEqual(['loan']);
    await expect((async () => host.catalogue().process('inspection'))()).rejects.toThrow('没有找到流程「inspection」');
    expect(await host.catalogue().process('inspection', running.version)).toBe(running);
    expect((await host.catalogue().form('loan', 'inspection-note', 1)).value.key).toBe('inspection-note');
    expect((await publish(rest)).changed).toBe(0);
    await publish(whole);
    await host.refresh();
    expect((await host.catalogue().process('inspection')).version).toBe(3);
    await w.stop();
  });

  test('[V3] an entry of a dictionary counts from its first to its last day', async () => {
    const entry = '"code": "tool", "label": "器材"';
    const content = changed('kinds.json', entry, `${entry}, "from": "2026-09-02", "to": "2026-09-03"`);
    const w = await world({ content, now: '2026-09-01T09:00' });
    const active = () =>
      w.host
        .catalogue()
        .dictionary('kinds')
        ?.items.find(({ code }) => code === 'tool')?.active;
    const days: unknown[] = [active()];
    for (const day of ['2026-09-02', '2026-09-03', '2026-09-04']) {
      await w.at(`${day}T09:00`);
      await w.host.refresh();
      days.push(active());
    }
    expect(days).toEqual([false, true, true, false]);
    await w.stop();
  });
});
