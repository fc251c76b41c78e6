/** How often each branch is taken, in whole per cent. Rule: [RUN5]. */
import { expect, test } from 'vitest';
import { sharesOf } from '../../packages/web/design/running/figures.tsx';

const branches = (node: string, of: number, ...counts: number[]) =>
  counts.map((count, index) => ({ flow: `${node}${index}`, node, count, of }));
const shares = (of: number, ...counts: number[]) => [...sharesOf(branches('g', of, ...counts)).values()];

test('[RUN5] the shares of branches of which one is taken make 100, whatever is rounded', () => {
  expect(shares(3, 1, 1, 1)).toEqual([34, 33, 33]);
  expect(shares(8, 5, 3)).toEqual([63, 37]);
  expect(shares(200, 1, 199)).toEqual([1, 99]);
  expect(shares(7, 7, 0)).toEqual([100, 0]);
  // two of two hundred left another way
  expect(shares(200, 67, 67, 65)).toEqual([34, 34, 32]);
});

test('[RUN5] where several are taken at once each share stands by itself; where none was taken yet it is 0', () => {
  expect(shares(3, 3, 2)).toEqual([100, 67]);
  expect(shares(0, 0, 0)).toEqual([0, 0]);
  const two = sharesOf([...branches('a', 3, 1, 2), ...branches('b', 2, 1, 1)]);
  expect([...two.values()]).toEqual([33, 67, 50, 50]);
});
