/** Rule [CON55]: the manifests of the applications say what the applications are. */
import path from 'node:path';
import { readApplication } from '@ganwei/release/application';
import { readDirectoryWords } from '@ganwei/release/directory';
import { describe, expect, test } from 'vitest';
import { content } from './desk.ts';

const files = content();
const words = readDirectoryWords(files.find(({ kind }) => kind === 'directory')?.source ?? '');
const roles = words.roles.map(({ key }) => key);
const folderOf = (file: string): string => path.posix.dirname(file);

test('[CON55] every folder with processes or functions is an application', () => {
  const folders = files
    .filter(({ kind }) => kind === 'process' || kind === 'functions')
    .map(({ file }) => folderOf(file));
  const applications = files.filter(({ kind }) => kind === 'application').map(({ file }) => folderOf(file));
  expect([...new Set(folders)].sort()).toEqual(applications.sort());
});

describe.each(files.filter(({ kind }) => kind === 'application'))('$key', ({ file, source }) => {
  const manifest = readApplication(source);
  const own = files.filter((other) => folderOf(other.file) === folderOf(file) && other.file !== file);
  const text = own.map((other) => other.source.replaceAll('&quot;', '"')).join('\n');

  test('[CON55] the roles it needs are roles of the directory, and all that its files name', () => {
    expect(manifest.roles.filter((role) => !roles.includes(role))).toEqual([]);
    expect(roles.filter((role) => text.includes(`"${role}"`) && !manifest.roles.includes(role))).toEqual([]);
  });
});
