/**
 * Canaries: every text that is filled in, said, uploaded or voted on the way of a tolerance case carries a word of its own, made of step and
 * person; then every account asks for all there is. Who may receive whose words is the table below, from dossier §2.5; what is not in it
 * must not arrive. Rules: [READ1] [READ4] [A1].
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { everything } from './asking.ts';
import { beyond, markSubmissions, type Receives, word, wordsFor } from './canaries.ts';
import { act, stage, Walk } from './tolerance-walk.ts';

/** Milestones of a case that has been decided. */
const PHASES = ['启动与确认', '受理', '核查', '听取意见', '研判', '审议', '签发', '送达与纠错'];

/** Account -> whose words at which steps reach him; nobody else receives any. `*`: the whole case. */
const APPLIED = '申请·songqiao';
const HEARD = ['征求意见·yinchuan', '征求意见·yuanke', '征求意见·shilei', '征求意见·liuqing'];
const FOUND = ['核查取证·fangyuan', '陈述申辩采纳·fangyuan'];
const SAID = '听取陈述申辩·songqiao';
const MARKED = ['luchuan', 'yuanke', 'liuqing', 'shilei', 'helan'].map((person) => `七方面综合研判·${person}`);
const DRAFTED = '拟定处理意见及纠错要求·dingyiming';
const member = (person: string) => [APPLIED, ...FOUND, SAID, ...HEARD, `七方面综合研判·${person}`];
/** Said among the organ's own people: its council and a judge from the same office work on the case as well [READ4]. */
const ADDED = ['附件·fangyuan', '意见·fangyuan'];
const voter = (person: string) => [APPLIED, ...ADDED, ...FOUND, ...MARKED, DRAFTED, `责任追究机关集体审议·${person}`];
const RECEIVES: Receives = {
  songqiao: [APPLIED, SAID],
  yinchuan: [APPLIED, '征求意见·yinchuan'],
  luchuan: [...member('luchuan'), ...ADDED],
  yuanke: member('yuanke'),
  liuqing: member('liuqing'),
  shilei: member('shilei'),
  helan: member('helan'),
  qinxiao: [APPLIED, ...FOUND, SAID, ...HEARD, ...MARKED, DRAFTED],
  zhongli: voter('zhongli'),
  sumin: voter('sumin'),
  fuzheng: [...voter('fuzheng'), '受理审查·fuzheng'],
  fangyuan: '*',
  dingyiming: '*',
  gaoyuan: '*',
};

/** What is written in the decision reaches those it is for (§2.5 D); the unit corrects what it asks for. */
const DECISION = [APPLIED, ...FOUND, DRAFTED];
const DECIDED: Receives = {
  ...RECEIVES,
  songqiao: [...DECISION, SAID],
  yinchuan: [...DECISION, '征求意见·yinchuan'],
  yanming: DECISION,
  yuanke: [...member('yuanke'), ...DECISION],
  liuqing: [...member('liuqing'), ...DECISION],
  shilei: [...member('shilei'), ...DECISION],
  liangdong: [APPLIED],
};

describe('what insiders receive', () => {
  let w: World;
  let walk: Walk;
  beforeAll(async () => {
    w = await stage('2026-03-02T09:00');
    markSubmissions(w);
    walk = new Walk(w);
    await walk.apply({ eventTitle: `城东管网事项${word('申请', 'songqiao')}` });
  }, 300_000);
  afterAll(async () => {
    vi.restoreAllMocks();
    await w?.stop();
  });

  const judge = async (receives = RECEIVES) => expect(await beyond(w, receives)).toEqual([]);

  test('[READ1] at every stage, until the decision is received, nobody reads words that are not his to read', async () => {
    await walk.accept();
    await walk.team();
    const file = await w.as('fangyuan').upload(`证人谈话笔录${word('附件', 'fangyuan')}.pdf`);
    await w.as('fangyuan').attach(walk.caseId, [file.id]);
    await w.as('fangyuan').comment(walk.caseId, `内部意见${word('意见', 'fangyuan')}`);
    await walk.verify();
    await walk.opinions();
    await walk.statement();
    await judge();
    await walk.adopt();
    await walk.panel();
    await walk.draft();
    await walk.review();
    const [first, ...others] = walk.cast.council;
    await walk.submit(first!, '责任追究机关集体审议', 'against', {}, '认为拟处理意见不当，应当再作研究');
    await judge();
    await walk.council('agree', others);
    await walk.minutes('pass', '通过', { dissentRecorded: '一名同志认为应当再作研究，不同意拟处理意见。' });
    await walk.issue();
    await walk.receipts();
    await judge(DECIDED);
    const whole = await wordsFor(w, 'gaoyuan');
    for (const planted of ['意见·fangyuan', '附件·fangyuan', ...FOUND, ...MARKED, DRAFTED])
      expect(whole).toContain(planted);
  }, 600_000);

  test('[READ1] names of who judged, voted and decided, the suggestion and the way taken reach none but those who read the case', async () => {
    for (const id of ['songqiao', 'yinchuan', 'yanming', 'liuqing']) {
      const view = await w.as(id).case(walk.caseId);
      const acts = view.timeline.filter(({ by, who }) => by === 'person' && who !== null && who.id !== id);
      expect([id, acts.filter(({ kind }) => kind !== 'started')]).toEqual([id, []]);
      expect([id, view.timeline.filter(({ kind }) => kind === 'decided' || kind === 'messaged')]).toEqual([id, []]);
      expect([id, view.drawing, view.milestones.map(({ name }) => name)]).toEqual([id, false, PHASES]);
    }
  });

  test('[READ1] [A60] the secret case that came of it, its name, its number and its entry in the record, is told to none of them', async () => {
    const other = new Walk(w);
    await other.apply({ eventTitle: '另一事项' });
    await other.accept();
    await other.team();
    await other.verify();
    await other.opinions();
    const secret = await w.as('fangyuan').act(other.caseId, 'newViolation', fill.violation({ foundAt: other.today() }));
    for (const id of ['songqiao', 'yinchuan', 'liuqing', 'luchuan', 'fuzheng']) {
      const got = await everything(w, id);
      for (const sign of [secret.number, secret.caseId, '另一事项容错申请——新的'])
        expect([id, sign, got.includes(sign)]).toEqual([id, sign, false]);
    }
    expect((await w.as('fangyuan').case(other.caseId)).children.map(({ number }) => number)).toEqual([secret.number]);
  }, 300_000);

  test('[READ3] a subject who did not agree to be one finds the case of the others no more', async () => {
    const { caseId } = await w.as('yinchuan').start('tolerance', await onBehalf(), 'onBehalf');
    const both = new Walk(w).started({ caseId, number: '' });
    await both.submit('songqiao', '本人确认', 'agree', fill.confirmation(w.actor('songqiao')));
    expect((await w.as('zhenghang').case(caseId)).case.id).toBe(caseId);
    await both.submit('zhenghang', '本人确认', 'refuse', {}, '本人不同意代为申请，另行说明情况');
    await expect(w.as('zhenghang').case(caseId)).rejects.toMatchObject({ code: 'not.found' });
    expect((await w.as('songqiao').case(caseId)).case.id).toBe(caseId);
  });

  /** An application by the party organisation for two persons. */
  async function onBehalf() {
    const subjects = [
      { person: 'songqiao', role: '分管负责人', relation: '分管领导' },
      { person: 'zhenghang', role: '直接责任人', relation: '项目负责人' },
    ];
    const file = await w.as('yinchuan').upload('纪要.pdf');
    return fill.applicationOnBehalf(file, { ...act(), subjects, eventTitle: '代为申请的事项' });
  }
});
