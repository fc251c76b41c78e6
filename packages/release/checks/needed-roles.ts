/** Owns needed-roles: the roles an application's manifest names are roles of the directory, and it names all that its own files use. */
import { designRoles } from '../application.ts';
import type { Question } from '../memory.ts';
import { checkOf, lacking } from './check.ts';

export const neededRoles = checkOf('needed-roles', 'application', ({ release, definition, value, report }) => {
  const roles = release.directory?.roles.map(({ key }) => key);
  if (!roles) return;
  for (const role of value.roles) {
    if (!roles.includes(role)) report({ element: 'roles', ...lacking(role, roles, { what: '角色' }) });
  }
  for (const role of designRoles(value)) {
    if (!roles.includes(role)) report({ element: 'design', ...lacking(role, roles, { what: '角色' }) });
  }
  const text = release.ask(TEXT_BESIDE, definition.file);
  for (const role of roles) {
    if (value.roles.includes(role) || !text.includes(`"${role}"`)) continue;
    report({ element: 'roles', message: `应用的文件用到角色「${role}」，清单里没有列出` });
  }
});

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

/** What stands in the other files of the manifest's folder; a story brings its own people with their roles. */
const TEXT_BESIDE: Question<string> = {
  name: 'text beside',
  answer: (release, manifest) =>
    release.definitions
      .filter(({ kind, file }) => kind !== 'story' && file !== manifest && folderOf(file) === folderOf(manifest))
      .map(({ source }) => source.replaceAll('&quot;', '"'))
      .join('\n'),
};
