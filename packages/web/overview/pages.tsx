/** Owns which page of the overviews stands at which address: loaded as one part of the site. */
import { Pages, type PageTable, page } from '../kit/pages.tsx';
import OverviewPage from './overview-page.tsx';
import OverviewsPage from './overviews-page.tsx';

const PAGES: PageTable = [
  ['/overview', OverviewsPage],
  ['/overview/:key', OverviewPage],
];
const NotFound = page(() => import('../kit/not-found.tsx'));

export default function OverviewPages({ query }: { query: URLSearchParams }) {
  return <Pages pages={PAGES} otherwise={<NotFound params={{}} query={query} />} />;
}
