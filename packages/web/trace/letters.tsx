/** Owns where the letters of a case stand: where there are none, nothing is loaded for them. */
import type { Answer } from '@ganwei/core/contract';
import { lazy, Suspense } from 'react';

const LetterList = lazy(() => import('./letter-list.tsx'));

export const Letters = ({ letters }: { letters: Answer<'case'>['letters'] }) =>
  letters.length > 0 && (
    <Suspense>
      <LetterList letters={letters} />
    </Suspense>
  );
