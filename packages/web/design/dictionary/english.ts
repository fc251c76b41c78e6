/**
 * Owns the English names of entries: they stand in the translation of the change, under the Chinese ones, and are saved with it; no second place has them.
 * Rule: [DCT3].
 */
import { withValue } from '@ganwei/release/json-text';
import type { Named } from '@ganwei/release/paths';
import { useState } from 'react';
import { useLoad } from '../../api/load.ts';
import { useSession } from '../../session/session.tsx';
import { type Draft, useSaving } from '../change/saving.ts';

export interface English {
  of(chinese: string): string;
  /** Several at once are one save; an empty text takes the name away. */
  set(names: readonly (readonly [chinese: string, english: string])[]): void;
}

/** Where the English of a dictionary stands: with its application, or with what all share. */
export const translationOf = ({ app }: Pick<Named, 'app'>): Named => ({
  kind: 'translation',
  app: '',
  key: app || 'shared',
});

export function useTranslation(change: string, named: Named) {
  const { kind, app, key } = translationOf(named);
  return useLoad('draft', { params: { id: change }, query: { kind, app, key } }, { fresh: true });
}

export function useEnglish(change: string, named: Named, begun: Draft): English {
  const { now } = useSession();
  const at = translationOf(named);
  const [source, setSource] = useState((begun.draft ? begun.source : begun.current) ?? blank(at.key));
  const saving = useSaving(change, at, begun, now);
  return {
    of: (chinese) => textsIn(source)[chinese] ?? '',
    set(names) {
      const next = names.reduce(
        (text, [chinese, english]) =>
          chinese === '' ? text : withValue(text, ['texts', chinese], english === '' ? undefined : english),
        source,
      );
      if (next === source) return;
      setSource(next);
      saving.change(next);
    },
  };
}

const blank = (key: string): string =>
  `${JSON.stringify({ translation: key, language: 'en-US', texts: {} }, null, 2)}\n`;

function textsIn(source: string): Readonly<Record<string, string>> {
  try {
    return ((JSON.parse(source) as { texts?: Record<string, string> }).texts ?? {}) as Record<string, string>;
  } catch {
    return {};
  }
}
