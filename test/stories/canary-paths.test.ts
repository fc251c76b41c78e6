/**
 * Canaries on the other ways: a veto with a council that sends the case back to be verified again, and the rectification with a false
 * finding. Who may receive whose words stands here, from dossier §2.5; everybody else receives none. Rules: [READ1] [A1].
 */
import { afterEach, expect, test, vi } from 'vitest';
import { beyond, markSubmissions, type Receives, word, wordsFor } from './canaries.ts';
import { CONTENT, Stage } from './rectification-stage.ts';
import { stage, Walk } from './tolerance-walk.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await close?.();
});

/** A private gain is found. */
const VETOED = ['NT01', 'NT02', 'NT03', 'NT04', 'NT05', 'NT06', 'NT07', 'NT08', 'NT09'].map((item) =>
  item === 'NT03'
    ? { item, finding: '有', evidenceNos: '1', explain: '配偶持有施工单位股份' }
    : { item, finding: '无' },
);

const APPLIED = '申请·songqiao';
const HEARD = ['征求意见·yinchuan', '征求意见·yuanke', '征求意见·shilei', '征求意见·liuqing'];
const FOUND = ['核查取证·fangyuan', '陈述申辩采纳·fangyuan'];
const SAID = '听取陈述申辩·songqiao';
const DRAFTED = '拟定处理意见及纠错要求·dingyiming';
const voter = (person: string) => [APPLIED, ...FOUND, DRAFTED, `责任追究机关集体审议·${person}`];
/** Account -> whose words; `*`: those who read the case. */
const VETO: Receives = {
  songqiao: [APPLIED, SAID],
  yinchuan: [APPLIED, HEARD[0]!],
  yuanke: [APPLIED, HEARD[1]!],
  shilei: [APPLIED, HEARD[2]!],
  liuqing: [APPLIED, HEARD[3]!],
  qinxiao: [APPLIED, ...FOUND, SAID, ...HEARD, DRAFTED],
  zhongli: voter('zhongli'),
  sumin: voter('sumin'),
  fuzheng: [...voter('fuzheng'), '受理审查·fuzheng'],
  fangyuan: '*',
  dingyiming: '*',
  gaoyuan: '*',
  // The ledger names the matter to the organ's own staff, and nothing else of it.
  luchuan: [APPLIED],
};

test('[READ1] with a veto, and when the council has it verified again, nobody receives words that are not his to read', async () => {
  const w = await stage('2026-03-02T09:00');
  close = () => w.stop();
  markSubmissions(w);
  const walk = new Walk(w);
  await walk.apply({ eventTitle: `城东管网事项${word('申请', 'songqiao')}` });
  await walk.accept();
  await walk.team();
  await walk.verify({ negativeFinding: VETOED, suggestion: '不予容错' });
  await walk.opinions();
  await walk.statement();
  await walk.adopt();
  expect(await beyond(w, VETO)).toEqual([]);
  await walk.draft({ aspects: undefined, result: 'DENIED' });
  await walk.review();
  await walk.council('against');
  await walk.minutes('recheck', '再核查', { dissentRecorded: '一名同志认为应当补充核查，其余同志同意再核查。' });
  expect(await beyond(w, VETO)).toEqual([]);
  expect([...(await wordsFor(w, 'gaoyuan'))]).toEqual(expect.arrayContaining([...FOUND, DRAFTED]));
}, 600_000);

/** §2.5: the unit works on it, the organ works and reads, the office of the leading group and the organisation department read. */
const READS_RECTIFICATION = ['dingyiming', 'fangyuan', 'luchuan', 'gaoyuan', 'zhongli', 'sumin', 'qinxiao', 'fuzheng'];
const OFFICES = ['yuanke', 'xuning', 'tangning'];
const UNIT = ['liangdong', 'songqiao', 'yinchuan', 'zhenghang', 'yanming'];

test('[READ1] of a rectification that was sent back once, only the unit, the organ and the offices of §2.5 receive a word', async () => {
  const s = await Stage.open('2026-09-01T09:00', CONTENT);
  close = () => s.w.stop();
  markSubmissions(s.w);
  await s.begin();
  await s.planned();
  await s.applied(
    [1, 2, 3].map((no) => ({ no })),
    {},
  );
  await s.check('close', { 1: '到位', 2: '到位', 3: '到位' }, {}, '现场逐项核实，均已到位，建议销号');
  const may = [...READS_RECTIFICATION, ...OFFICES, ...UNIT];
  expect(await beyond(s.w, Object.fromEntries(may.map((person) => [person, '*' as const])))).toEqual([]);
  expect((await wordsFor(s.w, 'dingyiming')).size).toBeGreaterThan(2);
}, 600_000);
