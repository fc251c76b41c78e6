/**
 * Owns what is copied: shapes and their settings as text in the browser's storage, so that they can be pasted into another flow or window, and
 * settings go along only where they may stand. Rule: [DES12].
 */
import { descriptorOf, type ElementDescriptor } from '@ganwei/process/lint/descriptors';
import { isA } from '@ganwei/process/lint/tree';
import type { Moddle } from './moddle.ts';

const KEPT = 'ganwei.flow.copied';

interface Make {
  create(type: string, values: object): unknown;
}

/** In place of diagram-js's clipboard, which lives as long as the page. */
class TextClipboard {
  static readonly $inject = ['moddle'];
  readonly #moddle: Make;

  constructor(moddle: Make) {
    this.#moddle = moddle;
  }

  get(): unknown {
    const text = localStorage.getItem(KEPT);
    return text === null ? undefined : JSON.parse(text, reviving(this.#moddle));
  }

  set(tree: unknown): void {
    localStorage.setItem(KEPT, JSON.stringify(tree));
  }

  clear(): unknown {
    const tree = this.get();
    localStorage.removeItem(KEPT);
    return tree;
  }

  isEmpty(): boolean {
    return localStorage.getItem(KEPT) === null;
  }
}

/** Makes elements of the model again from their text; the same id is the same element. */
export function reviving(moddle: Make): (key: string, value: unknown) => unknown {
  const known = new Map<string, unknown>();
  return (_, value) => {
    if (typeof value !== 'object' || value === null || !('$type' in value)) return value;
    const { $type: type, ...members } = value as { $type: string; id?: string };
    const there = members.id === undefined ? undefined : known.get(members.id);
    if (there) return there;
    const made = moddle.create(type, members);
    if (members.id !== undefined) known.set(members.id, made);
    return made;
  };
}

/** May these settings stand on an element of this kind? What a step of another kind brought along would be refused by the check. */
export function mayStandOn(settings: string, node: Moddle): boolean {
  const { on }: Pick<ElementDescriptor, 'on'> = descriptorOf(settings) ?? {};
  return on === undefined || on.some((type) => isA(node, type));
}

class SettingsCopy {
  static readonly $inject = ['eventBus'];

  constructor(bus: { on(event: string, listener: (context: Copying) => false | undefined): void }) {
    bus.on('moddleCopy.canCopyProperty', ({ property, parent }) => {
      const type = (property as Partial<Moddle> | undefined)?.$type;
      const node = parent?.$type === 'bpmn:ExtensionElements' ? (parent.$parent as Moddle | undefined) : undefined;
      return type?.startsWith('ganwei:') && node && !mayStandOn(type, node) ? false : undefined;
    });
  }
}
interface Copying {
  readonly property: unknown;
  readonly parent: Moddle | undefined;
}

/** For the list of modules of bpmn-js. */
export const COPYING = {
  __init__: ['settingsCopy'],
  clipboard: ['type', TextClipboard],
  settingsCopy: ['type', SettingsCopy],
};
