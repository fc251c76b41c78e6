/**
 * Owns what differs between two states of a definition, in the terms in which people know it: this step was added, that field's limit was
 * raised from here to there. Outlines are compared; where a text has none, its lines are. Rules: [DIF1] [DIF2].
 */
import { type Outline, type OutlineItem, type OutlineSetting, type Words, words } from '@ganwei/core/outline';
import { outlineDecisions } from '@ganwei/decision/outline';
import { outlineForm } from '@ganwei/form/outline';
import { outlineLetter } from '@ganwei/letter/outline';
import { outlineProcess } from '@ganwei/process/outline';
import { diffLines } from 'diff';
import { KIND_NAMES, type Kind } from './definition.ts';
import { outlinePlain } from './plain-outline.ts';

export interface SettingChange {
  readonly label: Words;
  /** '' where it was not set, or is not any more */
  readonly before: string;
  readonly after: string;
}

export interface Difference {
  /** of the item in the definition: a BPMN id, the path of a field … */
  readonly id: string;
  readonly type: Words;
  readonly name: string;
  /** names of what it stands in, outermost first, without the definition itself */
  readonly within: readonly string[];
  readonly what: 'added' | 'removed' | 'changed';
  /** it stands at another place among its siblings, or in something else */
  readonly moved: boolean;
  readonly settings: readonly SettingChange[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** nothing but the drawing is different, or that as well */
  readonly redrawn: boolean;
}

/** Compares two texts of one definition; '' is a definition that is not there. */
export async function compareTexts(kind: Kind, before: string, after: string): Promise<Comparison> {
  if (before === after) return { differences: [], redrawn: false };
  const [old, now] = await Promise.all([outlineOf(kind, before), outlineOf(kind, after)]);
  if (!old || !now) return { differences: linesOf(before, after), redrawn: false };
  const differences = compareOutlines(old, now);
  if (differences.length === 0 && old.drawing === now.drawing)
    return { differences: linesOf(before, after), redrawn: false };
  return { differences, redrawn: old.drawing !== now.drawing };
}

const NOTHING: Outline = { items: [], drawing: '' };

/** The outline of a definition's text; null where the text cannot be read so far. */
async function outlineOf(kind: Kind, source: string): Promise<Outline | null> {
  if (source === '') return NOTHING;
  switch (kind) {
    case 'process':
      return outlineProcess(source);
    case 'form':
      return outlineForm(source);
    case 'decision':
    case 'functions':
      return outlineDecisions(source);
    case 'letter':
      return outlineLetter(source);
    case 'dictionary':
    case 'ledger':
    case 'overview':
    case 'calendar':
    case 'directory':
    case 'application':
    case 'translation':
    case 'story':
      return outlinePlain(source, words(KIND_NAMES[kind], kind), '');
  }
}

/** [DIF1] In the order of the newer state; what is gone stands behind what it stood in. */
export function compareOutlines(before: Outline, after: Outline): Difference[] {
  const old = new Map(before.items.map((item) => [item.id, item]));
  const now = new Map(after.items.map((item) => [item.id, item]));
  const moved = movedBetween(before, after);
  const found: Difference[] = [];
  for (const item of after.items) {
    const was = old.get(item.id);
    const settings = settingChanges(was, item);
    if (was && settings.length === 0 && !moved.has(item.id)) continue;
    found.push({
      ...headOf(item, now),
      what: was ? 'changed' : 'added',
      moved: moved.has(item.id),
      settings,
    });
  }
  for (const item of before.items) {
    if (now.has(item.id)) continue;
    found.push({ ...headOf(item, old), what: 'removed', moved: false, settings: settingChanges(item, undefined) });
  }
  return found;
}

function headOf(
  item: OutlineItem,
  all: ReadonlyMap<string, OutlineItem>,
): Pick<Difference, 'id' | 'type' | 'name' | 'within'> {
  const within: string[] = [];
  for (let at = all.get(item.parent); at && at.parent !== ''; at = all.get(at.parent)) within.unshift(at.name);
  return { id: item.id, type: item.type, name: item.name, within };
}

const TYPE = words('类型', 'Type');

function settingChanges(before: OutlineItem | undefined, after: OutlineItem | undefined): SettingChange[] {
  const typed = ({ type, settings }: OutlineItem): OutlineSetting[] => [
    ...(before && after ? [{ key: 'type', label: TYPE, text: type.zh }] : []),
    ...settings,
  ];
  const old = new Map(before ? typed(before).map((setting) => [setting.key, setting]) : []);
  const now = new Map(after ? typed(after).map((setting) => [setting.key, setting]) : []);
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    if ((was?.means ?? was?.text) === (is?.means ?? is?.text)) return [];
    return [{ label: (is ?? was)!.label, before: was?.text ?? '', after: is?.text ?? '' }];
  });
}

/**
 * [DIF2] What stands elsewhere: in another item, or in another order among those siblings that both states have. Of these as few as
 * possible are said to have moved: all that are not in the longest run that kept its order.
 */
function movedBetween(before: Outline, after: Outline): Set<string> {
  const parentBefore = new Map(before.items.map(({ id, parent }) => [id, parent]));
  const placeBefore = new Map(before.items.map(({ id }, index) => [id, index]));
  const moved = new Set<string>();
  const stayed = new Map<string, string[]>();
  for (const { id, parent, ordered } of after.items) {
    const was = parentBefore.get(id);
    if (was === undefined) continue;
    if (was !== parent) moved.add(id);
    else if (ordered) stayed.set(parent, [...(stayed.get(parent) ?? []), id]);
  }
  for (const siblings of stayed.values()) {
    const kept = longestRun(siblings.map((id) => placeBefore.get(id) ?? 0));
    for (const [index, id] of siblings.entries()) if (!kept.has(index)) moved.add(id);
  }
  return moved;
}

/** Indices of a longest increasing run. */
function longestRun(places: readonly number[]): Set<number> {
  /** for each length, the index at which a run of it ends lowest */
  const ends: number[] = [];
  const previous: number[] = [];
  places.forEach((place, index) => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (places[ends[middle]!]! < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) kept.add(at);
  return kept;
}

const LINE = words('文本', 'Text');

/** Line by line, where the text means nothing that an outline could tell. */
function linesOf(before: string, after: string): Difference[] {
  let line = 1;
  return diffLines(before, after).flatMap((part) => {
    const at = line;
    if (!part.removed) line += part.count ?? 0;
    if (!part.added && !part.removed) return [];
    const text = part.value.replace(/\n$/, '');
    const [was, is] = part.removed ? [text, ''] : ['', text];
    const what = part.removed ? 'removed' : 'added';
    return [
      {
        id: `${what}/${at}`,
        type: LINE,
        name: String(at),
        within: [],
        what,
        moved: false,
        settings: [{ label: LINE, before: was, after: is }],
      },
    ];
  });
}
