/**
 * Owns addresses: wouter under the base path of the server, and going from page to page. Patterns have `:name` parts. Must know no page.
 */
import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { useMemo } from 'react';
import { Router, useLocation, useSearch, Link as WouterLink } from 'wouter';
import { navigate as go } from 'wouter/use-browser-location';

export { Route, Switch } from 'wouter';

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

export const addressOf = (path: string): string => BASE + path.replace(/^\//, '');

/** Everything that reads or changes the address stands inside. A link goes the way of `navigate`. */
export function Addresses({ children }: { children: ReactNode }) {
  return (
    <Router base={BASE.replace(/\/$/, '')} aroundNav={(_go, to, options) => visit(to, options)}>
      {children}
    </Router>
  );
}

/** Goes to a page; a page that is replaced by itself under another address stays where it is scrolled to. */
export const navigate = (path: string, options: { replace?: boolean } = {}): void => visit(addressOf(path), options);

function visit(address: string, { replace = false }: { replace?: boolean | undefined } = {}): void {
  if (address === window.location.pathname + window.location.search) return;
  go(address, { replace });
  if (!replace) window.scrollTo(0, 0);
}

export function usePlace(): Place {
  const [path] = useLocation();
  const search = useSearch();
  return useMemo(
    () => ({ path: path === '/' ? '/' : path.replace(/\/$/, ''), query: new URLSearchParams(search) }),
    [path, search],
  );
}

/** A link within the pages; with a modifier key or another button it is an ordinary one. */
export const Link = ({ to, ...rest }: Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: string }) => (
  <WouterLink {...rest} to={to} />
);
