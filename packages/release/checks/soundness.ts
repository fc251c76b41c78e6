/**
 * Owns soundness: every process can end from wherever it can come to, nothing waits for ever, nothing is done twice unawares, no loop
 * turns without a wait. The proof is packages/process/prove.ts; it is kept per compiled process, so that an unchanged one costs nothing.
 */
import { prove } from '@ganwei/process/prove';
import { checkOf } from './check.ts';

export const soundness = checkOf('soundness', 'process', ({ value, report }) => {
  for (const { severity, element, message } of prove(value.model).findings) report({ severity, element, message });
});
