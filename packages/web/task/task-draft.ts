/** Owns the draft of a task: what it begins with and where it is saved. */
import type { Answer } from '@ganwei/core/contract';
import { api } from '../api/client.ts';
import { type Draft, useDraft } from './use-draft.ts';

type TaskView = Answer<'task'>;

export function useTaskDraft(view: TaskView): Draft {
  const params = { id: view.task.id };
  return useDraft({
    hasForm: view.form !== null,
    first: filledIn(view),
    known: view.draft,
    address: () => `/tasks/${params.id}`,
    title: `${view.case.title} · ${view.task.name}`,
    save: ({ values, comment }, mark) =>
      api.saveTaskDraft({ params, body: { values: values as never, comment, ...mark } }),
    async there() {
      const now = await api.task({ params });
      return { ...filledIn(now), revision: now.draft?.revision ?? 0, savedAt: now.draft?.savedAt ?? 0 };
    },
  });
}

const filledIn = ({ form, draft }: TaskView) => ({
  values: { ...form?.values, ...draft?.values },
  comment: draft?.comment ?? '',
});
