/** Owns the types of what is chosen from a dictionary. */
import { oneOf, STRING, type Type } from '@ganwei/feel/type';
import type { Dictionary } from '../tables.ts';

export type Dictionaries = ReadonlyMap<string, Dictionary>;

/** The codes of a dictionary; which of them may still be chosen is part of the type. */
export function dictionaryType(key: string, dictionaries: Dictionaries): Type {
  const dictionary = dictionaries.get(key);
  if (!dictionary) return STRING;
  const codes = new Map(dictionary.items.map(({ code, active }) => [code, active]));
  return oneOf(codes, `字典「${dictionary.title}」`);
}
