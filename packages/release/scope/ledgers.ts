/** Owns what the expressions of a ledger see, and what the rows of a ledger are to the service that finds them. */
import { join } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { contextOf, DATE, idOf, parseType, STRING, type Type } from '@ganwei/feel/type';
import type { Release } from '../release.ts';
import type { Ledger } from '../tables.ts';
import { withNames } from './environment.ts';
import type { Others } from './others.ts';
import { actorType, surroundings } from './platform.ts';

const LETTER = parseType(
  'context<id: letter, number: string, title: string, organ: string, template: letter key, issuedAt: number, issuedBy: string, pages: number, state: string, voidedAt: number, voidReason: string, voidGround: string, to: string, copies: string, receipts: number, signed: number>',
);
/** What a ledger's row knows of its case beyond what the case itself knows. */
const CASE_MORE = parseType(
  'context<statusLabel: string, startLabel: string, startedAt: number, endedAt: number, reached: context>',
);

type Known = Omit<Others, 'row'>;

/** Who looks: rules about people, rows and exports. */
export const lookingScope = (release: Release): Environment => ({
  ...surroundings(release),
  names: new Map<string, Type>([
    ['actor', actorType(release)],
    ['today', DATE],
  ]),
});

/** What a column is computed from, as far as others are known. */
export function columnScope(release: Release, { ledger, source }: Ledger, others: Known): Environment {
  if (source.kind === 'record') return withNames(lookingScope(release), [['record', others.record(ledger)]]);
  if (source.kind === 'case') {
    const running = others.running(source.process);
    return running ? { ...running, names: withCase(running.names) } : lookingScope(release);
  }
  return withNames({ ...lookingScope(release), names: anyCase(release, others) }, [['letter', LETTER]]);
}

/** Letters belong to cases of any process: what only some have is of any type. */
function anyCase(release: Release, others: Known): ReadonlyMap<string, Type> {
  const merged = new Map<string, Type>();
  for (const key of release.all('process')) {
    for (const [name, type] of withCase(others.running(key)?.names ?? new Map())) {
      const before = merged.get(name);
      merged.set(name, before ? join(before, type) : type);
    }
  }
  return merged;
}

function withCase(names: ReadonlyMap<string, Type>): ReadonlyMap<string, Type> {
  const own = names.get('case');
  if (own?.kind !== 'context' || CASE_MORE.kind !== 'context') return names;
  return new Map([...names, ['case', contextOf([...own.members, ...CASE_MORE.members])]]);
}

/** A row as the service `find` gives it: cells of a ledger over cases, or the values of a record. */
export function ledgerRowType(release: Release, key: string, others: Known): Type {
  const ledger = release.ledger(key);
  const always: (readonly [string, Type])[] = [
    ['id', STRING],
    ['caseId', idOf('case')],
  ];
  if (!ledger || ledger.source.kind === 'record') {
    const record = others.record(key);
    return record.kind === 'context' ? contextOf([...record.members, ...always, ['key', STRING]], record.open) : record;
  }
  const scope = columnScope(release, ledger, others);
  const cells = ledger.columns.map(
    ({ key: column, value }) => [column, inferExpression(value, release.language, scope).type] as const,
  );
  return contextOf([...always, ...cells]);
}
