/** Owns how a page says why an outcome is not possible yet: what is not filled in, else what does not fit. */
import { isBlank } from '@ganwei/form/check';
import { labelText } from '@ganwei/form/messages';
import type { CompiledForm, Language, Values } from '@ganwei/form/model';
import type { Say } from '../kit/language.tsx';

export interface Hurdle {
  text: string;
  /** the first field it is about; '' when it is about none */
  path: string;
}

/** `paths` as outcomes.ts tells them; those of no field of this form are not named. */
export function hurdle(
  { say, language }: { say: Say; language: Language },
  label: string,
  paths: readonly string[],
  form: CompiledForm | null,
  values: Values,
): Hurdle {
  const fields = paths.flatMap((path) => fieldAt(form, path) ?? []);
  const blank = fields.filter(({ path }) => isBlank(valueAt(values, path)));
  const named = blank.length > 0 ? blank : fields;
  const titles = [...new Set(named.map(({ title }) => labelText(title, language)))].join(say('task.hurdleComma'));
  const key = fields.length === 0 ? 'task.hurdle' : blank.length > 0 ? 'task.hurdleBlank' : 'task.hurdleUnfit';
  return { text: say(key, { outcome: label, fields: titles }), path: named[0]?.path ?? '' };
}

/** The field a path leads to, or the nearest one around it (a member of a person, a column of a table). */
function fieldAt(form: CompiledForm | null, path: string) {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const field = form?.byPath.get(at);
    if (field) return field;
  }
  return undefined;
}

const valueAt = (values: Values, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Values | null | undefined)?.[key], values);
