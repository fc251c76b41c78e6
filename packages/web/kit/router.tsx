/**
 * Owns addresses: the history API under the base path of the server. Patterns have `:name` parts. Must know no page.
 */
import { type AnchorHTMLAttributes, type MouseEvent, useMemo, useSyncExternalStore } from 'react';

/** Where the server is mounted, with a slash at the end. */
export const BASE = readBase();

function readBase(): string {
  const given = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '/';
  return given.startsWith('/') && given.endsWith('/') ? given : '/';
}

export interface Place {
  /** without the base path, beginning with a slash */
  path: string;
  query: URLSearchParams;
}

/** The address as one text, for keys and for coming back after signing in. */
const here = (): string => {
  const { pathname, search } = window.location;
  return `/${pathname.startsWith(BASE) ? pathname.slice(BASE.length) : ''}${search}`;
};

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
const changed = () => {
  for (const listener of listeners) listener();
};
window.addEventListener('popstate', changed);

export const addressOf = (path: string): string => BASE + path.replace(/^\//, '');

export function navigate(path: string, { replace = false } = {}): void {
  if (path === here()) return;
  if (replace) window.history.replaceState(null, '', addressOf(path));
  else window.history.pushState(null, '', addressOf(path));
  if (!replace) window.scrollTo(0, 0);
  changed();
}

export function usePlace(): Place & { address: string } {
  const address = useSyncExternalStore(subscribe, here);
  return useMemo(() => {
    const [path = '/', search = ''] = address.split('?');
    return { address, path: path === '/' ? '/' : path.replace(/\/$/, ''), query: new URLSearchParams(search) };
  }, [address]);
}

/** The parts of a path that fits a pattern, or null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return params;
}

/** A link within the pages; with a modifier key or another button it is an ordinary one. */
export function Link({ to, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={addressOf(to)} onClick={follow} />;
}
