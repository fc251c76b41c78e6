/** Owns at which steps of which flows a form is filled in, and what each may do with its fields. Rule: [FDS30]. */
import { appOf, resolveKey } from '@ganwei/release/keys';
import type { Release } from '@ganwei/release/release';
import type { StepOfForm } from './told.ts';

/** `form`: its full key. Flows that cannot be read have no steps. */
export function stepsOf(release: Release, form: string): readonly StepOfForm[] {
  const forms = new Set(release.all('form'));
  return release.all('process').flatMap((key) => {
    const flow = release.isCompiled('process', key) ? release.process(key) : undefined;
    if (!flow) return [];
    return [...flow.model.nodes.values()].flatMap((node) => {
      const settings = 'task' in node ? node.task : 'start' in node ? node.start : undefined;
      if (
        settings?.form === undefined ||
        resolveKey((full) => forms.has(full), 'form', appOf(key), settings.form) !== form
      )
        return [];
      return [{ flow: release.title('process', key) || key, step: node.name || node.id, access: settings.access }];
    });
  });
}
