/**
 * Owns what the table of settings (descriptors.ts) says of one setting: how people call it, and of which types its expression may be. The checks of a
 * release ask here, and a property panel can; neither states a type of its own. Rule: [MOD60].
 */
import { parseType, type Type } from '@ganwei/feel/type';
import { type AttributeDescriptor, SETTINGS, type SettingsName } from './descriptors.ts';

/** `Task.due` */
export type Setting = {
  [N in SettingsName]: `${N}.${Extract<keyof (typeof SETTINGS)[N]['attributes'], string>}`;
}[SettingsName];

/** The line of the table. */
export function settingOf(setting: Setting): AttributeDescriptor {
  const [name, attribute] = setting.split('.') as [SettingsName, string];
  return (SETTINGS[name].attributes as Readonly<Record<string, AttributeDescriptor>>)[attribute] as AttributeDescriptor;
}

const known = new Map<string, readonly Type[]>();

/** The types that `wants` names, any of which will do. */
export function wantedTypes(wants: string): readonly Type[] {
  const types = known.get(wants) ?? wants.split(' | ').map(parseType);
  known.set(wants, types);
  return types;
}
