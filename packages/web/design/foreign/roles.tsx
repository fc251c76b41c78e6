/**
 * Owns which role of this house each group of the file is: chosen before anything is saved, written at once wherever the group stands. What is not chosen
 * stays under its old name, and the report says so. Rule: [FOR41].
 */
import type { Imported } from '@ganwei/process/foreign/import';
import { Select } from 'antd';
import { useId } from 'react';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Loading } from '../../kit/states.tsx';

/** Keys of roles, by the names of groups. */
export type Roles = ReadonlyMap<string, string>;

/** Groups, roles and posts of the file, each once, in the order of the file. */
export const groupsIn = ({ left }: Imported): readonly string[] => [
  ...new Set(left.flatMap(({ reason, hint }) => (reason === 'role-to-map' && hint !== '' ? [hint] : []))),
];

export interface RolesOfGroupsProps {
  /** id of the change, in whose words of the directory the roles are */
  change: string;
  groups: readonly string[];
  roles: Roles;
  map(roles: Roles): void;
}

export function RolesOfGroups({ change, groups, roles, map }: RolesOfGroupsProps) {
  const { say } = useSpeech();
  const id = useId();
  const content = useLoad('changeContent', { params: { id: change } });
  const put = (group: string, role: string | undefined) => {
    const next = new Map(roles);
    if (role === undefined) next.delete(group);
    else next.set(group, role);
    map(next);
  };
  return (
    <section className="card card-body stack" aria-labelledby={id}>
      <h2 id={id}>{say('foreign.roles')}</h2>
      <p className="hint">{say('foreign.rolesHint')}</p>
      <Loading of={content} rows={2}>
        {({ definitions }) => {
          const options = rolesOf(definitions.find(({ kind }) => kind === 'directory')?.source ?? '');
          return (
            <ul className="foreign-flows">
              {groups.map((group, index) => (
                <li key={group}>
                  <label htmlFor={`${id}-${index}`}>
                    <code>{group}</code>
                  </label>
                  <Select<string>
                    id={`${id}-${index}`}
                    allowClear
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder={say('foreign.rolesStay')}
                    value={roles.get(group) ?? null}
                    onChange={(role?: string) => put(group, role)}
                    options={[...options]}
                  />
                </li>
              ))}
            </ul>
          );
        }}
      </Loading>
    </section>
  );
}

/** Of the words of the directory; a draft of them that cannot be read has none. */
function rolesOf(source: string): readonly { value: string; label: string }[] {
  try {
    const { roles = [] } = JSON.parse(source) as { roles?: { key: string; title: string }[] };
    return roles.map(({ key, title }) => ({ value: key, label: title }));
  } catch {
    return [];
  }
}
