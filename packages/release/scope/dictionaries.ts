/** Owns the types of what is chosen from a dictionary. */
import { oneOf, STRING, sameType, type Type } from '@ganwei/feel/type';
import type { Question } from '../memory.ts';
import type { Release } from '../release.ts';

const CODES: Question<Type> = {
  name: 'codes',
  same: sameType,
  answer(release, key) {
    const dictionary = release.dictionary(key);
    if (!dictionary) return STRING;
    const codes = new Map(dictionary.items.map(({ code, active }) => [code, active]));
    const labels = new Map(dictionary.items.map(({ code, label }) => [code, label]));
    return oneOf(codes, `字典「${dictionary.title}」`, labels);
  },
};

/** The codes of a dictionary; which of them may still be chosen is part of the type. */
export const dictionaryType = (release: Release, key: string): Type => release.ask(CODES, key);
