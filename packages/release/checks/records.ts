/** Owns records: a book that is written but shown by no ledger and looked into by no process is likely a slip of the pen; a warning. */
import { inputOfType } from '../scope/inputs.ts';
import { usesOf } from '../scope/uses.ts';
import { checkOf } from './check.ts';

export const records = checkOf('records', 'process', ({ release, value, report }) => {
  for (const { id, service } of value.model.nodes.values()) {
    const written = service && inputOfType(release, service, 'record key');
    if (written === undefined || release.has('ledger', written)) continue;
    if (usesOf(release, 'ledger key', written).length > 0) continue;
    const message = `登记到「${written}」，但没有台账显示它，也没有流程查找它`;
    report({ severity: 'warning', element: id, message });
  }
});
