/**
 * Owns access-paths: permissions, shown forms, hidden fields and confidential names speak of forms and fields that exist. A mistyped path
 * would leave a protected field open.
 */
import type { CompiledForm } from '@ganwei/form/dialect';
import type { FieldAccess, ProcessModel, ProcessNode } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { dataNames } from '../scope/filled.ts';
import { checkOf, lacking, type Subject, type Told } from './check.ts';

export const accessPaths = checkOf('access-paths', 'process', (subject) => {
  const { model } = subject.value;
  const forms = formsByName(subject.release, model);
  for (const node of model.nodes.values()) checkNode(subject, node, forms);
  const names = dataNames(model);
  for (const name of model.case.confidential) {
    if (names.includes(name)) continue;
    subject.report({ element: model.id, ...lacking(name, names, { before: '保密的内容：' }) });
  }
});

/** The forms kept under each name; several starts may fill different ones. */
function formsByName(release: Release, { nodes }: ProcessModel): Map<string, CompiledForm[]> {
  const forms = new Map<string, CompiledForm[]>();
  for (const { start, task } of nodes.values()) {
    const settings = start ?? task;
    const form = release.form(settings?.form ?? '');
    if (settings?.form) forms.set(settings.as, [...(forms.get(settings.as) ?? []), ...(form ? [form] : [])]);
  }
  return forms;
}

function checkNode(
  { release, report }: Subject<unknown>,
  { id, start, task }: ProcessNode,
  forms: ReadonlyMap<string, readonly CompiledForm[]>,
): void {
  const say = (told: Told): void => report({ element: id, ...told });
  const settings = start ?? task;
  const form = release.form(settings?.form ?? '');
  if (form) checkAccess(form, settings?.access ?? [], say);
  else if (settings?.access.length && !settings.form) say({ message: '没有表单的步骤不能设置字段权限' });
  for (const { as, hide } of task?.shows ?? []) {
    const shown = forms.get(as);
    if (!shown) say(lacking(as, forms.keys(), { before: '显示的表单：' }));
    for (const path of shown?.length ? hide : []) {
      if (shown?.every((one) => !isField(one, path))) say(lacking(path, pathsOf(shown[0]), { before: '隐藏的字段：' }));
    }
  }
}

function checkAccess(form: CompiledForm, access: readonly FieldAccess[], say: (told: Told) => void): void {
  for (const { path } of access) {
    if (path !== '*' && !isField(form, path))
      say(lacking(path, pathsOf(form), { before: `字段权限：表单「${form.key}」` }));
  }
}

/** As packages/form/access.ts reads a path: with `[]` or without, a table's rows as `items[]`. */
function isField(form: CompiledForm, path: string): boolean {
  const known = pathsOf(form);
  return known.includes(path) || known.some((one) => one.replaceAll('[]', '') === path);
}

const pathsOf = (form: CompiledForm | undefined): string[] =>
  [...(form?.byPath ?? [])].flatMap(([path, { kind }]) => (kind === 'table' ? [path, `${path}[]`] : [path]));
