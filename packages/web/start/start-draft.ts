/** Owns the draft of a case that is not started yet: it gets its id when it is first saved, and the address of the page follows. */
import type { Answer } from '@ganwei/core/contract';
import { useEffect, useRef } from 'react';
import { api } from '../api/client.ts';
import { navigate } from '../kit/router.tsx';
import { type Draft, useDraft } from '../task/use-draft.ts';

type StartView = Answer<'startView'>;

interface StartDraft {
  draft: Draft;
  /** its id, once it has been saved */
  id(): string | undefined;
  /** goes on as another draft; the one before has been submitted or deleted elsewhere. False when it could not be saved */
  anew(): Promise<boolean>;
}

export function useStartDraft(view: StartView): StartDraft {
  const { process, start, from } = view;
  const id = useRef(view.draft?.id);
  const here = useHere();
  const draft = useDraft({
    hasForm: view.form !== null,
    first: { values: view.form?.values ?? {}, comment: '' },
    known: view.draft,
    address: () => addressOf(view, id.current),
    title: view.label,
    async save({ values }, mark) {
      const action = from ? { case: from.case, action: from.action } : {};
      const body = { id: id.current, process, start, values: values as never, ...action, ...mark };
      const saved = await api.saveDraft({ body });
      if (!id.current) {
        // what this device kept while the draft had no id belongs to it now
        draft.choice.forget();
        id.current = saved.id;
        // a page that has been left keeps its address
        if (here.current) navigate(addressOf(view, saved.id), { replace: true });
      }
      return saved;
    },
    async there() {
      const query = { draft: id.current };
      const now = await api.startView({ params: { process, start }, query });
      return now.draft && { values: now.form?.values ?? {}, comment: '', ...now.draft };
    },
  });
  return {
    draft,
    id: () => id.current,
    anew: () => {
      id.current = undefined;
      return draft.choice.settle(draft.choice.here(), 0);
    },
  };
}

/** Is the page still shown? */
function useHere() {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

function addressOf({ process, start, from }: StartView, draft: string | undefined): string {
  const query = new URLSearchParams(draft ? { draft } : from ? { case: from.case, action: from.action } : {});
  const path = `/start/${encodeURIComponent(process)}/${encodeURIComponent(start)}`;
  return query.size > 0 ? `${path}?${query}` : path;
}
