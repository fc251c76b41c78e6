/** Rules [DIR4]-[DIR12]: lists of units and people are read, judged, told and written. */
import { readFileSync } from 'node:fs';
import { said } from '@ganwei/core/reason';
import { readDirectoryWords } from '@ganwei/release/directory';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { differences } from '../../server/directory/differences.ts';
import { sheetsOf } from '../../server/directory/export.ts';
import { readLines, titleProblems } from '../../server/directory/lines.ts';
import type { Organisation } from '../../server/directory/organisation.ts';
import { changed } from '../../server/directory/organisation.ts';
import { readTable, writeTable } from '../../server/directory/workbook.ts';

const WORDS = readDirectoryWords(readFileSync('forms/directory.json', 'utf8'));
const EMPTY: Organisation = { units: new Map(), people: new Map(), duties: new Map() };

/** What a CSV file does to an organisation. */
async function read(csv: string | Uint8Array, before: Organisation = EMPTY) {
  const table = await readTable(typeof csv === 'string' ? Buffer.from(csv) : csv);
  const { change, problems, places } = readLines(table.lines, before, WORDS);
  const told = [...titleProblems(table.titles, WORDS), ...problems].map(
    ({ line, reason }) => `${line} ${said(reason)}`,
  );
  return { told, change, places, after: changed(before, change), changes: differences(before, change, WORDS) };
}

const UNITS = `单位编码,单位名称,上级单位编码,单位类别,层级,机关代字,关系：审计机关
yc,宜昌市,,行政区划,市级,,sj
sj,宜昌市审计局,yc,gov,city,宜审,
rcb,市容错办,yc,内设机构,市级,宜容,-`;
const PEOPLE = `单位编码,用户名,姓名,干部管理权限,职务,角色,代理角色,任职起,任职止,分管领域
rcb,lina,李娜,市管,主任,主要负责人；签发人,,2024-01-01,,工程；招商
sj,lina,,,兼职,,审理人员,,2026-12-31,
,zhaoqi,赵奇,,,,,,,`;

const office = async () => (await read(`${PEOPLE}`, (await read(UNITS)).after)).after;

describe('a list', () => {
  test('[DIR12] a role whose own title has a separator is one role: the whole made-up city goes out and comes in again', async () => {
    const roles = '领导小组组长、市委、市政府主要领导；市委、市政府主要领导，签发人';
    const { told, after } = await read(
      `单位编码,用户名,姓名,职务,角色\nrcb,wang,王新,市长,"${roles}"`,
      (await read(UNITS)).after,
    );
    expect(told).toEqual([]);
    expect(after.people.get('wang')?.posts[0]?.roles).toEqual(['lg_head', 'city_main', 'city_main', 'signer']);
  });

  test('[DIR4] fills an organisation from nothing: words by title or key, attributes by type, relations, several posts', async () => {
    const units = await read(UNITS);
    expect(units.told).toEqual([]);
    expect(units.after.units.get('rcb')).toMatchObject({
      kind: 'office',
      level: 'city',
      parent: 'yc',
      shortName: '市容错办',
      attributes: { docCode: '宜容' },
      relations: { audit: '' },
    });
    const people = await read(PEOPLE, units.after);
    expect(people.told).toEqual([]);
    expect(people.after.people.get('lina')).toEqual({
      id: 'lina',
      username: 'lina',
      name: '李娜',
      active: true,
      attributes: { cadreClass: '市管' },
      posts: [
        {
          unit: 'rcb',
          title: '主任',
          roles: ['main_leader', 'signer'],
          main: true,
          from: '2024-01-01',
          to: '',
          attributes: { chargeAreas: ['工程', '招商'] },
        },
        {
          unit: 'sj',
          title: '兼职',
          roles: ['acting:reviewer'],
          main: false,
          from: '',
          to: '2026-12-31',
          attributes: {},
        },
      ],
    });
    expect(people.after.people.get('zhaoqi')?.posts).toEqual([]);
  });

  test('[DIR6] changes what it names and leaves the rest; "-" takes away', async () => {
    const before = await office();
    const { told, after, changes } = await read(
      '单位编码,用户名,职务,角色,主职,任职止,机关代字\nsj,lina,副局长,签发人,是,-,\nrcb,,,,,,-',
      before,
    );
    expect(told).toEqual([]);
    expect(after.people.get('lina')!.posts).toMatchObject([
      { unit: 'rcb', title: '主任', roles: ['main_leader', 'signer'], main: false },
      { unit: 'sj', title: '副局长', roles: ['signer', 'acting:reviewer'], main: true, to: '' },
    ]);
    expect(after.units.get('rcb')?.attributes).toEqual({});
    expect(
      changes.map(({ name, act, fields }) => [name, act, fields.map((one) => Object.values(one).join('|'))]),
    ).toEqual([
      ['市容错办', 'changed', ['机关代字|宜容|']],
      [
        '李娜',
        'changed',
        [
          '主职（市容错办）|是|否',
          '职务（宜昌市审计局）|兼职|副局长',
          '角色（宜昌市审计局）||签发人',
          '主职（宜昌市审计局）|否|是',
          '任职止（宜昌市审计局）|2026-12-31|',
        ],
      ],
    ]);
  });

  test('[DIR5] tells every problem of every line, by its number', async () => {
    const { told } = await read(
      `单位编码,单位名称,上级单位编码,单位类别,层级,用户名,姓名
newunit,新设科,nowhere,office,county,,
,,,,,,王新
newunit,,,,,Wang Xin,王新
newunit,,,,,lixin,
ua,甲,ub,office,city,,
ub,乙,ua,office,city,,
`,
      await office(),
    );
    expect(told).toEqual([
      '2 上级单位「nowhere」不存在',
      '3 缺少单位编码或用户名',
      '4 用户名应为小写字母开头的拼音或字母数字',
      '5 缺少姓名',
      '6 上级单位互相包含，形成循环',
      '7 上级单位互相包含，形成循环',
    ]);
  });

  test('[DIR8] only knows the words of the content, and says which is nearest', async () => {
    const { told } = await read(
      `单位编码,单位名称,单位类别,层级,干部管理权限,角色,用户名,姓名,任职起,关系：审计机关,联系单位
xa,新办,内设机关,市级,,,,,,none,
rcb,,,,市管干部,签发员,lina,,2026-02-30,,rcb；nowhere`,
      await office(),
    );
    expect(told).toEqual([
      '2 没有单位类别「内设机关」，是否指「内设机构」？',
      '2 单位「none」不存在',
      '3 干部管理权限应为省管、市管、县管、单位管理之一',
      '3 日期应写作 2026-09-01',
      '3 没有角色「签发员」，是否指「签发人」？',
      '3 联系单位：没有单位「nowhere」',
    ]);
    expect((await read('单位编码,单位名字\nrcb,甲', await office())).told).toEqual([
      '1 没有列「单位名字」，是否指「单位名称」？',
    ]);
    expect((await read('姓名,职务\n王新,干事')).told[0]).toBe('1 首行应为列名，至少有「单位编码」或「用户名」');
  });

  test('[DIR9] gives no business role to who administers, and ends no unit that is still used', async () => {
    const before = { ...(await office()), duties: new Map([['zhaoqi', ['security-admin']]]) };
    const told = async (line: string) => (await read(`单位编码,用户名,角色,单位状态\n${line}`, before)).told;
    expect(await told('rcb,zhaoqi,签发人,')).toEqual([
      '2 系统管理员、安全保密管理员、安全审计员不得兼任业务角色（三员分立）',
    ]);
    expect(await told('rcb,,,撤销')).toEqual(['2 李娜还在本单位任职，先写明任职止']);
    expect(await told('sj,,,撤销')).toEqual(['2 「宜昌市」的单位关系还指向本单位，先更改它']);
    expect(await told('yc,,,撤销')).toEqual(['2 下级单位「宜昌市审计局」还在使用，先撤销或改隶它']);
    const ended = `单位编码,用户名,任职止,单位状态,关系：审计机关\nyc,,,,-\nsj,,,撤销,\nrcb,lina,2026-08-31,撤销,`;
    expect((await read(ended, before)).told).toEqual([]);
  });

  test('[DIR10] that contradicts itself is refused at the later line; empty lines are skipped and counted', async () => {
    const { told } = await read(
      `单位编码,单位名称,用户名,姓名,主职
rcb,市容错办,lina,李娜,是

rcb,容错办,,,
sj,,lina,李那,是
sj,,zhaoqi,李娜,
sj,,zhaoqi,,
`,
      await office(),
    );
    expect(told).toEqual(['2 只能有一个主职', '4 「rcb」的单位名称与第 2 行不同', '5 「lina」的姓名与第 2 行不同']);
  });
});

describe('a file', () => {
  const GBK = new Uint8Array([0xb5, 0xa5, 0xce, 0xbb, 0xb1, 0xe0, 0xc2, 0xeb, 0x0a, 0x72, 0x63, 0x62]);

  test('[DIR11] may be Excel with several sheets, CSV in UTF-8 with or without a mark, or GBK', async () => {
    const cells = async (bytes: Uint8Array) =>
      (await readTable(bytes)).lines.map(({ sheet, line, cells }) => [sheet, line, ...cells.values()]);
    expect(await cells(Buffer.from('\uFEFF单位编码\n\n"rcb"'))).toEqual([['', 3, 'rcb']]);
    expect(await cells(GBK)).toEqual([['', 2, 'rcb']]);
    expect((await readTable(GBK)).titles[0]!.cells.get('0')).toBe('单位编码');
    const workbook = await writeTable([
      {
        sheet: '单位',
        rows: [
          ['单位编码', '单位名称'],
          ['rcb', ''],
        ],
      },
      { sheet: '人员', rows: [['用户名'], [''], ['lina']] },
    ]);
    expect(await cells(workbook)).toEqual([
      ['单位', 2, 'rcb', ''],
      ['人员', 3, 'lina'],
    ]);
  });

  test('[DIR11] that is too long, unpacks to too much or is no list is refused before it is read', async () => {
    const code = async (bytes: Uint8Array) =>
      ((await readTable(bytes).catch((error: { code: string }) => error)) as { code: string }).code;
    expect(await code(Buffer.from(`单位编码\n${'rcb\n'.repeat(30_001)}`))).toBe('input.too-large');
    expect(await code(Buffer.from(`${'a,'.repeat(200)}\nrcb`))).toBe('input.too-large');
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(70_000_000) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await code(bomb)).toBe('input.too-large');
    expect(await code(zipSync({ 'a.txt': new Uint8Array(3) }))).toBe('input.malformed');
    expect(await code(Buffer.from('单位编码\n"rcb'))).toBe('input.malformed');
    expect(await code(Buffer.from('\n\n'))).toBe('input.malformed');
  });

  test('[DIR12] that was exported changes nothing when it is imported as it is', async () => {
    const before = await office();
    const bytes = await writeTable(sheetsOf(before, WORDS));
    const { told, changes } = await read(bytes, before);
    expect([told, changes]).toEqual([[], []]);
    const anew = await read(bytes);
    expect(anew.told).toEqual([]);
    expect([...anew.after.people.values()]).toEqual([...before.people.values()]);
  });
});
