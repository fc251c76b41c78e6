/** Owns which page of the design centre stands at which address: loaded as one part of the site, each page by itself. */
import { Pages, type PageTable, page } from '../kit/pages.tsx';
import './learned.ts';

const PAGES: PageTable = [
  ['/design', page(() => import('./change/overview.tsx'))],
  ['/design/releases', page(() => import('./change/releases.tsx'))],
  ['/design/definitions/:kind/:app/:key', page(() => import('./change/definition-page.tsx'))],
  ['/design/changes/:id', page(() => import('./change/change-page.tsx'))],
  ['/design/changes/:id/play', page(() => import('./play/play-page.tsx'))],
  ['/design/changes/:id/rerecord', page(() => import('./rerecord/rerecord-page.tsx'))],
  ['/design/changes/:id/import', page(() => import('./foreign/import-page.tsx'))],
  ['/design/changes/:id/:kind/:app/:key', page(() => import('./change/editor-page.tsx'))],
  ['/running', page(() => import('./running/running.tsx'))],
  ['/running/:process', page(() => import('./running/running-flow.tsx'))],
];
const NotFound = page(() => import('../kit/not-found.tsx'));

export default function DesignPages({ query }: { query: URLSearchParams }) {
  return <Pages pages={PAGES} otherwise={<NotFound params={{}} query={query} />} />;
}
