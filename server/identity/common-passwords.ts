/**
 * Owns which passwords are too easy although they are long enough: common ones and their variations, keyboard runs, dates, and what is made
 * of the person's own name (NIST SP 800-63B 5.1.1.2). Judged by zxcvbn. Rule: [I7].
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** zxcvbn's scale from 0 to 4; 3 is "safely unguessable" for somebody who has to ask the server. */
const LEAST = 3;
/** Characters that are judged: the work grows with the square of the length. */
const LONGEST = 64;

let judge: ZxcvbnFactory | undefined;

/** `person`: whose names make a password easy to guess. The dictionaries are read with the first password. */
export function isCommon(password: string, person?: { name: string; username: string }): boolean {
  judge ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const own = person ? [person.name, person.username, 'ganwei'] : ['ganwei'];
  return judge.check(password.slice(0, LONGEST), own).score < LEAST;
}
