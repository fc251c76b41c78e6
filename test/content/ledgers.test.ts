/** Rule [CON5]: what the ledgers of the content show, and to whom; played on the shipped processes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ledgerList, ledgerView } from '../../server/queries/ledger.ts';
import { type World, world } from '../commands/world.ts';
import { CONTENT } from '../stories/rectification-stage.ts';
import { TODAY } from './desk.ts';
import { acceptance, application } from './fillings.ts';
import { request } from './rectification-fillings.ts';

let stage: World;
beforeAll(async () => {
  stage = await world({ content: CONTENT, now: `${TODAY}T09:00` });
  const city = stage.as('songqiao');
  await city.start('tolerance', application(await city.upload('会议纪要.pdf')), 'byPerson');
  const county = stage.as('xiangmingyuan');
  const subjects = [{ person: 'xiangmingyuan', role: '主要负责人' }];
  await county.start(
    'tolerance',
    application(await county.upload('会议纪要.pdf'), { subjects, accountabilityOrgan: 'zg-jw' }),
    'byPerson',
  );
  await stage.at('2026-09-03T10:00');
  await stage.as('qinfang').submit('受理审查', 'accept', acceptance({ handler: 'zgtianli' }));
  await stage.as('dingyiming').start('caller', request(), 'start');
});

const cells = async (person: string, ledger: string) =>
  (await stage.as(person).ledger(ledger)).rows.map((r) => r.cells);
const subjects = async (person: string) => (await cells(person, 'REG-02')).map((row) => row.subjects).sort();
const menu = (person: string) => ledgerList(stage.host, stage.actor(person)).map(({ key }) => key);

describe('REG-02', () => {
  test('[CON5] a case stands in it with what is known so far', async () => {
    const [row] = (await cells('fuzheng', 'REG-02')).filter((one) => one.subjects === '向明远');
    expect(row).toMatchObject({
      startMode: '个人申请',
      eventTitle: '滨江片区燃气管道改造先行开工',
      level: '县级',
      division: '秭归县',
      situations: ['TS01', 'TS02'],
      acceptedOn: '2026-09-03',
      status: '已受理',
      steps: '受理2',
    });
    expect(row?.result).toBeNull();
  });

  test('[CON5] the office of the leading group sees every case of the city and its counties', async () => {
    expect(await subjects('fuzheng')).toEqual(['向明远', '宋桥']);
  });

  test.each([
    ['qinfang', ['向明远']],
    ['dingyiming', ['宋桥']],
  ])('[CON5] %s sees the cases of the own organ only', async (person, seen) => {
    expect(await subjects(person)).toEqual(seen);
  });

  test('[CON82] a member of the leading group sees none that was not on its agenda', async () => {
    expect(await subjects('jianglan')).toEqual([]);
  });

  test.each(['songqiao', 'yinchuan', 'yuanke', 'hezhou', 'guqing'])(
    '[CON5] for %s, who has no part in it, the ledger does not exist',
    async (person) => {
      expect(menu(person)).not.toContain('REG-02');
      await expect(stage.as(person).ledger('REG-02')).rejects.toMatchObject({ code: 'not.found' });
    },
  );

  test('[CON5] what serves only to find rows is shown to nobody', () => {
    const keys = ledgerView(stage.host, stage.actor('fuzheng'), 'REG-02').columns.map(({ key }) => key);
    expect(keys).toContain('subjects');
    expect(keys).not.toContain('subjectIds');
    expect(keys).not.toContain('organ');
  });

  test('[CON5] only the window and heads of section take it away', () => {
    const exports = (person: string) => ledgerView(stage.host, stage.actor(person), 'REG-02').exports;
    expect(['fuzheng', 'dingyiming', 'fangyuan', 'gaoyuan'].map(exports)).toEqual([true, true, false, false]);
  });
});

describe('REG-05', () => {
  test('[CON5] a rectification stands in it with its source, its unit and its deadlines', async () => {
    expect(await cells('dingyiming', 'REG-05')).toMatchObject([
      {
        sourceType: '容错决定',
        sourceNo: '宜纪容决〔2026〕1号',
        unitName: '宜昌市住房和城乡建设局',
        persons: '宋桥',
        problems: 2,
        closed: 0,
        planDue: '2026-09-08',
        finalDue: '2026-12-31',
        extended: '否',
        overdueDays: 0,
        falsified: '否',
      },
    ]);
  });

  test.each([
    ['fuzheng', 1],
    ['dingyiming', 1],
    ['yinchuan', 1],
    ['songqiao', 1],
    ['linxue', 0],
    ['qinfang', 0],
    ['qiufan', 0],
  ])('[CON5] %s sees %i of them', async (person, count) => {
    expect(await cells(person, 'REG-05')).toHaveLength(count);
  });
});

describe('REG-18', () => {
  test('[CON5] the register of letters is for the organs that issue them', () => {
    expect(['fuzheng', 'qinxiao', 'qinfang', 'yuanke'].map((person) => menu(person).includes('REG-18'))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['songqiao', 'xuning', 'linxue'].map((person) => menu(person).includes('REG-18'))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
