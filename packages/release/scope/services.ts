/** Owns the types of what services give back: by their signature, and exactly for decision tables and ledgers that are named. */
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { ANY, listOf, parseType, resolve, type Type } from '@ganwei/feel/type';
import type { ServiceSettings } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { decisionResult, decisionScope } from './decisions.ts';
import { literalInput } from './inputs.ts';
import type { Others } from './others.ts';

/** The type of `result` in the outputs of a service task. */
export function serviceResult(
  release: Release,
  settings: ServiceSettings,
  environment: Environment,
  others: Others,
): Type {
  const signature = release.services.get(settings.type);
  if (!signature) return ANY;
  switch (signature.result) {
    case 'decision result': {
      const decision = release.decision(literalInput(settings, 'table') ?? '');
      return decision ? decisionResult(release, decision, decisionScope(release, settings, environment)) : ANY;
    }
    case 'ledger rows':
      return listOf(others.row(literalInput(settings, 'ledger') ?? ''));
    case 'value of input': {
      const value = settings.inputs.find(({ name }) => name === 'value')?.value;
      return value === undefined ? ANY : inferExpression(value, release.language, environment).type;
    }
    default:
      return resolve(parseType(signature.result), environment.named);
  }
}
