/**
 * Owns printing the letters of the content as they go out, without a process: each template with data as its process gives them,
 * and the same with what makes letters ugly: long names, forty copies, three pages, rare characters.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeCalendar } from '@ganwei/calendar/calendar';
import type { Values } from '@ganwei/form/model';
import { type Composed, readLetter } from '@ganwei/letter/template';
import { makeDirectory } from '../../server/catalogue/directory.ts';
import type { World } from '../../server/catalogue/language.ts';
import type { Organisation } from '../../server/demo.ts';
import { readDirectory } from '../../server/store/directory.ts';
import { demoOrganisation } from '../commands/world.ts';
import { contentLanguage, FILE } from '../content/desk.ts';
import * as fill from '../content/fillings.ts';
import * as mend from '../content/rectification-fillings.ts';
import * as remind from '../content/reminder-fillings.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

const language = await contentLanguage();

/** What is changed about the people, the units and the texts of a letter. */
export interface Strain {
  /** replaces the names of units and people by their ids */
  names?: Record<string, string>;
  /** name of the matter */
  matter?: string;
  /** how many units get copies */
  copies?: number;
  /** how many times the long texts are written */
  times?: number;
}

export const ORDINARY: Strain = {};
export const LONG: Strain = {
  names: {
    zjj: '宜昌市住房和城乡建设局(宜昌市人民防空办公室、宜昌市城市更新和老旧小区改造工作领导小组办公室)',
    'zjj-dz': '中共宜昌市住房和城乡建设局(宜昌市人民防空办公室)党组城市更新专项工作临时支部委员会',
    rcb: '宜昌市容错纠错和激励干部担当作为工作领导小组办公室',
    songqiao: '欧阳阿卜杜热合曼·买买提江',
    fangyuan: '司马慕容长孙',
  },
  matter:
    '滨江片区老旧小区燃气管道、供水管道和电力通信管线同步更新改造项目在施工许可容缺办理期间分段探挖先行开工及其引发的两处供水主管受损',
};
export const MANY: Strain = { copies: 40 };
export const THREE_PAGES: Strain = { times: 6 };
export const RARE: Strain = {
  names: { songqiao: '宋赟喆', fangyuan: '方堃㛃', luchuan: '陆𬭎', zjj: '宜昌市赟喆堃㛃𬭎建设局' },
  matter: '赟喆堃㛃𬭎片区燃气管道改造先行开工',
};

/** Title -> how the letter is composed under a strain; one entry for every variant of every letter that is shipped. */
export const LETTERS: Readonly<Record<string, (strain: Strain) => Composed>> = {
  'DOC-01 免责': (strain) => decision(strain, {}),
  'DOC-01 减责': (strain) =>
    decision(strain, { result: 'REDUCED', reduceHandling: '诫勉' }, { influence: { months: 6 } }),
  'DOC-01 不予容错': (strain) => decision(strain, { result: 'DENIED' }),
  'DOC-03 工作提示': (strain) => prompt(strain),
  'DOC-09 整改通知书': (strain) => rectification('rectification-notice', strain),
  'DOC-10 整改销号通知书': (strain) => rectification('rectification-closing', strain),
  'DOC-10 退回整改通知书': (strain) => rectification('rectification-return', strain, { why: 'check' }),
  'DOC-10 退回整改通知书(虚假整改)': (strain) => rectification('rectification-return', strain, { why: 'false' }),
  'DOC-10 退回整改通知书(反弹)': (strain) => rectification('rectification-return', strain, { why: 'lookback' }),
  'DOC-14 受理': (strain) => acceptance(strain, 'accept'),
  'DOC-14 补正': (strain) => acceptance(strain, 'supplement', fill.supplementAsked()),
  'DOC-14 不予受理': (strain) => acceptance(strain, 'reject', fill.rejection()),
  'DOC-14 移送': (strain) => acceptance(strain, 'transfer', { transferTo: 'zg-jw' }),
  'DOC-14 依职权启动': (strain) => acceptance(strain, 'accept', {}, { startMode: '依职权启动' }),
  'DOC-14 移送函': (strain) => transfer(strain),
  'DOC-17 送达回证': (strain) => receipt(strain),
};

const TODAY = '2026-09-01';

function worldOf(names: Record<string, string> = {}): World {
  const { units, people }: Organisation = demoOrganisation();
  const directory = makeDirectory(
    readDirectory(1, {
      units: units.map((unit, sort) => ({
        ...{ id: unit.id, parent_id: unit.parent ?? null, short_name: unit.shortName ?? '', sort, active: true },
        ...{ name: names[unit.id] ?? unit.name, kind: unit.kind, level: unit.level },
        attributes: JSON.stringify(unit.attributes ?? {}),
        relations: JSON.stringify(unit.relations ?? {}),
      })),
      people: people.map(({ id, name, attributes }) => ({
        ...{ id, name: names[id] ?? name, active: true },
        attributes: JSON.stringify(attributes ?? {}),
      })),
      posts: people.flatMap((person) =>
        person.posts.map((post, sort) => ({
          ...{ id: `${person.id}/${post.unit}`, person_id: person.id, unit_id: post.unit, title: post.title, sort },
          ...{ main: sort === 0, from_date: '1900-01-01', to_date: '', attributes: '{}' },
          roles: JSON.stringify(post.roles),
        })),
      ),
      accounts: [],
    }),
    TODAY,
  );
  return {
    directory,
    calendar: makeCalendar([]),
    today: TODAY,
    reached: { acceptCheck: { count: 1, at: Date.parse(TODAY) } },
  };
}

function print(file: string, { names }: Strain, number: string, to: string, copies: string[], data: Values): Composed {
  const world = worldOf(names);
  const name = (id: string) => world.directory.nameOf(id);
  const person = world.directory.people.has(to);
  const letter = {
    number,
    issuedOn: TODAY,
    to: [
      {
        id: to,
        name: person ? world.directory.units.get(world.directory.people.get(to)!.posts[0]!.unit)!.name : name(to),
        person: person ? name(to) : '',
      },
    ],
    copies: copies.map((id) => ({ id, name: name(id), person: '' })),
  };
  const scope = {
    case: { number: 'ZG-420500-2026-0001', startedOn: TODAY, starter: 'songqiao' },
    today: TODAY,
    outcome: null,
    ...data,
  };
  return readLetter(readFileSync(path.join(ROOT, file), 'utf8'), language.dialect).compose({ ...scope, letter }, world);
}

const unitsOf = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, i) => ['zjj-dz', 'zjj-jj', 'zzb', 'xc', 'sj', 'sfj', 'czj', 'swb', 'dcs', 'zwdc'][i % 10]!,
  );
const repeated = (text: unknown, times = 1): string => String(text).repeat(times);

/** To the leader in charge; `changes` are to the form of the reminder. */
export function prompt(strain: Strain, changes: Values = {}): Composed {
  const data = { office: 'dcs', reminder: remind.reminder(FILE, changes) };
  return print('processes/reminder/work-prompt.letter.md', strain, '宜督提示〔2026〕1号', 'luowei', [], data);
}

function rectification(key: string, strain: Strain, data: Values = {}): Composed {
  const { matter: sourceTitle, copies = 0, times = 1 } = strain;
  const rows = <T extends Values>(list: unknown): T[] => Array.from({ length: times }, () => list as T[]).flat();
  const signer = { id: 'liangdong', name: '梁栋' };
  const request = mend.request({ ...(sourceTitle && { sourceTitle }) });
  const plan = mend.plan(signer);
  const check = mend.check(signer, {
    newDue: '2026-10-13',
    opinion: repeated('整改事项基本到位,个别资料需要补齐。', times),
  });
  const items = rows<{ problem: string }>(plan.items).map((item, i) => ({ no: i + 1, state: '已销号', ...item }));
  const found = ['到位', '不到位', '虚假整改'];
  const world = worldOf(strain.names);
  return print(`processes/rectification/${key}.letter.md`, strain, '宜纪整通〔2026〕1号', 'zjj', unitsOf(copies), {
    request: { ...request, requirements: rows(request.requirements) },
    plan: { ...plan, items },
    check: {
      ...check,
      rows: rows(check.rows).map((row, i) => ({
        ...row,
        no: i + 1,
        item: items[i]!.problem,
        finding: key.includes('closing') ? '到位' : found[i % 3],
      })),
    },
    lookback: {
      ...mend.lookback(),
      finding: '反弹',
      note: '抽查发现两个项目仍未作技术交底。',
      items: items.map(({ no }) => no),
    },
    lookbackOn: '2026-11-30',
    term: { due: '2026-10-13', version: 2 },
    copyNames: unitsOf(copies).map((id) => world.directory.nameOf(id)),
    why: null,
    ...data,
  });
}

function application(strain: Strain, changes: Values = {}): Values {
  return fill.application(FILE, {
    applicantPerson: 'songqiao',
    startMode: '个人申请',
    ...(strain.matter && { eventTitle: strain.matter }),
    ...changes,
  });
}

const AUTHORITY = { authority: { unit: 'jw', level: 'city' }, principal: { org: 'zjj', person: 'songqiao' } };

function decision(strain: Strain, changes: Values, data: Values = {}): Composed {
  const { copies = 5, times = 1 } = strain;
  const report = fill.verification(FILE, {
    ...fill.adoption(),
    filingFinding: [fill.filingFinding({ weight: 'strong', weightReason: '备案在先、在有效期和范围之内' })],
    situationFinding: [
      {
        situation: 'TS01',
        name: '风险决策中出现的失误和错误',
        finding: '成立',
        reason: '在汛期前两难之中作出的风险决策。',
      },
      {
        situation: 'TS02',
        name: '容缺审批中出现的失误和错误',
        finding: '部分成立',
        reason: '施工许可容缺办理,符合当时的试行办法。',
      },
    ],
  });
  const draft = fill.decision({ ...changes, reasoning: repeated(fill.decision().reasoning, times) });
  return print(
    'processes/tolerance/tolerance-decision.letter.md',
    strain,
    '宜纪容决〔2026〕1号',
    'songqiao',
    unitsOf(copies),
    {
      ...AUTHORITY,
      application: application(strain),
      verification: { ...report, factFindings: repeated(report.factFindings, times) },
      decision: draft,
      influence: null,
      withdrawal: null,
      ...data,
    },
  );
}

function acceptance(strain: Strain, outcome: string, changes: Values = {}, start: Values = {}): Composed {
  const list = fill.acceptance({ ...fill.supplementAsked(), ...changes });
  const supplementList = Array.from({ length: strain.times ?? 1 }, () => list.supplementList as Values[]).flat();
  return print('processes/tolerance/tolerance-acceptance.letter.md', strain, '宜容受〔2026〕1号', 'songqiao', [], {
    ...AUTHORITY,
    outcome,
    application: application(strain, start),
    acceptance: { ...list, supplementList, rejectNote: repeated(list.rejectNote ?? '情况说明。', strain.times) },
    deadlines: { supplement: 5 },
  });
}

const transfer = (strain: Strain): Composed =>
  print('processes/tolerance/tolerance-transfer.letter.md', strain, '宜容移〔2026〕1号', 'songqiao', [], {
    ...AUTHORITY,
    application: application(strain),
    transfer: {
      to: '湖北省纪律检查委员会',
      reason: repeated('该同志系省管干部,按照管理权限应由省级机关办理', strain.times),
    },
  });

function receipt(strain: Strain): Composed {
  const rows = Array.from({ length: strain.times ?? strain.copies ?? 6 }, (_, i) => ({
    ...{
      by: i % 2 ? 'songqiao' : 'fangyuan',
      at: Date.parse(`${TODAY}T10:00:00+08:00`),
      agent: null,
      remark: i % 3 ? null : '当面送达',
    },
    byName: worldOf(strain.names).directory.nameOf(i % 2 ? 'songqiao' : 'fangyuan'),
  }));
  return print('processes/tolerance/service-receipt.letter.md', strain, '宜纪容决〔2026〕1号', 'songqiao', [], {
    organName: '中共宜昌市纪律检查委员会',
    served: {
      title: `关于对${worldOf(strain.names).directory.nameOf('songqiao')}予以容错免责的决定`,
      number: '宜纪容决〔2026〕1号',
      rows,
      server: '方圆',
    },
  });
}
