// @vitest-environment happy-dom
/** Rules [DES20] [DES22] [DES23] [DES25] [DES26] [DES27] [DES30] [DES40] [DES41] [DES42] [DES72]: the panel beside the drawing, on a sheet without a screen. */
import {
  type ElementDescriptor,
  moddleDescriptor,
  SETTINGS,
  type SettingsName,
} from '@ganwei/process/lint/descriptors';
import { settingsFor } from '@ganwei/process/lint/panel';
import { isA, listOf, textOf } from '@ganwei/process/lint/tree';
import { cleanup, fireEvent, render } from '@testing-library/react';
import { BpmnModdle } from 'bpmn-moddle';
import { useMemo, useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { ApiProblem } from '../../packages/web/api/client.ts';
import type { Found, Name, Offered } from '../../packages/web/design/check/told.ts';
import { type Directory, type Editing, EditingContext, type Sheet } from '../../packages/web/design/flow/editing.ts';
import {
  apply,
  type Change,
  itemsAt,
  listChanges,
  type Moddle,
  placeOf,
  written,
} from '../../packages/web/design/flow/moddle.ts';
import { Panel } from '../../packages/web/design/flow/panel/panel.tsx';
import '../../packages/web/design/flow/words.ts';
import { LanguageProvider } from '../../packages/web/kit/language.tsx';
import { TOLD } from './content.ts';

afterEach(cleanup);

const library = new BpmnModdle({ ganwei: moddleDescriptor() }) as unknown as {
  create(type: string, values: object): Moddle;
};
const create: Sheet['create'] = (type, values) => library.create(type, values ?? {});

const NAMES: readonly Name[] = [
  { path: 'outcome', kind: 'string', type: '文字', values: [] },
  { path: 'loan.amount', kind: 'number', type: '数字', values: [] },
  { path: 'loan.person', kind: 'person', type: '人员', values: [] },
  { path: 'loan.area', kind: 'string', type: '文字', values: [{ value: 'A1', label: '城建' }] },
  { path: 'case.starterUnit', kind: 'unit', type: '单位', values: [] },
];
const none = {
  directory: [],
  dictionary: [],
  calendar: [],
  functions: [],
  decision: [],
  ledger: [],
  overview: [],
  application: [],
  translation: [],
  story: [],
};
const OFFERED: Offered = {
  definitions: {
    ...none,
    form: [{ value: 'loan', label: '借款单' }],
    process: [{ value: 'sub', label: '子流程' }],
    letter: [{ value: 'notice', label: '通知' }],
  },
  fields: {
    loan: [
      { path: 'amount', label: '金额', required: true },
      { path: 'rows[].price', label: '单价', required: false },
      { path: 'area', label: '领域', required: false },
      { path: 'person', label: '借款人', required: false },
    ],
  },
  functions: TOLD.functions.map(([name, { signatures = [] }]) => signatures[0] ?? `${name}()`),
  roles: [{ value: 'chief', label: '科长' }],
  relations: [],
};

/** A flow with these elements; answers with the sheet and its steps. */
function sheetOf(...nodes: Moddle[]) {
  const process = create('bpmn:Process', { id: 'p', name: '流程', flowElements: nodes });
  const definitions = create('bpmn:Definitions', { rootElements: [process] });
  const steps: (readonly Change[])[] = [];
  const drawn = (node: Moddle) => ({ id: String(node.id), type: node.$type, businessObject: node });
  let draw = () => {};
  const sheet: Sheet = {
    readOnly: false,
    create,
    write(changes) {
      steps.push(apply(changes));
      draw();
    },
    update({ businessObject }, properties) {
      sheet.write([{ of: businessObject, values: properties }], []);
    },
    find: (id) => nodes.filter((node) => node.id === id).map(drawn)[0],
    process: () => process,
    definitions: () => definitions,
  };
  function Shown({
    of,
    findings,
    directory,
  }: {
    of: readonly Moddle[];
    findings: readonly Found[];
    directory: Directory | undefined;
  }) {
    const [, setCount] = useState(0);
    draw = () => setCount((count) => count + 1);
    const services = useMemo(() => new Map(TOLD.services), []);
    const elements = of.map(drawn);
    const names = () => Promise.resolve(NAMES);
    const editing: Editing = { sheet, elements, offered: OFFERED, services, findings, names, directory };
    return (
      <EditingContext value={editing}>
        <Panel />
      </EditingContext>
    );
  }
  const show = (of: readonly Moddle[], findings: readonly Found[] = [], directory?: Directory) =>
    render(
      <LanguageProvider>
        <Shown of={of} findings={findings} directory={directory} />
      </LanguageProvider>,
    );
  return { sheet, steps, show, process, definitions };
}

const control = (box: HTMLElement, attribute: string): HTMLElement => {
  const found = box.querySelector<HTMLElement>(
    `[data-attribute="${attribute}"] :is(textarea, input, [role=combobox], button)`,
  );
  if (!found) throw new Error(`no control for ${attribute}`);
  return found;
};
/** Types a text and leaves. */
function type(field: Element, text: string): void {
  fireEvent.change(field, { target: { value: text } });
  fireEvent.blur(field);
}

const HOLDERS = {
  'bpmn:Process': 'p',
  'bpmn:StartEvent': 'n',
  'bpmn:UserTask': 'n',
  'bpmn:ServiceTask': 'n',
  'bpmn:CallActivity': 'n',
  'bpmn:ReceiveTask': 'n',
  'bpmn:EndEvent': 'n',
  'bpmn:ExclusiveGateway': 'n',
} as const;

describe('settings', () => {
  test('[DES20] every attribute of the table has a control, also within lists that are opened', () => {
    const seen = new Set<string>();
    for (const of of Object.keys(HOLDERS)) {
      const node = create(of, { id: 'n' });
      const { show, sheet, process } = sheetOf(...(of === 'bpmn:Process' ? [] : [node]));
      const shown = of === 'bpmn:Process' ? process : node;
      const { container, unmount } = show([shown]);
      expect(settingsFor((one) => isA(shown, one)).length).toBeGreaterThan(0);
      // each list gets an item, which opens; and so do the lists within
      for (let depth = 0; depth < 3; depth += 1)
        for (const list of container.querySelectorAll('.flow-list'))
          if (list.querySelector(':scope > ol > li') === null)
            for (const button of list.querySelectorAll(':scope > button')) fireEvent.click(button);
      for (const field of container.querySelectorAll('[data-attribute]'))
        seen.add(field.getAttribute('data-attribute')!);
      if (of === 'bpmn:UserTask') {
        sheet.write([{ of: itemsAt(node, placeOf('Task'), 'outcomes')[0]!, values: { key: 'a' } }], []);
        expect(container.querySelector('[data-attribute="Outcome.key"]')).not.toBeNull();
      }
      unmount();
    }
    const all = (Object.entries(SETTINGS) as [SettingsName, ElementDescriptor][]).flatMap(([name, { attributes }]) =>
      Object.keys(attributes).map((one) => `${name}.${one}`),
    );
    // permissions and inputs of services have controls of their own, which have tests of their own
    const own = ['Access.path', 'Access.mode'];
    expect(all.filter((one) => !seen.has(one) && !own.includes(one))).toEqual([]);
  });

  test('[DES20] what is written into a control is what the file holds', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show } = sheetOf(node);
    const { container } = show([node]);
    type(control(container, 'Task.due'), 'duration("P3D")');
    type(control(container, 'Task.help'), '请在三日内办结');
    fireEvent.click(control(container, 'Task.priority'));
    expect(['due', 'help', 'priority'].map((name) => written(node, placeOf('Task'), name))).toEqual([
      'duration("P3D")',
      '请在三日内办结',
      'true',
    ]);
  });

  test('[DES22] with several steps selected a setting is written to each of them, in one step', () => {
    const nodes = ['a', 'b'].map((id) => create('bpmn:UserTask', { id }));
    const { show, steps } = sheetOf(...nodes);
    const { container } = show(nodes);
    type(control(container, 'Task.due'), 'duration("P3D")');
    expect(nodes.map((node) => written(node, placeOf('Task'), 'due'))).toEqual(['duration("P3D")', 'duration("P3D")']);
    expect(steps).toHaveLength(1);
    apply(steps[0]!);
    expect(nodes.map((node) => node.get('extensionElements'))).toEqual([undefined, undefined]);
  });

  test('[DES22] items of a list are added, moved and taken away, one step each', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, steps, sheet } = sheetOf(node);
    const items = ['甲', '乙'].map((label) => create('ganwei:Outcome', { key: label, label }));
    apply(listChanges(node, placeOf('Task'), 'outcomes', items, create));
    const { getAllByLabelText, getByText } = show([node]);
    const labels = () => itemsAt(node, placeOf('Task'), 'outcomes').map((one) => textOf(one, 'label'));
    fireEvent.click(getAllByLabelText('下移')[0]!);
    expect(labels()).toEqual(['乙', '甲']);
    fireEvent.click(getAllByLabelText('删除')[0]!);
    expect(labels()).toEqual(['甲']);
    fireEvent.click(getByText('加一项办理选项'));
    expect(labels()).toEqual(['甲', undefined]);
    expect([steps.length, sheet.readOnly]).toEqual([3, false]);
  });

  test('[DES23] typing is no change until the control is left or goes away', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, steps } = sheetOf(node);
    const { container, unmount } = show([node]);
    for (const text of ['d', 'du', 'due'])
      fireEvent.change(control(container, 'Task.due'), { target: { value: text } });
    expect(steps).toHaveLength(0);
    fireEvent.keyDown(control(container, 'Task.due'), { key: 'Enter', ctrlKey: true });
    expect(steps).toHaveLength(1);
    fireEvent.change(control(container, 'Task.due'), { target: { value: 'later' } });
    unmount();
    expect([steps.length, written(node, placeOf('Task'), 'due')]).toEqual([2, 'later']);
  });

  test('[DES24] a slip of the pen is said while one types', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show } = sheetOf(node);
    const { container, getByText } = show([node]);
    fireEvent.change(control(container, 'Task.due'), { target: { value: 'a == 1' } });
    expect(getByText(/相等请写一个等号/)).toBeTruthy();
  });

  test('[DES25] permissions are a table of fields, and those that the form does not have can be taken away', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, sheet } = sheetOf(node);
    const strange = create('ganwei:Access', { path: 'amuont', mode: 'read' });
    apply(listChanges(node, placeOf('Task'), 'access', [strange], create));
    sheet.write([{ of: node.get('extensionElements') as Moddle, values: {} }], []);
    itemsAt(node, placeOf('Task'), 'access');
    (listOf(node.get('extensionElements') as Moddle, 'values')[0] as Moddle).set('form', 'loan');
    const { getByLabelText, getByText } = show([node]);
    fireEvent.click(getByLabelText('金额 只读'));
    fireEvent.click(getByLabelText('单价 隐藏'));
    fireEvent.click(getByText('表单没有字段「amuont」').closest('tr')!.querySelector('button')!);
    const access = () =>
      itemsAt(node, placeOf('Task'), 'access').map((one) => [textOf(one, 'path'), textOf(one, 'mode')]);
    expect(access()).toEqual([
      ['amount', 'read'],
      ['rows[].price', 'hidden'],
    ]);
    fireEvent.click(getByLabelText('金额 按表单'));
    expect(access()).toEqual([['rows[].price', 'hidden']]);
  });

  test('[DES26] inputs of a service are those of its signature; one that is emptied goes', () => {
    const node = create('bpmn:ServiceTask', { id: 'n' });
    const { show } = sheetOf(node);
    const given = create('ganwei:Input', { name: 'template', value: '"notice"' });
    apply(listChanges(node, placeOf('Service'), 'inputs', [given], create));
    (listOf(node.get('extensionElements') as Moddle, 'values')[0] as Moddle).set('type', 'letter');
    const { container, getByText } = show([node]);
    expect(getByText('文书模板')).toBeTruthy();
    expect(getByText('通知')).toBeTruthy();
    type(control(container, 'Input.to'), '[loan.person]');
    const inputs = () => itemsAt(node, placeOf('Service'), 'inputs').map((one) => [one.get('name'), one.get('value')]);
    expect(inputs()).toEqual([
      ['template', '"notice"'],
      ['to', '[loan.person]'],
    ]);
    type(control(container, 'Input.to'), '');
    expect(inputs()).toEqual([['template', '"notice"']]);
  });

  test('[DES30] a finding stands at the control it is about', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, sheet } = sheetOf(node);
    apply(listChanges(node, placeOf('Task'), 'outcomes', [], sheet.create));
    const message = '办理期限「amuont」：没有「amuont」，是否指「amount」？';
    (listOf(node.get('extensionElements') as Moddle, 'values')[0] as Moddle).set('due', 'amuont');
    const { container } = show([node], [{ severity: 'error', rule: 'r', file: 'f', element: 'n', message }]);
    const wrong = [...container.querySelectorAll('.flow-field-wrong')].map((one) => one.getAttribute('data-attribute'));
    expect(wrong).toEqual(['Task.due']);
  });
});

describe('what sets off an event', () => {
  const event = (type: string, definition: Moddle) => create(type, { id: 'n', eventDefinitions: [definition] });

  test('[DES27] a timer has one time, in the way that is chosen', () => {
    const timer = create('bpmn:TimerEventDefinition');
    const node = event('bpmn:IntermediateCatchEvent', timer);
    const { show } = sheetOf(node);
    const { getByLabelText } = show([node]);
    type(getByLabelText('时间'), 'P5D');
    const body = (name: string) => (timer.get(name) as Moddle | undefined)?.get('body');
    expect(['timeDate', 'timeDuration', 'timeCycle'].map(body)).toEqual([undefined, 'P5D', undefined]);
  });

  test('[DES27] a message of the same name is the same message', () => {
    const nodes = ['a', 'b'].map((id) =>
      create('bpmn:IntermediateCatchEvent', { id, eventDefinitions: [create('bpmn:MessageEventDefinition')] }),
    );
    const { show, definitions } = sheetOf(...nodes);
    for (const node of nodes) {
      const { getByLabelText, unmount } = show([node]);
      type(getByLabelText('消息名称'), 'paid');
      unmount();
    }
    const messages = listOf(definitions, 'rootElements').filter((one) => isA(one, 'bpmn:Message'));
    expect(messages.map((one) => textOf(one, 'name'))).toEqual(['paid']);
  });
});

describe('branches', () => {
  function branch(body?: string) {
    const task = create('bpmn:UserTask', { id: 't', name: '审批' });
    const gateway = create('bpmn:ExclusiveGateway', { id: 'g' });
    const into = create('bpmn:SequenceFlow', { id: 'i', sourceRef: task, targetRef: gateway });
    const condition = body === undefined ? undefined : create('bpmn:FormalExpression', { body });
    const flow = create('bpmn:SequenceFlow', { id: 'f', sourceRef: gateway, conditionExpression: condition });
    const other = create('bpmn:SequenceFlow', { id: 'o', sourceRef: gateway });
    gateway.set('incoming', [into]);
    gateway.set('outgoing', [flow, other]);
    return { flow, gateway, ...sheetOf(task, gateway, into, flow, other) };
  }
  const conditionOf = (flow: Moddle) => (flow.get('conditionExpression') as Moddle | undefined)?.get('body');

  test('[DES40] a condition is shown in rows, and a change of a row is written as an expression', async () => {
    const { flow, show } = branch('loan.amount > 100 and outcome = "agree"');
    const { getAllByLabelText, findByText } = show([flow]);
    await findByText('loan.amount');
    const [amount] = getAllByLabelText('比什么');
    type(amount!, '200');
    expect(conditionOf(flow)).toBe('loan.amount > 200 and outcome = "agree"');
  });

  test('[DES42] values of forms and codes are shown as people call them, and people are compared with people of the case', async () => {
    const { flow, show, process } = branch('loan.area = "A1" and loan.person = loan.person');
    const settings = create('ganwei:Task', { form: 'loan' });
    (listOf(process, 'flowElements')[0] as Moddle).set(
      'extensionElements',
      create('bpmn:ExtensionElements', { values: [settings] }),
    );
    const { findByText, findAllByText } = show([flow]);
    await findByText('借款单 · 领域');
    await findByText('城建');
    expect(await findAllByText('借款单 · 借款人')).toHaveLength(2);
  });

  test('[DES42] a person is chosen among those of the case and those of the directory, and shown by name', async () => {
    const { flow, show } = branch('loan.person = "fuzheng"');
    const asked: [string, readonly string[] | undefined][] = [];
    const { findByText, getByLabelText } = show([flow], [], {
      async people(q, ids) {
        asked.push([q, ids]);
        return ids
          ? [{ value: 'fuzheng', label: '傅正（市容错办）' }]
          : [{ value: 'songqiao', label: '宋桥（市住建局）' }];
      },
      units: () => Promise.resolve([]),
      assigned: () => Promise.reject(new Error('not asked')),
    });
    await findByText('傅正（市容错办）');
    expect(asked).toEqual([['', ['fuzheng']]]);
    fireEvent.mouseDown(getByLabelText('比什么'));
    fireEvent.click(await findByText('宋桥（市住建局）'));
    expect(conditionOf(flow)).toBe('loan.person = "songqiao"');
  });

  test('[DES40] what rows cannot say is shown as it is written', () => {
    const { flow, show } = branch('every i in a satisfies i > 1');
    const { getByDisplayValue, getByText } = show([flow]);
    expect(getByDisplayValue('every i in a satisfies i > 1')).toBeTruthy();
    expect(getByText(/^这个条件不能逐行显示/)).toBeTruthy();
  });

  test('[DES22] a branch that becomes the default loses its condition in the same step', () => {
    const { flow, gateway, show, steps } = branch('outcome = "agree"');
    const { getByLabelText } = show([flow]);
    fireEvent.click(getByLabelText(/^默认分支/));
    expect([gateway.get('default'), conditionOf(flow), steps.length]).toEqual([flow, undefined, 1]);
    apply(steps[0]!);
    expect([gateway.get('default'), conditionOf(flow)]).toEqual([undefined, 'outcome = "agree"']);
  });

  test('[DES41] who acts is shown as sentences, and one that is taken away leaves the others', () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, sheet } = sheetOf(node);
    apply(listChanges(node, placeOf('Task'), 'outcomes', [], sheet.create));
    const task = listOf(node.get('extensionElements') as Moddle, 'values')[0] as Moddle;
    task.set('assignees', 'first of([case.starter], holders(case.starterUnit, "chief"))');
    const { container, getByText } = show([node]);
    expect([getByText('发起人'), getByText('科长')].every(Boolean)).toBe(true);
    const field = container.querySelector('[data-attribute="Task.assignees"]')!;
    fireEvent.click(field.querySelectorAll('[aria-label="删除"]')[0]!);
    expect(task.get('assignees')).toBe('holders(case.starterUnit, "chief")');
  });

  test('[DES72] a refusal is told there, and nothing is left looking as if it were being asked', async () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, sheet } = sheetOf(node);
    apply(listChanges(node, placeOf('Task'), 'outcomes', [], sheet.create));
    const task = listOf(node.get('extensionElements') as Moddle, 'values')[0] as Moddle;
    task.set('assignees', '[case.starter]');
    const refused = () => Promise.reject(new ApiProblem('change.state', '变更已经送审，不能修改。', 409));
    const { findByText, findByRole, queryByText } = show([node], [], {
      people: refused,
      units: refused,
      assigned: refused,
    });
    fireEvent.click(await findByText('今天会分给谁'));
    expect((await findByRole('alert')).textContent).toContain('变更已经送审');
    expect(queryByText('正在查找……')).toBeNull();
  });

  test('[DES72] below the sentences it is told who would get the step today, and what that still depends on', async () => {
    const node = create('bpmn:UserTask', { id: 'n' });
    const { show, sheet } = sheetOf(node);
    apply(listChanges(node, placeOf('Task'), 'outcomes', [], sheet.create));
    const task = listOf(node.get('extensionElements') as Moddle, 'values')[0] as Moddle;
    task.set('assignees', 'first of([loan.person], head of(case.starterUnit))');
    const questions: unknown[] = [];
    const nobody = () => Promise.resolve([]);
    const { findByText, findByRole, findByLabelText } = show([node], [], {
      people: nobody,
      units: nobody,
      async assigned(question) {
        questions.push(question);
        return {
          starter: { id: 'song', name: '宋桥', unit: '市住建局' },
          people: [{ id: 'liang', name: '梁栋', unit: '市住建局' }],
          more: 0,
          needs: ['loan.person', 'loan.amount'],
          wrong: '',
          functionsDrafted: false,
        };
      },
    });
    fireEvent.click(await findByText('今天会分给谁'));
    expect((await findByRole('status')).textContent).toBe('会分给：梁栋（市住建局）');
    expect(questions).toEqual([
      { people: 'first of([loan.person], head of(case.starterUnit))', starter: null, values: [], doneBy: [] },
    ]);
    expect(await findByLabelText('loan.person')).toBeTruthy();
    expect(await findByText(/还取决于.* loan\.amount/)).toBeTruthy();
  });
});
