/**
 * Owns what of a form under work can be drawn: each node that is sound as a node, without its rules, so that nothing is hidden while it is designed.
 * What cannot be drawn stays in the form; in its place stands a note that names it. Rules: [FDS4] [FDS10].
 */
import { describe, LARGEST_TABLE } from '@ganwei/form/components';
import type { FormDefinition } from '@ganwei/form/model';
import { checkNode, componentOf, isFieldName, isRaw, type Raw } from '@ganwei/form/node';
import { SYSTEM_NAMES } from '@ganwei/form/rules';

/** Words for what is not there. */
export interface Fillers {
  /** in a container that holds nothing */
  readonly empty: string;
  /** in the place of what cannot be drawn */
  undrawn(key: string, reason: string): string;
}

/** Name of the field that keeps a form of layout alone a form; no step shows it. */
export const UNSHOWN = '_';

/** What surrounds a node: tables hold columns only, tabs and folds panes only. */
type Around = 'form' | 'table' | 'panes';

/** One node of the form as a form of its own. */
export function pieceOf(key: string, node: Raw, fillers: Fillers): FormDefinition {
  const drawn = isFieldName(key)
    ? { [key]: drawable(key, node, fillers, 'form') }
    : { unnamed: note(fillers.undrawn(key, '')) };
  const properties = { ...drawn, [UNSHOWN]: { type: 'string', title: UNSHOWN } };
  return { form: 'piece', title: UNSHOWN, schema: { type: 'object', properties } } as unknown as FormDefinition;
}

function drawable(key: string, node: unknown, fillers: Fillers, around: Around): Raw {
  const flaw = flawOf(key, node, around);
  if (flaw !== undefined || !isRaw(node)) return undrawn(fillers.undrawn(key, flaw ?? ''), around);
  const component = componentOf(node) ?? 'Text';
  const { 'x-rules': _, default: __, ...still } = node;
  const options = describe(component).limits.includes('enum') && node.enum === undefined && { enum: OPTIONS };
  if (component === 'Table') return { ...still, ...table(node), items: columnsOf(node, fillers) };
  if (describe(component).kind !== 'layout' || component === 'Note') return { ...still, ...options };
  const paned = component === 'Tabs' || component === 'Collapse';
  const children = inside(node.properties, fillers, paned ? 'panes' : around === 'table' ? around : 'form');
  const filler = undrawn(fillers.empty, paned ? 'panes' : 'form');
  const filled = Object.keys(children).length > 0 ? children : { [UNSHOWN]: filler };
  const group = node.type === 'object' && Object.keys(children).length === 0 && { [UNSHOWN]: GROUP_FILLER };
  return { ...still, properties: group || filled };
}

const GROUP_FILLER = { type: 'string', title: '…', 'x-component': 'Computed' };
const OPTIONS = [{ label: '…', value: '…' }];

/** Props that name columns there are not are left to the check. */
const table = (node: Raw): Raw => {
  const props = isRaw(node['x-component-props']) ? node['x-component-props'] : {};
  const { rowKey: _, sums, ...rest } = props;
  const columns = isRaw(node.items) && isRaw(node.items.properties) ? node.items.properties : {};
  const summed = (Array.isArray(sums) ? sums : []).filter((one) => Object.hasOwn(columns, String(one)));
  const most = typeof node.maxItems === 'number' && { maxItems: Math.min(node.maxItems, LARGEST_TABLE) };
  return { 'x-component-props': { ...rest, sums: summed }, ...most };
};

function columnsOf(node: Raw, fillers: Fillers): Raw {
  const columns = isRaw(node.items) ? inside(node.items.properties, fillers, 'table') : {};
  const filled = Object.keys(columns).length > 0 ? columns : { [UNSHOWN]: { ...GROUP_FILLER, title: fillers.empty } };
  return { type: 'object', properties: filled };
}

function inside(properties: unknown, fillers: Fillers, around: Around): Raw {
  if (!isRaw(properties)) return {};
  const named = Object.entries(properties).filter(([key]) => isFieldName(key) && key !== UNSHOWN);
  return Object.fromEntries(named.map(([key, node]) => [key, drawable(key, node, fillers, around)]));
}

const note = (text: string): Raw => ({
  type: 'void',
  'x-component': 'Note',
  'x-component-props': { text: text.replaceAll('{', '｛').slice(0, 2000), tone: 'warning' },
});

/** Words in the place of a node. */
function undrawn(text: string, around: Around): Raw {
  if (around === 'table') return { ...GROUP_FILLER, title: text.slice(0, 200) };
  return around === 'panes'
    ? { type: 'void', title: '…', 'x-component': 'Pane', properties: { note: note(text) } }
    : note(text);
}

/** Why a node cannot be drawn, as the check says it; undefined: it can. */
function flawOf(key: string, node: unknown, around: Around): string | undefined {
  if (!isRaw(node) || (SYSTEM_NAMES as readonly string[]).includes(key)) return '';
  const told: string[] = [];
  // a missing choice of options is filled in later, a missing name is shown as missing
  checkNode(node, (rule, message) => LATER.includes(rule) || told.push(message));
  const component = componentOf(node);
  if (component && (component === 'Pane') !== (around === 'panes')) told.push('');
  if (around === 'table' && component && !describe(component).column) told.push('');
  const { properties: _, items: __, 'x-rules': ___, ...own } = node;
  return JSON.stringify(own).includes('{{') ? '' : told[0];
}

const LATER: readonly string[] = ['options'];
