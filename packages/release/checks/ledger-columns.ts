/** Owns ledger-columns: columns, filters, row rules and export rules of a ledger use what there is, and are of the type they say. */
import { misfit } from '@ganwei/feel/fit';
import type { Environment } from '@ganwei/feel/infer/infer';
import { BOOLEAN, oneOf, printType, type Type } from '@ganwei/feel/type';
import { dictionaryType } from '../scope/dictionaries.ts';
import { known } from '../scope/known.ts';
import { columnScope, lookingScope } from '../scope/ledgers.ts';
import type { Ledger, LedgerColumn } from '../tables.ts';
import { asking, checkOf, type Subject } from './check.ts';

export const ledgerColumns = checkOf('ledger-columns', 'ledger', (subject) => {
  const { release, value: ledger, report } = subject;
  const looking = lookingScope(release);
  const row = columnScope(release, ledger, known(release));
  const types = new Map<string, Type>();
  for (const column of ledger.columns) types.set(column.key, checkColumn(subject, column, row, looking));
  const ask = (element: string) => asking(subject, element);
  ask('who').expression('谁可以看', ledger.who, looking, BOOLEAN);
  ask('exports').expression('谁可以导出', ledger.exports, looking, BOOLEAN);
  for (const { who, where } of ledger.rows) {
    ask('rows').expression('行权限', who, looking, BOOLEAN);
    for (const { column, in: source } of where) {
      const given = ask('rows').expression(`行权限「${column}」`, source, looking);
      const type = types.get(column);
      const item = given.kind === 'list' ? given.item : given;
      if (type && misfit(item, type)?.kind === 'type' && misfit(type, item)) {
        const message = `行权限：列「${column}」是${printType(type)}，给的是${printType(item)}，永远不会相等`;
        report({ element: 'rows', message });
      }
    }
  }
});

function checkColumn(subject: Subject<Ledger>, column: LedgerColumn, row: Environment, looking: Environment): Type {
  const ask = asking(subject, column.key);
  ask.expression('谁可以看此列', column.who, looking, BOOLEAN);
  const type = ask.expression('列', column.value, row);
  const say = (message: string): void => subject.report({ element: column.key, message });
  const numeric = column.type === 'number' || column.type === 'money';
  if (numeric && !['number', 'any', 'null'].includes(type.kind)) say(`数字列的值是${printType(type)}`);
  if (column.total && !numeric) say('只有数字列可以合计');
  if (column.filter !== 'choice') return type;
  const choices = column.dictionary
    ? dictionaryType(subject.release, column.dictionary)
    : oneOf(
        (column.choices ?? []).map(({ value }) => value),
        `列「${column.label}」的筛选项`,
      );
  const values = type.kind === 'string' && type.enumeration && !type.enumeration.of ? type : undefined;
  const wrong = values && misfit(values, choices);
  if (wrong?.kind === 'value') say(`筛选项里没有列可能出现的值「${wrong.value}」`);
  for (const { value } of column.choices ?? []) {
    const known = type.kind === 'string' ? type.enumeration?.values : undefined;
    if (known && !known.has(value)) say(`筛选项「${value}」永远不会出现在这一列`);
  }
  return type;
}
