/** Owns what a page is given by its address. Types only, so that pages need not know the list of pages. */

/** Props of every page: the parts of its address. */
export interface PageProps {
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}
