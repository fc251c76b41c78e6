/** Owns needed-roles: the roles an application's manifest names are roles of the directory, and it names all that its own files use. */
import { missing } from '@ganwei/feel/nearest';
import { type Check, each } from './check.ts';

export const neededRoles: Check = {
  name: 'needed-roles',
  run(release, report) {
    const roles = release.directory?.roles.map(({ key }) => key);
    for (const { definition, value } of roles ? each(release, 'application', release.application) : []) {
      for (const role of value.roles) {
        if (!roles?.includes(role))
          report(definition, { element: 'roles', message: missing(role, roles ?? [], '角色') });
      }
      const text = textBeside(release.definitions, definition.file);
      for (const role of roles ?? []) {
        if (value.roles.includes(role) || !text.includes(`"${role}"`)) continue;
        report(definition, { element: 'roles', message: `应用的文件用到角色「${role}」，清单里没有列出` });
      }
    }
  },
};

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

/** What stands in the other files of the folder. */
const textBeside = (definitions: readonly { file: string; source: string }[], manifest: string): string =>
  definitions
    .filter(({ file }) => file !== manifest && folderOf(file) === folderOf(manifest))
    .map(({ source }) => source.replaceAll('&quot;', '"'))
    .join('\n');
