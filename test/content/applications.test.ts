/** Rule [CON55]: every application has a manifest; what it says is held by the check needed-roles. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { content } from './desk.ts';

const files = content();
const folderOf = (file: string): string => path.posix.dirname(file);

test('[CON55] every folder with processes or functions is an application', () => {
  const folders = files
    .filter(({ kind }) => kind === 'process' || kind === 'functions')
    .map(({ file }) => folderOf(file));
  const applications = files.filter(({ kind }) => kind === 'application').map(({ file }) => folderOf(file));
  expect([...new Set(folders)].sort()).toEqual(applications.sort());
});
