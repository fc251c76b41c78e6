/** Owns "是否指": the right name that a wrong one is nearest to. */
import { distance } from 'fastest-levenshtein';

/** The nearest of the candidates, or undefined when none is near: one slip in two signs (two that change places are two), one at least, three at most; upper and lower case alike. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.min(3, Math.max(1, Math.floor(name.length / 2))) + 1;
  for (const candidate of candidates) {
    if (candidate.endsWith(`.${name}`)) return candidate; // the same name with whose it is
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const steps = distance(wanted, candidate.toLowerCase());
    if (steps >= least) continue;
    best = candidate;
    least = steps;
  }
  return best;
}

/** `没有「verifcation」，是否指「verification」？` `what`: what there is none of, e.g. 表单. */
export function missing(name: string, candidates: Iterable<string>, what = ''): string {
  const near = nearest(name, candidates);
  return `没有${what}「${name}」${near === undefined ? '' : `，是否指「${near}」？`}`;
}

/** What a sentence of `missing` proposes: the wrong name and the right one. Undefined where it proposes nothing. */
export function proposedIn(message: string): { readonly wrong: string; readonly right: string } | undefined {
  const [, wrong, right] = /「([^」]+)」，是否指「([^」]+)」？/.exec(message) ?? [];
  return wrong === undefined || right === undefined ? undefined : { wrong, right };
}
