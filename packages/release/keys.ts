/**
 * Owns what a key means. A definition has a short key, and by its application a full one: `loans.approval`; what is shared, `.approval`.
 * Written down, a short key means the writer's own definition if his application has one, else the shared one. No other application is
 * looked through, so nobody changes what a name means by adding a file; who means another one's writes the full key. Rule: [KEY1].
 */
import { type Definition, type Kind, OWNED } from './definition.ts';

/** `app.key`; `.key` when it is shared; the plain key where no application owns the kind. */
export const fullKey = ({ kind, app = '', key }: Pick<Definition, 'kind' | 'app' | 'key'>): string =>
  OWNED.includes(kind) ? `${app}.${key}` : key;

/** What a key means that is written in this application. `isThere`: is there a definition of this full key? */
export function resolveKey(isThere: (full: string) => boolean, kind: Kind, app: string, written: string): string {
  if (!OWNED.includes(kind) || written.includes('.')) return written;
  const own = `${app}.${written}`;
  return app !== '' && isThere(own) ? own : `.${written}`;
}

/** The application of a full key. */
export const appOf = (full: string): string => full.slice(0, Math.max(0, full.indexOf('.')));

/** The key without its application. */
export const shortKey = (key: string): string => key.slice(key.indexOf('.') + 1);

/** How a definition is written down in this application: short where that means it. */
export function writtenIn(app: string, full: string): string {
  return appOf(full) === app || full.startsWith('.') ? shortKey(full) : full;
}
