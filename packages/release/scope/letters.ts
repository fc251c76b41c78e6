/** Owns what a letter's template sees where it is issued: the case's data, what the service gives it, and the letter itself. */

import { widened } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { parseType, type Type } from '@ganwei/feel/type';
import type { ServiceSettings } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { atEase, withNames } from './environment.ts';

const ADDRESSEES = 'list<context<id: Any, name: string, person: string>>';
const LETTER = parseType(`context<number: string, issuedOn: date, to: ${ADDRESSEES}, copies: ${ADDRESSEES}>`);

/** The environment of a template at the service task that issues it. */
export function letterScope(release: Release, { inputs }: ServiceSettings, environment: Environment): Environment {
  const data = inputs.find(({ name }) => name === 'data');
  const given = data && widened(inferExpression(data.value, release.language, environment).type);
  const members: Iterable<readonly [string, Type]> = given?.kind === 'context' ? given.members : [];
  return withNames(atEase(environment), [...members, ['letter', LETTER]]);
}
