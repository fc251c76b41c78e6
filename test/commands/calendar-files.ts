/** The working-day calendars of the content folder. */
import path from 'node:path';
import { readFolder, type SourceFile } from '../../server/catalogue/folder.ts';

export const CALENDARS: SourceFile[] = readFolder(path.resolve(import.meta.dirname, '../..')).filter(
  (file) => file.kind === 'calendar',
);
