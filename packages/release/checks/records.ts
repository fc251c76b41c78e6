/** Owns records: a book that is written but shown by no ledger and looked into by no process is likely a slip of the pen; a warning. */
import { inputOfType } from '../scope/inputs.ts';
import { type Check, each } from './check.ts';

export const records: Check = {
  name: 'records',
  run(release, report) {
    const read = new Set(release.keys('ledger'));
    for (const { value } of each(release, 'process', release.process)) {
      for (const { service } of value.model.nodes.values()) {
        const looked = service && inputOfType(release, service, 'ledger key');
        if (looked !== undefined) read.add(looked);
      }
    }
    for (const { definition, value } of each(release, 'process', release.process)) {
      for (const { id, service } of value.model.nodes.values()) {
        const written = service && inputOfType(release, service, 'record key');
        if (written === undefined || read.has(written)) continue;
        const message = `登记到「${written}」，但没有台账显示它，也没有流程查找它`;
        report(definition, { severity: 'warning', element: id, message });
      }
    }
  },
};
