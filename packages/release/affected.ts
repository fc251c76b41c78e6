/**
 * Owns on which flows a definition bears: itself, those that fill in its form, ask its table, issue its letter, keep its ledger, or choose from its
 * dictionary; and whether it counts for cases that run already. Rules: [CHG40] [CHG41].
 */
import type { Kind } from './definition.ts';
import type { Release } from './release.ts';
import { usesOf } from './scope/uses.ts';

/** Full keys of flows; null: all of them, since its words and functions may stand anywhere. */
export function flowsUsing(release: Release, kind: Kind, full: string): readonly string[] | null {
  const at = (type: string): string[] => usesOf(release, type, full).map(({ process }) => process);
  switch (kind) {
    case 'process':
      return [full];
    case 'form':
      return once(at('form key'));
    case 'decision':
      return once(at('decision key'));
    case 'letter':
      return once(at('letter key'));
    case 'ledger': {
      const { source } = release.ledger(full) ?? {};
      const shown = source?.kind === 'case' ? [release.full('process', source.process)] : [];
      return once([...shown, ...at('ledger key')]);
    }
    case 'dictionary': {
      const choosing = release.all('form').filter((form) => release.form(form)?.dictionaries.includes(full));
      return once(choosing.flatMap((form) => usesOf(release, 'form key', form).map(({ process }) => process)));
    }
    case 'directory':
    case 'calendar':
    case 'functions':
    case 'application':
    case 'translation':
      return null;
    case 'overview':
    case 'story':
      return [];
  }
}

const once = (keys: readonly string[]): string[] => [...new Set(keys)].sort();

/** [CHG41] A case keeps its flow and forms; everything else is taken as it is in force on the day (house §4.7). */
export const countsForRunning = (kind: Kind): boolean => kind !== 'process' && kind !== 'form';
