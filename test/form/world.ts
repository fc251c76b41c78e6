/** The small world the form tests play in: two dictionaries, four people, one actor, a fixed day. */
import { accept, type Submission, type Verdict } from '@ganwei/form/accept';
import { compileForm } from '@ganwei/form/dialect';
import type { CompiledForm, FieldSchema, Lookups, Values } from '@ganwei/form/model';
import purchase from './fixtures/purchase.form.json' with { type: 'json' };
import review from './fixtures/review.form.json' with { type: 'json' };
import visit from './fixtures/visit.form.json' with { type: 'json' };

const FORMS: Record<string, unknown> = { purchase, review, visit };

export const formJson = (name: string): unknown => FORMS[name];

export const loadForm = (name: string): CompiledForm => compileForm(formJson(name));

export const PEOPLE: Record<string, string> = { p1: '李明', p2: '王芳', p3: '张伟', p4: '刘洋' };

export const DICTIONARIES: Record<string, { code: string; label: string; active: boolean; weight?: number }[]> = {
  CK: [
    { code: 'c1', label: '材料齐全', active: true, weight: 1 },
    { code: 'c2', label: '程序合规', active: true, weight: 2 },
    { code: 'c9', label: '旧项', active: false, weight: 9 },
  ],
  GR: [
    { code: 'A', label: '优', active: true },
    { code: 'B', label: '良', active: true },
    { code: 'Z', label: '停用', active: false },
  ],
};

export const LOOKUPS: Lookups = {
  dictionary: (key) => DICTIONARIES[key],
  person: (id) => (PEOPLE[id] ? { name: PEOPLE[id] } : undefined),
  unit: (id) => (id.startsWith('u') ? { name: `单位${id}` } : undefined),
  reference: (id) => (id.startsWith('r') ? { title: `事项${id}` } : undefined),
  file: (id) =>
    id === 'f1' ? { id, name: 'a.pdf', size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) } : undefined,
};

export const SCOPE: Values = {
  actor: { id: 'p1', name: '李明', unit: 'u1' },
  today: '2026-11-23',
  now: '2026-11-23T09:30',
};

/** A form of these fields and nothing else. */
export const formOf = (properties: Record<string, FieldSchema>): CompiledForm =>
  compileForm({ form: 'f', title: '表单', schema: { type: 'object', properties } });

/** What the server makes of a final submission of the actor. */
export const submit = (form: CompiledForm, submitted: unknown, more: Partial<Submission> = {}): Verdict =>
  accept(form, { stored: {}, submitted, access: [], scope: SCOPE, lookups: LOOKUPS, final: true, ...more });

/** `path:code` of every complaint. */
export const codesOf = (verdict: Verdict): string[] => verdict.errors.map((error) => `${error.path}:${error.code}`);
