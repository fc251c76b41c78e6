// @vitest-environment happy-dom
/** Rules [WEB12]-[WEB19]: each control, the detail table, attachments, the signature, pasted cells. */
import { COMPONENTS } from '@ganwei/form/components';
import { compileForm } from '@ganwei/form/dialect';
import type { FieldSchema, FormField, Values } from '@ganwei/form/model';
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { cellValue, parseCells } from '../../packages/web/binding/paste.ts';
import { componentsFor } from '../../packages/web/binding/registry.ts';
import { DICTIONARIES, formJson } from '../form/world.ts';
import { openForm, settled } from './setting.tsx';

const columns: Record<string, FieldSchema> = {
  name: { type: 'string', title: '名称', required: true },
  price: { type: 'number', title: '单价', 'x-component': 'Money' },
  day: { type: 'string', title: '日期', 'x-component': 'Date' },
};
const table: FieldSchema = { type: 'array', title: '明细', items: { type: 'object', properties: columns } };
const fieldsOf = (properties: Record<string, FieldSchema>) =>
  compileForm({ form: 'f', title: '表', schema: { type: 'object', properties } });

describe('controls', () => {
  test('[WEB12] every component of the dialect has a control', async () => {
    const pane = { p: { type: 'void', 'x-component': 'Pane', properties: { inner: { type: 'string', title: '内' } } } };
    const nodes = Object.entries(COMPONENTS)
      .filter(([name]) => name !== 'Pane')
      .map(([name, { types, kind }]) => [
        `x${name}`,
        {
          type: types[0],
          title: name,
          'x-component': name,
          ...(kind === 'choice' && { enum: [{ label: '甲', value: 'a' }] }),
          ...(kind === 'dictionary' && { 'x-component-props': { dictionary: 'GR' } }),
          ...(kind === 'reference' && { 'x-component-props': { process: 'p' } }),
          ...(kind === 'table' && { items: { type: 'object', properties: columns } }),
          ...(name === 'Note' && { 'x-component-props': { text: '您好' } }),
          ...(name === 'Tabs' && { properties: pane }),
          ...(name === 'Collapse' && {
            properties: { p: { ...pane.p, properties: { other: { type: 'string', title: '另' } } } },
          }),
        },
      ]);
    const json = { form: 'f', title: '表', schema: { type: 'object', properties: Object.fromEntries(nodes) } };
    const loaded = await componentsFor(compileForm(json));
    expect(Object.keys(loaded).sort()).toEqual([...Object.keys(COMPONENTS), 'FormItem'].sort());
    const { view } = await openForm(json);
    expect(view.container.querySelectorAll('[data-path]').length).toBeGreaterThan(20);
  });

  test('[WEB13] where an answer is required, no can be answered', async () => {
    const { view, handle } = await openForm({ a: { type: 'boolean', title: '是否公开', required: true } });
    await act(async () => void fireEvent.click(view.getByRole('radio', { name: '否' })));
    expect(handle.values()).toEqual({ a: false });
  });

  test('[WEB14] a person is found by name and kept by id', async () => {
    const { view, handle } = await openForm({ a: { type: 'string', title: '承办人', 'x-component': 'Person' } });
    const input = view.getByLabelText('承办人');
    await act(async () => {
      fireEvent.mouseDown(input);
      fireEvent.change(input, { target: { value: '王' } });
    });
    await settled(() => document.querySelectorAll('.ant-select-item-option').length === 1);
    await act(async () => void fireEvent.click(document.querySelector('.ant-select-item-option') as Element));
    expect(handle.values()).toEqual({ a: 'p2' });
  });

  test('[PAGE53] people are found down the tree of units: a chosen unit narrows the list, and names are still looked for', async () => {
    const asked: unknown[] = [];
    const searchPersons = async (query: string, filter?: string) => {
      asked.push([query, filter]);
      return [{ id: 'p2', name: '王芳', detail: '投资科' }];
    };
    const { item } = await openForm(
      { a: { type: 'string', title: '人员', 'x-component': 'Person' } },
      { sources: { searchPersons } },
    );
    const input = item('a').querySelector('input') as HTMLInputElement;
    await act(async () => void fireEvent.mouseDown(input));
    const button = (name: string) =>
      [...document.querySelectorAll<HTMLElement>('.gw-unit-path button')].find((one) => one.textContent === name);
    await settled(() => button('市发改委') !== undefined);
    await act(async () => button('市发改委')!.click());
    await settled(() => button('投资科') !== undefined);
    await act(async () => button('投资科')!.click());
    await act(async () => void fireEvent.change(input, { target: { value: '王' } }));
    await settled(() => asked.length >= 4);
    expect(asked).toEqual([
      ['', undefined],
      ['', 'u1'],
      ['', 'u2'],
      ['王', 'u2'],
    ]);
    await act(async () => button('全部单位')!.click());
    await settled(() => asked.length >= 5);
    expect(asked.at(-1)).toEqual(['王', undefined]);
  });

  test('[WEB15] signing asks for the signature of the present person', async () => {
    const { view, item, handle } = await openForm({ a: { type: 'object', title: '签字', 'x-component': 'Signature' } });
    await act(async () => void fireEvent.click(view.getByRole('button', { name: '签名' })));
    await settled(() => handle.values().a !== undefined);
    expect(handle.values().a).toMatchObject({ personId: 'p1' });
    expect(item('a').textContent).toContain('2026年11月23日 10:00');
  });

  test('[WEB16] a finished upload becomes a value, a refused one says why and becomes none', async () => {
    const { item, handle } = await openForm({ a: { type: 'array', title: '附件', 'x-component': 'Files' } });
    const files = [new File(['abc'], 'a.pdf'), new File(['abc'], 'bad.pdf')];
    const input = item('a').querySelector('input[type=file]') as HTMLInputElement;
    Object.defineProperty(input, 'files', { value: files, configurable: true });
    await act(async () => void fireEvent.change(input));
    await settled(() => item('a').textContent?.includes('不符') ?? false);
    expect((handle.values().a as Values[]).map((file) => file.name)).toEqual(['a.pdf']);
    expect(item('a').textContent).toContain('文件内容与扩展名不符');
  });

  test('[WEB16] a form with a running upload is not ready', async () => {
    const uploadFile = () => new Promise<never>(() => undefined);
    const { item, handle } = await openForm(
      { a: { type: 'array', title: '附件', 'x-component': 'Files' } },
      { sources: { uploadFile } },
    );
    const input = item('a').querySelector('input[type=file]') as HTMLInputElement;
    Object.defineProperty(input, 'files', { value: [new File(['a'], 'a.pdf')], configurable: true });
    await act(async () => void fireEvent.change(input));
    let codes: string[] = [];
    await act(async () => {
      codes = (await handle.validate()).map((error) => error.code);
    });
    expect(codes).toEqual(['uploading']);
  });
});

describe('the detail table', () => {
  const open = async () => {
    const setting = await openForm(
      { t: table },
      {
        values: {
          t: [
            { name: '甲', price: 1 },
            { name: '乙', price: 2 },
          ],
        },
      },
    );
    const names = () => (setting.handle.values().t as Values[]).map((row) => row.name);
    return { ...setting, names };
  };
  const click = (element: Element) => act(async () => void fireEvent.click(element));

  test('[WEB17] rows are added, copied, moved and deleted by buttons that say what they do', async () => {
    const { view, names } = await open();
    await click(view.getByLabelText('复制第 1 行'));
    expect(names()).toEqual(['甲', '甲', '乙']);
    await click(view.getByLabelText('下移第 2 行'));
    expect(names()).toEqual(['甲', '乙', '甲']);
    await click(view.getByLabelText('删除第 1 行'));
    expect(names()).toEqual(['乙', '甲']);
    await click(view.getByRole('button', { name: /添加一行/ }));
    expect(names()).toEqual(['乙', '甲', undefined]);
  });

  test('[WEB17] Alt and an arrow move the row of the cell that has the cursor', async () => {
    const { view, names } = await open();
    await act(
      async () => void fireEvent.keyDown(view.getByLabelText('名称 第 2 行'), { key: 'ArrowUp', altKey: true }),
    );
    expect(names()).toEqual(['乙', '甲']);
  });

  test('[WEB18] rows copied from a spreadsheet fill cells and add rows', async () => {
    const { view, handle } = await open();
    const clipboardData = { getData: () => '丙\t1,200.50\t2026/10/5\r\n丁\t\t2026年10月6日\r\n戊\t3\tx\r\n' };
    await act(async () => void fireEvent.paste(view.getByLabelText('名称 第 2 行'), { clipboardData }));
    expect(handle.values().t).toEqual([
      { name: '甲', price: 1 },
      { name: '丙', price: 1200.5, day: '2026-10-05' },
      { name: '丁', day: '2026-10-06' },
      { name: '戊', price: 3 },
    ]);
  });

  test('[PAGE50] the same answer is given to many rows at once; rows that are left out keep what they have', async () => {
    const state: FieldSchema = {
      type: 'string',
      title: '有无',
      'x-component': 'Radio',
      enum: [
        { label: '有', value: 'yes' },
        { label: '缺', value: 'no' },
      ],
    };
    const many: FieldSchema = { ...table, items: { type: 'object', properties: { ...columns, state } } };
    const { view, handle } = await openForm(
      { t: many },
      { values: { t: [{ name: '甲' }, { name: '乙' }, { name: '丙' }] } },
    );
    await click(view.getByRole('button', { name: '批量填写' }));
    await settled(() => view.queryByText('填哪些行') !== null);
    expect(view.getByRole('button', { name: '填入 3 行' }).hasAttribute('disabled')).toBe(true);
    const panel = view.container.querySelector('.gw-set-rows')!;
    await click(
      [...panel.querySelectorAll('label')].find((one) => one.textContent?.trim() === '有')!.querySelector('input')!,
    );
    await click(
      [...panel.querySelectorAll('label')].find((one) => one.textContent?.includes('乙'))!.querySelector('input')!,
    );
    await click(view.getByRole('button', { name: '填入 2 行' }));
    expect((handle.values().t as Values[]).map((row) => row.state)).toEqual(['yes', undefined, 'yes']);
    expect(panel.textContent).toContain('已填入 2 行');
  });

  test('[PAGE50] a column that a rule gives in every row is not offered', async () => {
    const { view } = await openForm(formJson('review'));
    await click(view.getAllByRole('button', { name: '批量填写' })[0]!);
    await settled(() => view.queryByText('填哪些行') !== null);
    const offered = [...view.container.querySelectorAll('.gw-set-rows input[type=radio]')];
    expect(offered.map((one) => one.parentElement?.textContent?.trim())).toEqual(['符合', '不符合']);
    expect(view.container.querySelector('.gw-set-rows')?.textContent).toContain('材料齐全');
  });

  test('[PAGE50] nothing to choose for many rows: nothing is offered', async () => {
    const { view } = await open();
    expect(view.queryByRole('button', { name: '批量填写' })).toBeNull();
  });

  test('[WEB19] a long table is turned page by page, and its rules and limits hold for every row', async () => {
    const computed: FieldSchema = { type: 'number', title: '合计', 'x-rules': { value: 'sum(t.price)' } };
    const twice: FieldSchema = { type: 'number', title: '两倍', 'x-rules': { value: 'price * 2' } };
    const long: FieldSchema = { ...table, items: { type: 'object', properties: { ...columns, twice } } };
    const t = Array.from({ length: 60 }, (_, index) => ({ ...(index !== 58 && { name: `名${index}` }), price: 1 }));
    const { view, handle } = await openForm({ t: long, total: computed }, { values: { t } });
    await settled(() => (handle.values().t as Values[])[59]?.twice === 2);
    expect(view.queryByLabelText('名称 第 51 行')).toBeNull();
    let paths: string[] = [];
    await act(async () => {
      paths = (await handle.validate()).map((error) => error.path);
      handle.focusFirstError();
    });
    expect(paths).toEqual(['t.58.name']);
    await settled(() => document.activeElement?.getAttribute('aria-label') === '名称 第 59 行');
  });

  test('[WEB17] rule-given rows cannot be deleted and their given cells are text', async () => {
    const { view, item } = await openForm(formJson('review'));
    expect(item('checks.0.item').textContent).toBe('材料齐全');
    expect(view.queryByLabelText('删除第 1 行')).toBeNull();
  });

  test('[WEB17] a read-only table shows its rows and nothing to press', async () => {
    const { view, item } = await openForm(
      { t: table },
      { access: [{ path: '*', mode: 'read' }], values: { t: [{ name: '甲', price: 1 }] } },
    );
    expect(item('t.0.price').textContent).toBe('1.00 万元');
    expect(view.container.querySelectorAll('button, input')).toHaveLength(0);
  });
});

describe('pasted cells', () => {
  test('[WEB18] quoted cells keep their line breaks and quotes', () => {
    expect(parseCells('a\t"b\n""c"""\r\nd\t\n')).toEqual([
      ['a', 'b\n"c"'],
      ['d', ''],
    ]);
  });

  const form = fieldsOf({
    text: { type: 'string', title: '文' },
    money: { type: 'number', title: '钱', 'x-component': 'Money' },
    day: { type: 'string', title: '日', 'x-component': 'Date' },
    yes: { type: 'boolean', title: '是否' },
    pick: { type: 'string', title: '选', 'x-component': 'Select', enum: [{ label: '货物', value: 'goods' }] },
    code: { type: 'string', title: '典', 'x-component': 'Dictionary', 'x-component-props': { dictionary: 'GR' } },
    who: { type: 'string', title: '人', 'x-component': 'Person' },
  });
  const dictionaries = new Map(Object.entries(DICTIONARIES));
  const cases: [key: string, cell: string, value: unknown][] = [
    ['text', ' 文字 ', '文字'],
    ['money', '¥1,200.50', 1200.5],
    ['money', '12万元', 12],
    ['money', '约十万', undefined],
    ['day', '2026.1.5', '2026-01-05'],
    ['day', '20261231', '2026-12-31'],
    ['day', '2026-02-30', undefined],
    ['yes', '√', true],
    ['yes', '否', false],
    ['pick', '货物', 'goods'],
    ['pick', '别的', undefined],
    ['code', '良', 'B'],
    ['code', '停用', undefined],
    ['who', '李明', undefined],
    ['text', '', undefined],
  ];
  for (const [key, cell, value] of cases) {
    test(`[WEB18] ${JSON.stringify(cell)} in a column ${key} means ${JSON.stringify(value) ?? 'nothing'}`, () =>
      expect(cellValue(form.byPath.get(key) as FormField, cell, dictionaries)).toEqual(value));
  }
});
