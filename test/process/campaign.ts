/** Owns how many random models are played: a part of them in the suite, all of them by `npm run test:models`. */

/** The first seed of each group; the suite takes every `share`-th group. */
export function groups(first: number, count: number, size: number, share: number): number[] {
  const all = Array.from({ length: count }, (_, n) => first + n * size);
  return process.env.MODELS === 'all' ? all : all.filter((_, n) => n % share === 0);
}
