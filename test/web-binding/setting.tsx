/** A form on a page without a browser: renders a FormView over small sources and offers what the tests look at. */
import { makeCalendar } from '@ganwei/calendar/calendar';
import type { FieldAccess, FieldSchema, Values } from '@ganwei/form/model';
import { initialValues } from '@ganwei/form/values';
import { act, cleanup, render } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { createRef } from 'react';
import { compiled } from '../../packages/web/binding/compiled.ts';
import { type FormHandle, FormView } from '../../packages/web/binding/form-view.tsx';
import type { SectionState } from '../../packages/web/binding/sections.ts';
import type { FormSources } from '../../packages/web/binding/sources.ts';
import { DICTIONARIES, PEOPLE, SCOPE } from '../form/world.ts';

export const SOURCES: FormSources = {
  dictionary: async (key) => DICTIONARIES[key] ?? [],
  calendar: async () => makeCalendar([{ year: 2026, off: ['2026-10-01', '2026-10-02'], work: ['2026-10-10'] }]),
  searchPersons: async (query) =>
    Object.entries(PEOPLE)
      .filter(([, name]) => name.includes(query))
      .map(([id, name]) => ({ id, name, detail: '办公室' })),
  unitsBelow: async (parent) =>
    parent === '' ? [{ id: 'u1', name: '市发改委', below: true }] : [{ id: 'u2', name: '投资科', below: false }],
  searchUnits: async () => [{ id: 'u1', name: '市发改委' }],
  searchCases: async () => [{ id: 'r1', name: '事项一' }],
  names: async (_, ids) => Object.fromEntries(ids.map((id) => [id, PEOPLE[id] ?? `名称${id}`])),
  uploadFile: async (file, progress) => {
    progress(0.5);
    if (file.name.startsWith('bad')) throw new Error('文件内容与扩展名不符');
    return { id: `id-${file.name}`, name: file.name, size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) };
  },
  fileUrl: (id) => `/api/files/${id}`,
  signNow: async () => ({ name: '李明', personId: 'p1', at: '2026-11-23T10:00:00' }),
};

export interface Setting {
  view: ReturnType<typeof render>;
  handle: FormHandle;
  changes: Values[];
  submitted: Values[];
  sections(): readonly SectionState[];
  /** the frame of a field */
  item(path: string): HTMLElement;
  complaint(path: string): string;
}

export interface SettingOptions {
  values?: Values;
  access?: FieldAccess[];
  sources?: Partial<FormSources>;
  language?: 'zh-CN' | 'en-US';
  /** what to wait for; the open form by default */
  until?: string;
}

export async function openForm(
  fields: Record<string, FieldSchema> | unknown,
  options: SettingOptions = {},
): Promise<Setting> {
  cleanup();
  const json = isDefinition(fields)
    ? fields
    : { form: 'f', title: '表', schema: { type: 'object', properties: fields } };
  const form = compiled(json);
  const ref = createRef<FormHandle>();
  const changes: Values[] = [];
  const submitted: Values[] = [];
  let sections: readonly SectionState[] = [];
  const lookups = { dictionary: (key: string) => DICTIONARIES[key] };
  const view = render(
    <ConfigProvider button={{ autoInsertSpace: false }}>
      <FormView
        ref={ref}
        form={form}
        values={options.values ?? initialValues(form, { scope: SCOPE, lookups })}
        access={options.access ?? []}
        scope={SCOPE}
        sources={{ ...SOURCES, ...options.sources }}
        {...(options.language && { language: options.language })}
        onChange={(values) => changes.push(values)}
        onSubmit={(values) => submitted.push(values)}
        onSections={(now) => {
          sections = now;
        }}
      />
    </ConfigProvider>,
  );
  await settled(() => view.container.querySelector(options.until ?? '.gw-form') !== null);
  const item = (path: string): HTMLElement => {
    const found = view.container.querySelector<HTMLElement>(`[data-path="${path}"]`);
    if (!found) throw new Error(`${path} is not on the page`);
    return found;
  };
  return {
    view,
    handle: ref.current as FormHandle,
    changes,
    submitted,
    sections: () => sections,
    item,
    complaint: (path) => item(path).querySelector(':scope > .gw-complaint')?.textContent ?? '',
  };
}

/** Lets effects and promises run until something holds; fails after 15 seconds. */
export async function settled(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 1500; round++) {
    await act(async () => {
      await new Promise((done) => setTimeout(done, 10));
    });
    if (holds()) return;
  }
  throw new Error('the page did not settle');
}

const isDefinition = (json: unknown): boolean => typeof json === 'object' && json !== null && 'schema' in json;
