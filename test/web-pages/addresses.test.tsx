// @vitest-environment happy-dom
/** Rule [PAGE11]: addresses lead to pages. */
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Addresses, Link, navigate, Route, Switch, usePlace } from '../../packages/web/kit/router.tsx';

afterEach(cleanup);

function Site() {
  const { path, query } = usePlace();
  return (
    <>
      <Link to="/start/p/s?draft=d1">go</Link>
      <output>
        <Switch location={path}>
          <Route path="/tasks/:id">{({ id }) => `task ${id}`}</Route>
          <Route path="/start/:process/:start">
            {(params) => `start ${params.process} ${params.start} ${query.get('draft')}`}
          </Route>
          <Route>nowhere</Route>
        </Switch>
      </output>
    </>
  );
}

function shown(address: string): string {
  cleanup();
  window.history.replaceState(null, '', address);
  const page = render(
    <Addresses>
      <Site />
    </Addresses>,
  );
  return page.container.querySelector('output')?.textContent ?? '';
}

test.each([
  ['/tasks/t1', 'task t1'],
  ['/tasks/t1/', 'task t1'],
  ['/start/p/s?draft=d1', 'start p s d1'],
  ['/start/%E5%AE%B9/s', 'start 容 s null'],
  ['/tasks', 'nowhere'],
  ['/cases/1', 'nowhere'],
  ['/tasks/%E0%A4%A', 'task %E0%A4%A'],
])('[PAGE11] the address %s leads to its page, with its parts: %s', (address, page) => {
  expect(shown(address)).toBe(page);
});

test('[PAGE11] a link and a page go to another page without loading it anew; the same address is not entered twice', () => {
  shown('/');
  const page = () => document.querySelector('output')?.textContent;
  const before = window.history.length;
  fireEvent.click(document.querySelector('a')!);
  expect(page()).toBe('start p s d1');
  act(() => navigate('/start/p/s?draft=d1'));
  expect(window.history.length - before).toBe(1);
  act(() => navigate('/tasks/t2', { replace: true }));
  expect([page(), window.history.length - before]).toEqual(['task t2', 1]);
});
