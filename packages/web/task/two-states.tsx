/** Owns whether a page must tell that its draft has two states; the note itself (draft-note.tsx) is loaded then. */
import { lazy, Suspense } from 'react';
import type { DraftNoteProps } from './draft-note.tsx';

const DraftNote = lazy(() => import('./draft-note.tsx'));

export function TwoStates(props: DraftNoteProps) {
  const { saved, choice } = props.draft;
  if (!choice.found && saved.kind !== 'moved' && saved.kind !== 'gone') return null;
  return (
    <Suspense>
      <DraftNote {...props} />
    </Suspense>
  );
}
