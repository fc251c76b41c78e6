/** Owns what the expressions of a ledger see, and what the rows of a ledger are to the service that finds them. */
import { join } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { contextOf, DATE, idOf, parseType, STRING, type Type } from '@ganwei/feel/type';
import type { Release } from '../release.ts';
import type { Ledger } from '../tables.ts';
import { withNames } from './environment.ts';
import { actorType, namedTypes, refinements } from './platform.ts';

const LETTER = parseType(
  'context<id: letter, number: string, title: string, organ: string, template: letter key, issuedAt: number, issuedBy: string, pages: number, state: string, to: string, copies: string, receipts: number, signed: number>',
);
/** What a ledger's row knows of its case beyond what the case itself knows. */
const CASE_MORE = parseType(
  'context<statusLabel: string, startLabel: string, startedAt: number, endedAt: number, reached: context>',
);

/** Who looks: rules about people, rows and exports. */
export const lookingScope = (release: Release): Environment => ({
  names: new Map<string, Type>([
    ['actor', actorType(release)],
    ['today', DATE],
  ]),
  named: namedTypes(release),
  refine: refinements(release),
});

/** What a column is computed from. Letters belong to cases of any process: what only some have is of any type. */
export function columnScope(release: Release, { ledger, source }: Ledger): Environment {
  if (source.kind === 'record') {
    return withNames(lookingScope(release), [['record', release.given.record(ledger)]]);
  }
  if (source.kind === 'case') {
    const scope = release.scope(source.process);
    return scope ? withCase(scope.running) : lookingScope(release);
  }
  const merged = new Map<string, Type>();
  for (const key of release.keys('process')) {
    const scope = release.scope(key);
    for (const [name, type] of scope ? withCase(scope.running).names : []) {
      const before = merged.get(name);
      merged.set(name, before ? join(before, type) : type);
    }
  }
  return withNames({ ...lookingScope(release), names: merged }, [['letter', LETTER]]);
}

function withCase(environment: Environment): Environment {
  const own = environment.names.get('case');
  if (own?.kind !== 'context' || CASE_MORE.kind !== 'context') return environment;
  return withNames(environment, [['case', contextOf([...own.members, ...CASE_MORE.members])]]);
}

/** A row as the service `find` gives it: cells of a ledger over cases, or the values of a record. */
export function ledgerRowType(release: Release, key: string): Type {
  const ledger = release.ledger(key);
  const always: (readonly [string, Type])[] = [
    ['id', STRING],
    ['caseId', idOf('case')],
  ];
  if (!ledger || ledger.source.kind === 'record') {
    const record = release.given.record(key);
    return record.kind === 'context' ? contextOf([...record.members, ...always, ['key', STRING]], record.open) : record;
  }
  const scope = columnScope(release, ledger);
  const cells = ledger.columns.map(
    ({ key: column, value }) => [column, inferExpression(value, release.language, scope).type] as const,
  );
  return contextOf([...always, ...cells]);
}
