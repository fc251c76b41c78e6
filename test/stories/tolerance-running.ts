/** Stories of the system around the tolerance process: a new version while cases run, bad input, the ledger taken away. */
import { errorsOf } from '@ganwei/core/definition';
import { expect, test } from 'vitest';
import { noteExport } from '../../server/commands/note-export.ts';
import { saveStartDraft } from '../../server/commands/save-draft.ts';
import { startCase } from '../../server/commands/start-case.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { auditLog } from '../../server/queries/audit.ts';
import { exportLedger } from '../../server/queries/ledger.ts';
import { startView, taskView } from '../../server/queries/task-view.ts';
import type { World } from '../commands/world.ts';
import * as fill from '../content/fillings.ts';
import { act, content, Walk } from './tolerance-walk.ts';

const affair = (eventTitle: string) => ({ eventTitle });

export function running(open: () => World): void {
  test('[AS68] five cases finish on the version they began on, with its forms; new ones take the new node', async () => {
    const w = open();
    const old: Walk[] = [];
    for (let n = 1; n <= 5; n++) {
      const walk = await new Walk(w).apply(affair(`版本更新前事项${n}`));
      await walk.accept();
      old.push(walk);
    }
    const { problems, release } = await takeFolder(w.host, NEXT_VERSION);
    expect(errorsOf(problems)).toEqual([]);
    expect(release).not.toBeNull();
    await w.host.refresh();

    const late = await new Walk(w).apply(affair('版本更新后事项'));
    await late.accept();
    expect(await late.waiting()).toEqual({ 廉政提醒: ['dingyiming'] });
    await late.submit('dingyiming', '廉政提醒', 'done');
    expect(await formTitle(w, late)).toBe('核查组组成（新版）');
    for (const walk of old) {
      expect(Object.keys(await walk.waiting())).toEqual(['组成核查组（回避审查）']);
      expect(await formTitle(w, walk)).toBe('核查组组成（回避审查）');
    }
    const [first] = old;
    await first?.team();
    await first?.verify();
    expect(Object.keys((await first?.waiting()) ?? {}).sort()).toEqual(['听取陈述申辩', '征求意见'].sort());
  });

  test('[AS70] what is wrong is said in Chinese at its field, and the draft is kept', async () => {
    const w = open();
    const call = { actor: w.actor('songqiao') };
    const good = fill.application(await w.as('songqiao').upload('纪要.pdf'), { ...act(), ...affair('错误输入事项') });
    const values = {
      ...good,
      facts: `${good.facts}<script>alert(1)</script>`,
      lossAmount: -1,
      eventTo: '2026-02-01',
      activeDuty: '字'.repeat(6001),
    };
    const draft = await saveStartDraft(w.host, call, { process: 'tolerance', start: 'byPerson', values });
    const refusal = await startCase(w.host, call, {
      process: 'tolerance',
      start: 'byPerson',
      values,
      draft,
    }).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'input.invalid' });
    const said = Object.fromEntries(
      refusal.fields.map((field: { path: string; message: string }) => [field.path, field.message]),
    );
    expect(said).toMatchObject({
      facts: expect.stringContaining('网页脚本'),
      lossAmount: expect.stringContaining('不能小于 0'),
      eventTo: expect.stringContaining('不能早于行为开始日'),
      activeDuty: expect.stringContaining('最多 2000 个字，现在 6001 个字'),
    });
    const kept = await startView(w.host, call.actor, { process: 'tolerance', start: 'byPerson', draft: draft.id });
    expect(kept.form?.values).toMatchObject({ eventTitle: '错误输入事项', lossAmount: -1 });
  });

  test('[AS72] a ledger is taken away only with a reason; the auditor sees that, and no case', async () => {
    const w = open();
    const walk = await new Walk(w).apply(affair('导出事项'));
    const query = { filters: [], sort: null, cursor: null, counted: false, limit: 50, columns: ['number', 'subjects'] };
    const actor = w.actor('fuzheng');
    await expect(exportLedger(w.host, actor, 'REG-02', { ...query, reason: '' })).rejects.toMatchObject({
      code: 'export.reason',
    });
    const reason = '向领导小组汇报一季度情况';
    const { rows } = await exportLedger(w.host, actor, 'REG-02', { ...query, reason });
    await noteExport(w.host, { actor }, { ledger: 'REG-02', rows, reason });
    const log = await auditLog(w.host, { act: 'export' });
    expect(log.rows).toMatchObject([{ who: { name: '傅正' }, object: '容错台账', reason, rows }]);
    await expect(w.as('auditadmin').case(walk.caseId)).rejects.toMatchObject({ code: 'not.found' });
    await expect(w.as('auditadmin').ledger('REG-02')).rejects.toMatchObject({ code: 'not.found' });
  });
}

const formTitle = async (w: World, walk: Walk): Promise<unknown> => {
  const view = await taskView(w.host, w.actor('dingyiming'), await walk.taskId('组成核查组（回避审查）'));
  const definition = view.form?.definition as { title: Record<string, string> } | undefined;
  return definition?.title['zh-CN'];
};

/** The same process with one more step before the team is formed, and a form with another title. */
const NEXT_VERSION = content((file) => {
  if (file.kind === 'form' && file.key === 'tolerance-team') {
    return { ...file, source: file.source.replace('核查组组成（回避审查）', '核查组组成（新版）') };
  }
  if (file.kind !== 'process' || file.key !== 'tolerance') return file;
  const flow = /<bpmn:sequenceFlow id="(\w+)" sourceRef="pullBasis" targetRef="formTeam"\s*\/>/.exec(file.source);
  const step = `<bpmn:userTask id="remindTeam" name="廉政提醒"><bpmn:extensionElements><ganwei:task assignees="[acceptance.handler]"><ganwei:outcome key="done" label="已提醒" style="primary"/></ganwei:task></bpmn:extensionElements><bpmn:incoming>${flow?.[1]}</bpmn:incoming><bpmn:outgoing>reminded</bpmn:outgoing></bpmn:userTask>`;
  const flows = `<bpmn:sequenceFlow id="${flow?.[1]}" sourceRef="pullBasis" targetRef="remindTeam"/><bpmn:sequenceFlow id="reminded" sourceRef="remindTeam" targetRef="formTeam"/>`;
  return {
    ...file,
    source: file.source
      .replace(flow?.[0] ?? '', step + flows)
      .replace(`<bpmn:incoming>${flow?.[1]}</bpmn:incoming>`, '<bpmn:incoming>reminded</bpmn:incoming>'),
  };
});
