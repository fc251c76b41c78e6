/** Owns one tolerance case from the application to the last visit, with the rectification that it orders: for measurements, which need a finished case. */
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import * as redo from '../content/rectification-fillings.ts';
import { Walk } from './tolerance-walk.ts';

type Values = Record<string, unknown>;

/** The story has one correction: fillings for two are cut to the first row. */
const one = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      ['items', 'rows'].includes(key) ? (value as unknown[]).slice(0, 1) : value,
    ]),
  );

/** Answers with the id of the case. The world begins in September 2026; its clock goes on to March 2027. */
export async function finishedCase(w: World): Promise<string> {
  const walk = await new Walk(w).apply();
  await walk.untilDraft();
  await walk.untilIssue();
  await walk.issue();
  await walk.receipts();
  const pdf = (person: string) => w.as(person).upload('佐证.pdf');
  const chief = w.actor('liangdong');
  await w.as('yinchuan').submit('制定整改方案', 'submit', one(redo.plan(chief, { confirm: undefined })));
  await w.as('liangdong').submit('主要负责人确认', 'confirm', { confirm: redo.plan(chief).confirm });
  await w.as('dingyiming').submit('方案审核', 'approve', redo.audit());
  const { partyOrgOpinion, sign, ...closing } = redo.closing(await pdf('yinchuan'), chief);
  await w.as('yinchuan').submit('组织整改、申请销号', 'submit', one(closing));
  await w.as('liangdong').submit('单位党组织审核', 'agree', { partyOrgOpinion, sign });
  await w.as('dingyiming').submit('材料审核', 'pass');
  await w.as('luchuan').submit('现场核查', 'close', one(redo.check(w.actor('luchuan'))));
  await w.at('2026-12-01T09:00');
  await w.as('luchuan').submit('回头看', 'kept', redo.lookback({ date: '2026-12-01' }));
  await w.at('2027-03-02T09:00');
  await w.as('fuzheng').submit('回访教育', 'done', fill.revisit({ date: '2027-03-02' }));
  return walk.caseId;
}
