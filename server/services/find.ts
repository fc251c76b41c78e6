/**
 * find: rows of a ledger's records, or of a ledger over cases, that meet a FEEL filter. Inputs: ledger, key (records: exact key),
 * where (FEEL text over `row`), limit. Result: list of contexts, oldest first. `lock` serialises steps that count the same thing.
 */
import { feel } from '../catalogue/language.ts';
import { ledgerCells, recordsOf } from '../store/ledgers.ts';
import { nextNumber } from '../store/letters.ts';
import { type Service, textInput } from './service.ts';

const MOST = 1000;

export const find: Service = {
  inputs: { ledger: 'required', key: 'optional', where: 'optional', lock: 'optional' },
  raw: ['where'],
  async run({ tx, world, scope }, inputs) {
    const ledger = textInput(inputs, 'ledger');
    // A counter row is the portable lock: whoever holds it is alone with that key until his transaction ends.
    if (typeof inputs.lock === 'string') await nextNumber(tx, `lock/${inputs.lock}`);
    const key = typeof inputs.key === 'string' ? inputs.key : null;
    const records = await recordsOf(tx, ledger, key, MOST);
    const rows = [
      ...records.map((row) => ({ ...JSON.parse(row.values), id: row.id, key: row.record_key, caseId: row.case_id })),
      ...(key === null
        ? (await ledgerCells(tx, ledger, MOST)).map((row) => ({
            ...JSON.parse(row.cells),
            id: row.id,
            caseId: row.case_id,
          }))
        : []),
    ];
    if (typeof inputs.where !== 'string') return { result: rows };
    const test = feel(inputs.where);
    return { result: rows.filter((row) => test.evaluate({ ...scope, row }, world) === true) };
  },
};
