/** Owns the ways that no story tells: bad ends and returns of the flows that are shipped, on the walks of the stories. */
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { act, Walk } from '../stories/tolerance-walk.ts';

type Values = Record<string, unknown>;

/** A private gain is found. */
const VETOED = ['NT01', 'NT02', 'NT03', 'NT04', 'NT05', 'NT06', 'NT07', 'NT08', 'NT09'].map((item) =>
  item === 'NT03'
    ? { item, finding: '有', evidenceNos: '1', explain: '配偶持有施工单位股份' }
    : { item, finding: '无' },
);

async function verified(w: World, eventTitle: string, verification: Values = {}, adoption: Values = {}): Promise<Walk> {
  const walk = await new Walk(w).apply({ eventTitle });
  return walk.untilDraft({ verification, adoption });
}

/** A veto; the council sends the case back to be verified again. */
async function vetoed(w: World): Promise<void> {
  const walk = await verified(w, '一票否决的事项', { negativeFinding: VETOED, suggestion: '不予容错' });
  await walk.draft({ aspects: undefined, result: 'DENIED' });
  await walk.review();
  await walk.council('against');
  await walk.minutes('recheck', '再核查', { dissentRecorded: '一名同志认为应当补充核查，其余同志同意再核查。' });
}

/** A grave loss goes to the leading group, which wants another draft; the reviewer sent the first one back. */
async function grave(w: World): Promise<void> {
  const walk = await verified(w, '重大损失的事项', { lossVerified: 600, remedyVerified: 590 });
  await walk.draft();
  await walk.giveBack('qinxiao', '审核（审理）', 'draftOpinion', 'straight', '纠错要求的完成标准不够具体');
  await walk.draft();
  await walk.review();
  await walk.council();
  await walk.minutes();
  await walk.leading('against');
  await walk.leadingMinutes('change', '变更', { dissentRecorded: '多数同志认为减责更为适当。' });
}

/** The head of the organ starts it himself; nobody has applied. */
async function exOfficio(w: World): Promise<void> {
  const subjects = [{ person: 'songqiao', role: '分管负责人', relation: '分管领导' }];
  const { eventFrom, eventTo } = act();
  const values = fill.exOfficio({ eventFrom, eventTo, subjects, eventTitle: '依职权启动的事项' });
  const walk = new Walk(w).started(await w.as('fangyuan').start('tolerance', values, 'exOfficio'));
  await walk.submit('gaoyuan', '依职权启动审批', 'agree', fill.approval());
  await walk.accept();
}

/** The party organisation applies on behalf of two, of whom one does not agree; of another pair nobody answers, and the unit applies itself. */
async function onBehalf(w: World): Promise<void> {
  const subjects = [
    { person: 'songqiao', role: '分管负责人', relation: '分管领导' },
    { person: 'zhenghang', role: '直接责任人', relation: '项目负责人' },
  ];
  const started = async (eventTitle: string) => {
    const file = await w.as('yinchuan').upload('纪要.pdf');
    const values = fill.applicationOnBehalf(file, { ...act(), subjects, eventTitle });
    return new Walk(w).started(await w.as('yinchuan').start('tolerance', values, 'onBehalf'));
  };
  const both = await started('代为申请的事项');
  await both.submit('songqiao', '本人确认', 'agree', fill.confirmation(w.actor('songqiao')));
  await both.submit('zhenghang', '本人确认', 'refuse', {}, '本人不同意代为申请，另行说明情况');
}

/** A unit applies for itself. */
async function byUnit(w: World): Promise<void> {
  const file = await w.as('yinchuan').upload('纪要.pdf');
  const subjects = [{ person: 'liangdong', role: '单位', relation: '单位主要负责人' }];
  await w
    .as('yinchuan')
    .start('tolerance', fill.applicationByUnit(file, { ...act(), subjects, eventTitle: '单位的事项' }), 'byUnit');
}

export const WAYS: readonly ((w: World) => Promise<void>)[] = [vetoed, grave, exOfficio, onBehalf, byUnit];
