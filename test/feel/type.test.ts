/** Rules [TYP1] [TYP2]: what is known of a value before it is evaluated. */
import { join, memberOf, misfit, neverEqual } from '@ganwei/feel/fit';
import {
  ANY,
  arityOf,
  DATE,
  idOf,
  listOf,
  NULL,
  NUMBER,
  oneOf,
  parseSignature,
  parseType,
  printType,
  resolve,
  STRING,
} from '@ganwei/feel/type';
import { describe, expect, test } from 'vitest';

describe('notation', () => {
  test('[TYP1] a signature names its parameters, what may be left out, and how many it takes', () => {
    const { parameters, result } = parseSignature(
      'sublist(list: list<T>, start position: number, length?: number) -> list<T>',
    );
    expect(parameters.map(({ name, optional }) => [name, optional])).toEqual([
      ['list', false],
      ['start position', false],
      ['length', true],
    ]);
    expect(result).toEqual(listOf({ kind: 'named', name: 'T' }));
    expect(arityOf(parseSignature('f(a: Any, b?: Any) -> Any'))).toEqual([1, 2]);
    expect(arityOf(parseSignature('f(...a: Any) -> Any'))).toEqual([1, Number.POSITIVE_INFINITY]);
    expect(arityOf(parseSignature('now() -> date and time'))).toEqual([0, 0]);
  });

  test('[TYP1] lists, contexts, ranges and functions nest', () => {
    expect(parseType('list<context<who: person, on: date and time, ...>>')).toMatchObject({
      item: {
        open: true,
        members: new Map([
          ['who', idOf('person')],
          ['on', { kind: 'date and time' }],
        ]),
      },
    });
    expect(parseType('function<range<number>> -> boolean')).toMatchObject({ result: { kind: 'boolean' } });
    expect(() => parseType('list<number')).toThrow('type notation');
  });

  test('[TYP1] a name is what the caller says, and anything where he says nothing', () => {
    const role = oneOf(['signer']);
    expect(resolve(parseType('list<role>'), new Map([['role', role]]))).toEqual(listOf(role));
    expect(resolve(parseType('list<role>'), new Map())).toEqual(listOf(ANY));
  });
});

describe('what fits', () => {
  test('[TYP2] ids of different things do not mix, and are texts', () => {
    expect(misfit(idOf('person'), idOf('unit'))).toEqual({ kind: 'type' });
    expect(misfit(idOf('person'), STRING)).toBeUndefined();
    expect(neverEqual(idOf('person'), idOf('unit'))).toEqual({ kind: 'type' });
  });

  test('[TYP2] one value stands for a list of one, not the other way round', () => {
    expect(misfit(idOf('person'), listOf(idOf('person')))).toBeUndefined();
    expect(misfit(listOf(NUMBER), NUMBER)).toEqual({ kind: 'type' });
    expect(neverEqual(listOf(NUMBER), NUMBER)).toEqual({ kind: 'type' });
  });

  test('[TYP2] a literal that is not in the list, or switched off there, is told with the list', () => {
    const kinds = oneOf(
      new Map([
        ['一般', true],
        ['旧类', false],
      ]),
      '字典「kinds」',
    );
    expect(misfit(oneOf(['一般']), kinds)).toBeUndefined();
    expect(misfit(oneOf(['一搬']), kinds)).toMatchObject({
      kind: 'value',
      value: '一搬',
      enumeration: { of: '字典「kinds」' },
    });
    expect(misfit(oneOf(['旧类']), kinds)).toMatchObject({ kind: 'inactive', value: '旧类' });
    expect(neverEqual(kinds, oneOf(['一搬']))).toMatchObject({ kind: 'value', value: '一搬' });
  });

  test('[TYP2] ISO text is a date, other text is none, and null is anything', () => {
    expect(misfit(oneOf(['2026-01-04']), DATE)).toBeUndefined();
    expect(misfit(oneOf(['soon']), DATE)).toEqual({ kind: 'type' });
    expect(misfit(STRING, DATE)).toEqual({ kind: 'type' });
    expect(misfit(NULL, NUMBER)).toBeUndefined();
  });

  test('[TYP2] the members of a list are lists, and a closed context has no others', () => {
    const rows = parseType('list<context<amount: number>>');
    expect(memberOf(rows, 'amount')).toEqual(listOf(NUMBER));
    expect(memberOf(rows, 'amuont')).toBeUndefined();
    expect(memberOf(DATE, 'year')).toEqual(NUMBER);
    expect(memberOf(NUMBER, 'year')).toBeUndefined();
  });

  test('[TYP2] two branches together: the same kind stays, another becomes anything', () => {
    expect(join(oneOf(['a']), oneOf(['b']))).toEqual(oneOf(['a', 'b']));
    expect(join(NULL, NUMBER)).toEqual(NUMBER);
    expect(join(NUMBER, STRING)).toEqual(ANY);
    expect(join(listOf(NULL), listOf(DATE))).toEqual(listOf(DATE));
    expect(printType(listOf(idOf('person')))).toBe('人员的列表');
  });
});
