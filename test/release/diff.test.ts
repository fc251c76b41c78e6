/**
 * What differs between two texts of one definition, told as people know it. Mostly one change is made in the shipped content, as an
 * author would make it. Rules: [DIF1] [DIF2].
 */
import path from 'node:path';
import type { Kind } from '@ganwei/release/definition';
import { compareTexts, type Difference } from '@ganwei/release/diff';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';

const shipped = readFolder(path.resolve(import.meta.dirname, '../..'));
const sourceOf = (kind: Kind, key: string): string =>
  shipped.find((definition) => definition.kind === kind && definition.key === key)!.source;

/** One line for each difference: 步骤「受理审查」changed 办理期限：… → … */
const said = ({ type, name, what, moved, settings }: Difference): string =>
  [
    `${type.zh}「${name}」${what}${moved ? ' moved' : ''}`,
    ...settings.map(({ label, before, after }) => `${label.zh}：${before} → ${after}`),
  ].join(' ');

async function differences(kind: Kind, before: string, after: string): Promise<string[]> {
  expect(after).not.toBe(before);
  return (await compareTexts(kind, before, after)).differences.map(said);
}

/** A flow of one step, with `more` among its elements. */
const flow = (step: string, more = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ganwei="http://ganwei.dev/bpmn/1.0" id="d" targetNamespace="t">
  <process id="leave" name="请假" isExecutable="true">
    <startEvent id="begin" name="申请"/>
    ${step}
    <endEvent id="end" name="办结"/>
    ${more}
    <sequenceFlow id="f1" sourceRef="begin" targetRef="review"/>
    <sequenceFlow id="f2" sourceRef="review" targetRef="end"/>
  </process>
</definitions>`;
const step = (due: string, outcomes: string): string => `<userTask id="review" name="审批"><extensionElements>
  <ganwei:task assignees="head of(actor.unit)" due="${due}">${outcomes}</ganwei:task></extensionElements></userTask>`;
const AGREE = '<ganwei:outcome key="agree" label="同意"/>';
const REFUSE = '<ganwei:outcome key="refuse" label="不同意" style="danger"/>';

describe('flows', () => {
  test('[DIF1] another deadline is told at its step, with what it was and what it is', async () => {
    const [before, after] = [
      flow(step('add working days(today, 3)', AGREE)),
      flow(step('add working days(today, 4)', AGREE)),
    ];
    expect(await differences('process', before, after)).toEqual([
      '步骤「审批」changed 办理期限：add working days(today, 3) → add working days(today, 4)',
    ]);
  });

  test('[DIF1] a step more is told with its settings, and a flow that leads elsewhere with where it led', async () => {
    const second = '<userTask id="second" name="复核"/><sequenceFlow id="f3" sourceRef="second" targetRef="end"/>';
    const before = flow(step('P1D', AGREE));
    const after = flow(step('P1D', AGREE), second).replace(
      'sourceRef="review" targetRef="end"',
      'sourceRef="review" targetRef="second"',
    );
    expect(await differences('process', before, after)).toEqual([
      '步骤「复核」added 名称： → 复核',
      '连线「复核 → 办结」added 连接： → 复核 → 办结',
      '连线「审批 → 复核」changed 连接：审批 → 办结 → 审批 → 复核',
    ]);
    expect(await differences('process', after, before)).toContain('步骤「复核」removed 名称：复核 → ');
  });

  test('[DIF1] an outcome that is taken away, and [DIF2] two that change places', async () => {
    const before = flow(step('P1D', AGREE + REFUSE));
    expect(await differences('process', before, flow(step('P1D', AGREE)))).toEqual([
      '办理选项「不同意」removed 标识：refuse →  名称：不同意 →  样式：danger → ',
    ]);
    const turned = await differences('process', before, flow(step('P1D', REFUSE + AGREE)));
    expect(turned).toHaveLength(1);
    expect(turned[0]).toMatch(/^办理选项「.+」changed moved$/);
  });

  test('[DIF2] a step that is only drawn elsewhere is not told; that the drawing was changed is', async () => {
    const before = sourceOf('process', 'rectification');
    const after = before.replace(/<dc:Bounds x="(\d+)"/, (_, x: string) => `<dc:Bounds x="${Number(x) + 30}"`);
    expect(after).not.toBe(before);
    expect(await compareTexts('process', before, after)).toEqual({ differences: [], redrawn: true });
  });

  test('[DIF1] what is no BPMN is compared line by line', async () => {
    const before = flow(step('P1D', AGREE));
    const broken = before.replace('</process>', '</proces>');
    expect(await differences('process', before, broken)).toEqual([
      '文本「11」removed 文本：  </process> → ',
      '文本「11」added 文本： →   </proces>',
    ]);
  });
});

describe('the other kinds', () => {
  const changed = (kind: Kind, key: string, change: (json: never) => void): [string, string] => {
    const before = sourceOf(kind, key);
    const json = JSON.parse(before);
    change(json as never);
    return [before, JSON.stringify(json, null, 2)];
  };

  test('[DIF1] of a form: a field that must be filled in, one that is gone, and [DIF2] one that stands elsewhere', async () => {
    const [before, after] = changed(
      'form',
      'rectification-plan',
      (json: {
        schema: {
          properties: {
            plan: { properties: Record<string, { required?: boolean }> };
            given: { properties: Record<string, unknown> };
          };
        };
      }) => {
        const { plan, given } = json.schema.properties;
        plan.properties.leader!.required = false;
        const { source, ...rest } = given.properties;
        delete rest.reportCycle;
        given.properties = { ...rest, source };
      },
    );
    const told = await differences('form', before, after);
    expect(told).toContain('人员「整改责任领导」changed 必填：✓ → ');
    expect(told.filter((line) => line.includes(' moved'))).toEqual(['计算结果「来源」changed moved']);
    expect(told.find((line) => line.includes('「报告周期」'))).toMatch(/removed/);
    expect(told).toHaveLength(3);
  });

  test('[DIF1] of a table of decisions: the cell by its rule and column', async () => {
    const before = sourceOf('decision', 'deadline');
    const cells = [...before.matchAll(/<outputEntry id="([^"]+)"><text>(\d+)<\/text>/g)];
    const [whole, , value] = cells[0]!;
    const after = before.replace(whole, whole.replace(`<text>${value}<`, `<text>${Number(value) + 2}<`));
    const told = await differences('decision', before, after);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^规则「.+」changed .+：${value} → ${Number(value) + 2}$`));
  });

  test('[DIF1] of a letter: the setting, and the paragraph that was written anew', async () => {
    const before = sourceOf('letter', 'tolerance-acceptance');
    const after = before
      .replace('name: 受理', 'name: 准予受理')
      .replace('请与受移送机关联系。', '请与受移送机关联系办理。');
    const told = await differences('letter', before, after);
    expect(told[0]).toMatch(/^文书「准予受理.+」changed 名称：受理.+ → 准予受理/);
    expect(told.slice(1).map((line) => line.replace(/「.*」/, ''))).toEqual(['正文added', '正文removed']);
  });

  test('[DIF1] of dictionaries, ledgers and the words of the directory: the entry, the column, the role', async () => {
    const [words, other] = changed('directory', 'directory', (json: { roles: { key: string; title: string }[] }) => {
      json.roles.find(({ key }) => key === 'biz_admin')!.title = '业务管理人员';
    });
    expect(await differences('directory', words, other)).toEqual([
      '角色「业务管理人员」changed 标题：业务管理员 → 业务管理人员',
    ]);
    const ledger = shipped.find(({ kind }) => kind === 'ledger')!;
    const [was, is] = changed('ledger', ledger.key, (json: { columns: { width?: number }[] }) => {
      json.columns[1]!.width = 599;
    });
    const told = await differences('ledger', was, is);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^列「.+」changed 宽度：\d* → 599$/);
  });

  test('[DIF1] nothing differs between a text and itself, of every shipped definition; and everything of one that is new', async () => {
    for (const { kind, source, file } of shipped) {
      expect([file, await compareTexts(kind, source, source)]).toEqual([file, { differences: [], redrawn: false }]);
      const added = (await compareTexts(kind, '', source)).differences;
      expect([file, added.length > 0 && added.every(({ what }) => what === 'added')]).toEqual([file, true]);
      expect([file, new Set(added.map(({ id }) => id)).size]).toEqual([file, added.length]);
    }
  });
});
