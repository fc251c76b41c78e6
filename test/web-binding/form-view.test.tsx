// @vitest-environment happy-dom
/** Rules [WEB1]-[WEB9]: what a person meets on an open form. */
import type { FieldSchema } from '@ganwei/form/model';
import { act, fireEvent } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { formJson } from '../form/world.ts';
import { openForm, settled } from './setting.tsx';

const text: FieldSchema = { type: 'string', title: '事项名称', required: true, minLength: 4 };

const type = async (input: Element, value: string) => {
  await act(async () => {
    fireEvent.focus(input);
    fireEvent.change(input, { target: { value } });
    fireEvent.blur(input);
  });
};

describe('a field', () => {
  test('[WEB1] has a label, says that it is required, and ties its complaint to the control', async () => {
    const { view, item, handle } = await openForm({ a: { ...text, 'x-decorator-props': { help: '一句话说明' } } });
    const input = view.getByLabelText('事项名称');
    expect(input.getAttribute('aria-required')).toBe('true');
    await act(async () => void (await handle.validate()));
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ');
    const spoken = described.map((id) => view.container.querySelector(`[id="${id}"]`)?.textContent);
    expect(spoken).toEqual(['请填写事项名称', '一句话说明']);
    expect(item('a').querySelector('[role="alert"]')?.textContent).toBe('请填写事项名称');
  });

  test('[WEB2] does not complain before it has been touched, and not while the person is typing', async () => {
    const { view, complaint } = await openForm({ a: text });
    const input = view.getByLabelText('事项名称');
    expect(complaint('a')).toBe('');
    await act(async () => {
      fireEvent.focus(input);
      fireEvent.change(input, { target: { value: '短' } });
    });
    expect(complaint('a')).toBe('');
    await act(async () => void fireEvent.blur(input));
    await settled(() => complaint('a') !== '');
    expect(complaint('a')).toBe('至少 4 个字，现在 1 个字');
  });

  test('[WEB3] what may only be read is text in office style, without a control', async () => {
    const access = [{ path: '*', mode: 'read' as const }];
    const fields: Record<string, FieldSchema> = {
      day: { type: 'string', title: '日期', 'x-component': 'Date' },
      money: { type: 'number', title: '金额', 'x-component': 'Money' },
      who: { type: 'array', title: '人员', 'x-component': 'Person' },
      none: { type: 'string', title: '无' },
    };
    const { view, item } = await openForm(fields, {
      access,
      values: { day: '2026-10-03', money: 1234.5, who: ['p1', 'p2'] },
    });
    await settled(() => item('who').textContent?.includes('王芳') ?? false);
    expect(['day', 'money', 'who', 'none'].map((path) => item(path).querySelector('.gw-read')?.textContent)).toEqual([
      '2026年10月3日',
      '1,234.50 万元',
      '李明、王芳',
      '—',
    ]);
    expect(view.container.querySelectorAll('input, button, textarea')).toHaveLength(0);
  });

  test('[A1] a hidden field is nowhere on the page', async () => {
    const { view } = await openForm(
      { a: text, b: { type: 'string', title: '保密' } },
      { access: [{ path: 'b', mode: 'hidden' }] },
    );
    expect(view.container.innerHTML).not.toContain('保密');
  });

  test('[WEB4] a rule shows and demands a field while the person answers', async () => {
    const { view, handle } = await openForm(formJson('purchase'));
    expect(view.queryByLabelText('加急理由')).toBeNull();
    await act(async () => void fireEvent.click(view.getByRole('switch')));
    await settled(() => view.queryByLabelText('加急理由') !== null);
    let paths: string[] = [];
    await act(async () => {
      paths = (await handle.validate()).map((error) => error.path);
    });
    expect(paths).toContain('reason');
  });

  test('[WEB20] a rule of working days moves while the person types', async () => {
    const { view, handle } = await openForm(
      {
        days: { type: 'number', title: '工作日数' },
        until: {
          type: 'string',
          title: '到期日',
          'x-component': 'Computed',
          'x-component-props': { as: 'date' },
          'x-rules': { value: 'add working days(date("2026-09-30"), days)' },
        },
      },
      { values: { days: 1 } },
    );
    const until = () => view.container.querySelector('[data-path="until"]')?.textContent;
    await settled(() => until()?.includes('2026年10月5日') ?? false);
    await type(view.getByLabelText('工作日数'), '6');
    await settled(() => until()?.includes('2026年10月10日') ?? false);
    expect(handle.values().until).toBe('2026-10-10');
  });

  test('[WEB20] a form that reckons with no working days does not ask for the calendar', async () => {
    const calendar = () => Promise.reject(new Error('not asked for'));
    const { view } = await openForm({ a: text }, { sources: { calendar } });
    expect(view.container.querySelector('.gw-form')).not.toBeNull();
  });

  test('[WEB5] English pages speak English', async () => {
    const { view, handle } = await openForm(
      { a: { ...text, title: { 'zh-CN': '名称', 'en-US': 'Name' } } },
      { language: 'en-US' },
    );
    let messages: string[] = [];
    await act(async () => {
      messages = (await handle.validate()).map((error) => error.message);
    });
    expect([view.queryByLabelText('Name') !== null, messages]).toEqual([true, ['Please fill in Name']]);
  });
});

describe('submitting', () => {
  test('[WEB6] Ctrl+Enter submits what is right, and otherwise goes to the first wrong place', async () => {
    const { view, submitted } = await openForm({ b: { type: 'string', title: '备注' }, a: text });
    const press = () =>
      act(async () => void fireEvent.keyDown(view.getByLabelText('备注'), { key: 'Enter', ctrlKey: true }));
    await press();
    await settled(() => document.activeElement === view.getByLabelText('事项名称'));
    expect(submitted).toEqual([]);
    await type(view.getByLabelText('事项名称'), '足够长的名称');
    await press();
    await settled(() => submitted.length > 0);
    expect(submitted).toEqual([{ a: '足够长的名称' }]);
  });

  test('[WEB7] complaints of the server stand at their field until it is changed; others are handed back', async () => {
    const { view, handle, complaint } = await openForm({ a: text });
    let elsewhere: unknown;
    await act(async () => {
      elsewhere = handle.setServerErrors([
        { path: 'a', code: 'x', message: '名称重复' },
        { path: 'nowhere', code: 'y', message: '别处' },
      ]);
    });
    expect(elsewhere).toEqual([{ path: 'nowhere', code: 'y', message: '别处' }]);
    expect(complaint('a')).toBe('名称重复');
    await type(view.getByLabelText('事项名称'), '另一个名称');
    expect(complaint('a')).toBe('');
  });

  test('[WEB8] the parts of the form say how far they are and how many complaints they have', async () => {
    const { sections, handle, view } = await openForm({
      s: {
        type: 'void',
        title: '基本情况',
        properties: { a: text, b: { type: 'string', title: '乙', required: true } },
      },
      t: {
        type: 'void',
        'x-component': 'Tabs',
        properties: {
          p: { type: 'void', title: '其他', 'x-component': 'Pane', properties: { c: { type: 'string', title: '丙' } } },
        },
      },
    });
    await type(view.getByLabelText('事项名称'), '足够长的名称');
    await act(async () => void (await handle.validate()));
    await settled(() => sections()[0]?.errors === 1);
    expect(
      sections().map(({ address, title, errors, done, required }) => [address, title, errors, done, required]),
    ).toEqual([
      ['s', '基本情况', 1, 1, 2],
      ['t.p', '其他', 0, 0, 0],
    ]);
  });

  test('[WEB9] a complaint in a closed tab opens it', async () => {
    const pane = (title: string, properties: Record<string, FieldSchema>): FieldSchema => ({
      type: 'void',
      title,
      'x-component': 'Pane',
      properties,
    });
    const { view, handle } = await openForm({
      t: {
        type: 'void',
        'x-component': 'Tabs',
        properties: { p: pane('一', { a: { type: 'string', title: '甲' } }), q: pane('二', { b: text }) },
      },
    });
    await act(async () => void (await handle.validate()));
    const tab = () => view.getByRole('tab', { name: /二/ });
    expect([tab().getAttribute('aria-selected'), tab().textContent]).toEqual(['false', '二11 处需要修改']);
    await act(async () => handle.focusFirstError());
    await settled(() => tab().getAttribute('aria-selected') === 'true');
  });
});

describe('opening', () => {
  test('[WEB10] when a dictionary cannot be loaded the person may try again', async () => {
    let calls = 0;
    const dictionary = async () => {
      if (++calls === 1) throw new Error('offline');
      return [{ code: 'A', label: '优', active: true }];
    };
    const grade: FieldSchema = {
      type: 'string',
      title: '等次',
      'x-component': 'Dictionary',
      'x-component-props': { dictionary: 'GR', display: 'radio' },
    };
    const { view } = await openForm({ g: grade }, { sources: { dictionary }, until: '[role="alert"]' });
    await act(async () => void fireEvent.click(view.getByRole('button', { name: '重试' })));
    await settled(() => view.container.querySelector('.gw-form') !== null);
    expect(view.getByRole('radio', { name: '优' })).toBeTruthy();
  });

  test('[WEB11] what the person entered is reported as it would be sent', async () => {
    const { view, changes } = await openForm({ a: text, b: { type: 'string', title: '备注' } });
    await type(view.getByLabelText('备注'), '写了又');
    await type(view.getByLabelText('备注'), '');
    await type(view.getByLabelText('事项名称'), '名称');
    await settled(() => changes.at(-1)?.a === '名称');
    expect(changes.at(-1)).toEqual({ a: '名称' });
  });
});
