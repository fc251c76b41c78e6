/** Owns how a definition is named in addresses and lists of the design centre: kind, application, key. '-' in an address is what no application owns. */
import type { Answer } from '@ganwei/core/contract';

export type Kind = Answer<'design'>['applications'][number]['definitions'][number]['kind'];

export interface Named {
  readonly kind: Kind;
  readonly app: string;
  readonly key: string;
}

export const idOf = ({ kind, app, key }: Named): string => `${kind}/${app}/${key}`;

const partOf = ({ kind, app, key }: Named): string => `${kind}/${app === '' ? '-' : app}/${encodeURIComponent(key)}`;

/** Where a definition in force is looked at. */
export const definitionAddress = (named: Named): string => `/design/definitions/${partOf(named)}`;

/** Where it is edited in a change. */
export const draftAddress = (change: string, named: Named): string => `/design/changes/${change}/${partOf(named)}`;

export const changeAddress = (change: string, part = ''): string =>
  `/design/changes/${change}${part && `?part=${part}`}`;

/** The definition that an address names. */
export const namedIn = (params: Readonly<Record<string, string>>): Named => ({
  kind: params.kind as Kind,
  app: params.app === '-' ? '' : (params.app ?? ''),
  key: decodeURIComponent(params.key ?? ''),
});

/** What can be edited so far as text begins as this where it is new. `title`: what it is to be called. */
export const LANGUAGE_OF: Readonly<Record<Kind, 'json' | 'xml' | 'markdown'>> = {
  directory: 'json',
  dictionary: 'json',
  calendar: 'json',
  functions: 'xml',
  form: 'json',
  decision: 'xml',
  letter: 'markdown',
  process: 'xml',
  ledger: 'json',
  application: 'json',
};
