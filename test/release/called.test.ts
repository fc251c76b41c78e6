/** What a text calls itself, at its head. Rule: [CHG42]. */
import path from 'node:path';
import { calledIn } from '@ganwei/release/called';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';

test('[CHG42] every shipped definition that has a name says it at its head, and what cannot be read says nothing', () => {
  const named = ['process', 'form', 'decision', 'letter', 'ledger', 'dictionary', 'application'];
  for (const { kind, source, file } of readFolder(path.resolve(import.meta.dirname, '../..')))
    if (named.includes(kind))
      expect([file, calledIn(kind, source)]).toEqual([file, expect.stringMatching(/\p{Script=Han}/u)]);
  expect(calledIn('process', '<broken')).toBe('');
  expect(calledIn('form', '{')).toBe('');
});

test('[CHG42] marks of XML, JSON and YAML are no part of a name, and a long text costs no more than its head', () => {
  expect(calledIn('process', '<bpmn:process id="a" name="甲&lt;乙&quot;&amp;">')).toBe('甲<乙"&');
  expect(calledIn('dictionary', '{ "title": "甲\\"乙" }')).toBe('甲"乙');
  expect(calledIn('letter', '---\nletter: a\nname: "甲乙"\n---')).toBe('甲乙');
  expect(calledIn('process', `${' '.repeat(5000)}<process name="甲">`)).toBe('');
});
