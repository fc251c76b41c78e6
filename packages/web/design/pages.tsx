/** Owns which page of the design centre stands at which address: they are loaded as one part of the site, and by themselves. */
import { type ComponentType, lazy, Suspense } from 'react';
import { useSpeech } from '../kit/language.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Route, Switch, usePlace } from '../kit/router.tsx';
import { Bones, Empty } from '../kit/states.tsx';
import './learned.ts';

const page = (load: () => Promise<{ default: ComponentType<PageProps> }>) => lazy(load);

const PAGES: readonly (readonly [pattern: string, page: ComponentType<PageProps>])[] = [
  ['/design', page(() => import('./change/overview.tsx'))],
  ['/design/releases', page(() => import('./change/releases.tsx'))],
  ['/design/definitions/:kind/:app/:key', page(() => import('./change/definition-page.tsx'))],
  ['/design/changes/:id', page(() => import('./change/change-page.tsx'))],
  ['/design/changes/:id/:kind/:app/:key', page(() => import('./change/editor-page.tsx'))],
  ['/running', page(() => import('./running/running.tsx'))],
  ['/running/:process', page(() => import('./running/running-flow.tsx'))],
];

/** Another object of the same kind is another page: nothing of the one before stays. */
export default function DesignPages({ query }: PageProps) {
  const { path } = usePlace();
  return (
    <Suspense fallback={<Bones />}>
      <Switch location={path}>
        {PAGES.map(([pattern, Found]) => (
          <Route key={pattern} path={pattern}>
            {(params) => <Found key={path} params={params as PageProps['params']} query={query} />}
          </Route>
        ))}
        <Route>
          <Nothing />
        </Route>
      </Switch>
    </Suspense>
  );
}

function Nothing() {
  const { say } = useSpeech();
  return <Empty title={say('notFound.title')} />;
}
