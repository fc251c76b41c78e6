/** Owns the forms of a case as one person sees them: filled in, read only, without what stays hidden from him. Read only. Rules: [A1] [A2]. */
import type { Answer } from '@ganwei/core/contract';
import { project } from '@ganwei/form/access';
import { pathsOf } from '@ganwei/form/formerly';
import type { CompiledForm, FieldAccess, Values } from '@ganwei/form/model';
import { summaryOf } from '@ganwei/form/values';
import { plainLookups } from '../../catalogue/lookups.ts';
import type { ShownForm } from '../../catalogue/reading.ts';
import type { Look } from '../look.ts';

type FormView = Answer<'case'>['forms'][number];

/** Read-only forms of the case, in the order of the process, without what stays hidden. */
export async function formsOf(
  look: Look,
  only?: ReadonlyMap<string, { hide: readonly string[]; open: boolean }>,
): Promise<FormView[]> {
  const { host, process, row, values, reading } = look;
  const views: FormView[] = [];
  const seen = new Set<string>();
  for (const node of process.model.nodes.values()) {
    // Values that several starts fill under one name are shown in the form of the start that was used.
    const settings = node.start ? (node.id === row.start ? node.start : undefined) : node.task;
    if (!settings?.form || seen.has(settings.as)) continue;
    const shown = only ? only.get(settings.as) : reading.forms.get(settings.as);
    const value = rowsFor(look, shown, values.get(settings.as));
    if (shown === undefined || value === undefined || value === null) continue;
    seen.add(settings.as);
    const { value: form } = await host.catalogue().form(process.app, settings.form, row.release);
    const access: FieldAccess[] = [
      { path: '*', mode: 'read' },
      ...shown.hide.map((path) => ({ path, mode: 'hidden' as const })),
    ];
    views.push(formView(look, settings.as, form, value, access, only?.get(settings.as)?.open ?? true));
  }
  return views;
}

/** [READ1] Of a form that several people fill in: everybody's rows, or his own; none at all is no form. */
function rowsFor({ actor }: Look, shown: Partial<ShownForm> | undefined, value: unknown): unknown {
  if (shown?.rows !== 'own' || !Array.isArray(value)) return value;
  const own = value.filter((row: { by?: unknown }) => row.by === actor.id);
  return own.length > 0 ? own : undefined;
}

/** What the rules of a form may read of another one: what this person sees of it, hidden paths and other people's rows left out. */
export function seenOf(look: Look, name: string): unknown {
  const value = look.sight.scope[name] ?? null;
  const shown = look.reading.forms.get(name);
  if (!shown) return value;
  const rows = rowsFor(look, shown, value) ?? null;
  const former = look.process.former?.get(name) ?? [];
  const hidden = shown.hide.flatMap((path) => pathsOf(path.replaceAll('[]', '').split('.'), former));
  return hidden.reduce<unknown>((left, path) => without(left, path), rows);
}

/** A copy that lacks what stands at this path, in every row of the lists on the way. */
function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, [key, ...rest]));
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  const { [key]: found, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [key]: without(found, rest) };
}

export function formView(
  { host, sight }: Pick<Look, 'host' | 'sight'>,
  as: string,
  form: CompiledForm,
  value: unknown,
  access: readonly FieldAccess[],
  open: boolean,
): FormView {
  const surroundings = { scope: sight.scope, world: { ...sight.world }, lookups: plainLookups(host) };
  const entries = Array.isArray(value) ? (value as Record<string, unknown>[]) : null;
  const single = (entries ? {} : value) as Values;
  const shown = project(form, single, access);
  return {
    as,
    definition: form.definition as never,
    values: shown as never,
    list: entries
      ? entries.map((entry) => ({
          by: String(entry.byName ?? ''),
          at: Number(entry.at ?? 0),
          values: project(form, entry as Values, access) as never,
        }))
      : null,
    access: [...access],
    open,
    summary: entries ? '' : (summaryOf(form, shown, surroundings) ?? ''),
  };
}
