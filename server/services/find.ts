/**
 * find: rows of a ledger's records, or of a ledger over cases, that meet all conditions. Inputs: ledger; key (records: exact key, or several);
 * cases (rows of these cases alone); about (people: cases about one of them); match (context: values of indexed columns, each one value or a list); where (FEEL text over
 * `row`). Result: list of contexts, newest first for cases, oldest first for records. `lock` serialises steps that count the same thing:
 * several are taken in one order, so that two steps with keys in common never wait for one another.
 * More rows than can be looked through is a fault, never a silent cut: what is counted must be complete.
 */

import { because } from '@ganwei/core/reason';
import type { Ledger } from '@ganwei/release/tables';
import { type Service, type ServiceContext, ServiceFault } from '../catalogue/service.ts';
import { type LedgerSearch, ledgerCells, recordsOf } from '../store/ledgers.ts';
import { nextNumber } from '../store/letters.ts';
import { contextInput, listInput, textInput } from './inputs.ts';

const MOST = 1000;

export const find: Service = {
  label: '查找台账',
  inputs: {
    ledger: { type: 'ledger key', required: true, label: '台账' },
    key: { type: 'list<string>', label: '登记对象' },
    cases: { type: 'list<case>', label: '这些件的' },
    about: { type: 'list<person>', label: '涉及的人员' },
    match: { type: 'context', label: '按列查找的值' },
    where: { type: 'boolean', label: '条件（逐行判断）' },
    lock: { type: 'list<string>', label: '同一键值依次办理' },
  },
  result: 'ledger rows',
  raw: ['where'],
  async run(context, inputs) {
    const { tx, sight } = context;
    // A counter row is the portable lock: whoever holds it is alone with that key until his transaction ends.
    for (const lock of [...new Set(listInput(inputs, 'lock'))].sort()) await nextNumber(tx, `lock/${lock}`);
    const rows = [...(await records(context, inputs)), ...(await cases(context, inputs))];
    const { where } = inputs;
    return { result: typeof where === 'string' ? rows.filter((row) => sight.holds(where, { row })) : rows };
  },
};

type Inputs = Readonly<Record<string, unknown>>;

const given = (input: unknown): boolean => input !== undefined && input !== null;

async function records({ tx }: ServiceContext, inputs: Inputs): Promise<Record<string, unknown>[]> {
  const keys = given(inputs.key) ? listInput(inputs, 'key') : null;
  const rows = complete(await recordsOf(tx, textInput(inputs, 'ledger'), keys, MOST + 1));
  return rows.map((row) => ({ ...row.values, id: row.id, key: row.record_key, caseId: row.case_id }));
}

async function cases({ tx, host }: ServiceContext, inputs: Inputs): Promise<Record<string, unknown>[]> {
  if (given(inputs.key)) return [];
  const key = textInput(inputs, 'ledger');
  const ledger = host
    .catalogue()
    .ledgers()
    .find((known) => known.ledger === key);
  const search: LedgerSearch = {
    cases: given(inputs.cases) ? listInput(inputs, 'cases') : null,
    about: given(inputs.about) ? listInput(inputs, 'about') : null,
    match: Object.entries(contextInput(inputs, 'match')).map(([column, value]) => ({
      slot: slotOf(ledger, column),
      values: Array.isArray(value) ? value : [value],
    })),
    limit: MOST + 1,
  };
  const rows = complete(await ledgerCells(tx, key, search));
  return rows.map((row) => ({ ...row.cells, id: row.id, caseId: row.case_id }));
}

function slotOf(ledger: Ledger | undefined, key: string): string {
  const slot = ledger?.columns.find((column) => column.key === key)?.slot;
  if (!slot) throw new ServiceFault('input', because('find.column', { column: key }));
  return slot;
}

function complete<T>(rows: T[]): T[] {
  if (rows.length > MOST) throw new ServiceFault('too-many', because('find.many', { most: MOST }));
  return rows;
}
