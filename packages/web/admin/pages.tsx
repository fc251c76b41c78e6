/** Owns which page of the administrators stands at which address: loaded as one part of the site, each page by itself. */
import { Pages, type PageTable, page } from '../kit/pages.tsx';
import './learned.ts';

const PAGES: PageTable = [
  ['/incidents', page(() => import('./incidents.tsx'))],
  ['/held-tasks', page(() => import('./held-tasks.tsx'))],
  ['/effects', page(() => import('./effects.tsx'))],
  ['/directory', page(() => import('./directory.tsx'))],
  ['/grants', page(() => import('./grants.tsx'))],
  ['/audit', page(() => import('./audit.tsx'))],
  ['/demo', page(() => import('./demo.tsx'))],
];

export default function AdminPages() {
  return <Pages pages={PAGES} otherwise={null} />;
}
