/**
 * Owns soundness: every process can end from wherever it can come to, nothing waits for ever, nothing is done twice unawares, no loop
 * turns without a wait. The proof is packages/process/prove.ts; it is kept per compiled process, so that an unchanged one costs nothing.
 */
import type { CompiledProcess } from '@ganwei/process/compile';
import { type Finding, prove } from '@ganwei/process/prove';
import { type Check, each } from './check.ts';

export const soundness: Check = {
  name: 'soundness',
  run(release, report) {
    for (const { definition, value } of each(release, 'process', release.process)) {
      for (const { severity, element, message } of provedOnce(value))
        report(definition, { severity, element, message });
    }
  },
};

const proved = new WeakMap<CompiledProcess, readonly Finding[]>();

function provedOnce(process: CompiledProcess): readonly Finding[] {
  const known = proved.get(process);
  if (known) return known;
  const { findings } = prove(process.model);
  proved.set(process, findings);
  return findings;
}
