/** Owns how pages stand at addresses: loaded when they are opened, and another object of the same kind is another page. Must know no page. */
import { type ComponentType, lazy, type ReactNode } from 'react';
import type { PageProps } from './page-props.ts';
import { Route, Switch, usePlace } from './router.tsx';

export type PageTable = readonly (readonly [pattern: string, page: ComponentType<PageProps>])[];

export const page = (load: () => Promise<{ default: ComponentType<PageProps> }>): ComponentType<PageProps> =>
  lazy(load);

interface Props {
  pages: PageTable;
  /** where the person is to be; default: where he is */
  path?: string;
  /** stands at every other address */
  otherwise: ReactNode;
}

/** Nothing stays of the page before when its address has another object in it. */
export function Pages({ pages, path, otherwise }: Props) {
  const place = usePlace();
  const at = path ?? place.path;
  return (
    <Switch location={at}>
      {pages.map(([pattern, Found]) => (
        <Route key={pattern} path={pattern}>
          {(params) => <Found key={at} params={params as PageProps['params']} query={place.query} />}
        </Route>
      ))}
      <Route>{otherwise}</Route>
    </Switch>
  );
}
