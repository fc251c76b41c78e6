/**
 * record: appends a record to a ledger, or voids earlier ones; never overwrites (house §6 "consequences") [R2].
 * Inputs: ledger, key (what the record is about; a list: one record for each), values (context), each (list of contexts: what the record of
 * each key has besides, in the order of the keys), replaces (true: earlier records of that key are voided).
 */

import type { Service } from '../catalogue/service.ts';
import { addRecord, recordsOf, voidRecord } from '../store/ledgers.ts';
import { contextInput, eachInput, listInput, textInput } from './inputs.ts';

export const record: Service = {
  label: '登记台账',
  inputs: {
    ledger: { type: 'record key', required: true, label: '登记簿' },
    key: { type: 'list<string>', required: true, label: '登记对象' },
    values: { type: 'context', required: true, label: '登记内容' },
    each: { type: 'list<context>', label: '各对象另有的内容，依次' },
    replaces: { type: 'boolean', label: '取代该对象以前的登记' },
  },
  result: 'context<id: string, ids: list<string>>',
  async run({ tx, host, actor, now, case: own }, inputs) {
    const ledger = textInput(inputs, 'ledger');
    const keys = listInput(inputs, 'key');
    const values = contextInput(inputs, 'values');
    const each = eachInput(inputs, keys.length);
    const ids: string[] = [];
    for (const [i, recordKey] of keys.entries()) {
      const id = host.newId();
      if (inputs.replaces === true) {
        for (const earlier of await recordsOf(tx, ledger, [recordKey], 1000)) await voidRecord(tx, earlier.id, id);
      }
      await addRecord(tx, {
        id,
        ledger,
        case_id: own.id,
        record_key: recordKey,
        form: ledger,
        values: { ...values, ...each[i] },
        at: now,
        by: actor.id,
        voided_by: null,
      });
      ids.push(id);
    }
    const notes = keys.map((recordKey) => ({ kind: 'recorded' as const, detail: { ledger, key: recordKey } }));
    return { result: { id: ids[0] ?? null, ids }, notes };
  },
};
