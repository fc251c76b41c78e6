/** Owns the keys of whoever designs a form, the same on the canvas and in the outline. Rule: [FDS11]. */
import { duplicate, type Edited, indent, insert, out, outermost, remove, step } from '@ganwei/form/edit';
import { childrenOf, nodeAt, parentOf } from '@ganwei/form/places';
import type { KeyboardEvent } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { copied, pasted } from './clipboard.ts';
import { useDesigning } from './designing.ts';
import { spotAfter } from './spot.ts';

export interface Acts {
  undo(): void;
  redo(): void;
}

/** Acts on what is selected. */
export function useActs() {
  const designing = useDesigning();
  const { form, selected, act } = designing;
  const { say } = useSpeech();
  const [one] = selected;
  const copy = () => {
    if (selected.length === 0) return;
    void navigator.clipboard.writeText(copied(form, outermost(selected))).then(
      () => tell(say('formDesign.copied', { n: outermost(selected).length })),
      () => tell(say('formDesign.noClipboard'), 'error'),
    );
  };
  const take = (text: string) => {
    const nodes = pasted(text);
    if (nodes) act(say('formDesign.did.paste'), insert(form, nodes, spotAfter(form, one)) ?? insertNear(nodes));
    else tell(say('formDesign.nothingCopied'), 'error');
  };
  const insertNear = (nodes: Parameters<typeof insert>[1]) =>
    insert(form, nodes, { into: '', index: childrenOf(form).length });
  return {
    copy,
    paste: () => void navigator.clipboard.readText().then(take, () => tell(say('formDesign.noClipboard'), 'error')),
    remove: () => selected.length > 0 && act(say('formDesign.did.remove'), remove(form, selected)),
    duplicate: () => selected.length > 0 && act(say('formDesign.did.duplicate'), duplicate(form, selected)),
    move: (how: (edited: typeof form, at: string) => Edited | undefined) =>
      one !== undefined && act(say('formDesign.did.move'), how(form, one)),
    /** to the place before or after in reading order, or out to its container */
    go: (by: -1 | 1, more: boolean) => {
      const at = designing.places.findIndex((place) => place.at === selected.at(-1));
      const next = designing.places[at < 0 ? 0 : at + by];
      if (next) designing.select(more ? [...new Set([...selected, next.at])] : [next.at]);
    },
    up: () => one !== undefined && parentOf(one) !== '' && designing.select([parentOf(one)]),
    down: () => {
      const first = one !== undefined && childrenOf(nodeAt(form, one) ?? {})[0]?.[0];
      if (one !== undefined && first) designing.select([`${one}/${first}`]);
    },
  };
}

export function useKeys({ undo, redo }: Acts): (event: KeyboardEvent) => void {
  const { readOnly, select } = useDesigning();
  const acts = useActs();
  return (event) => {
    const held = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const looking: Readonly<Record<string, () => unknown>> = {
      ArrowUp: () => acts.go(-1, event.shiftKey),
      ArrowDown: () => acts.go(1, event.shiftKey),
      ArrowLeft: acts.up,
      ArrowRight: acts.down,
      Escape: () => select([]),
    };
    const moving: Readonly<Record<string, () => unknown>> = {
      ArrowUp: () => acts.move((form, at) => step(form, at, -1)),
      ArrowDown: () => acts.move((form, at) => step(form, at, 1)),
      ArrowLeft: () => acts.move(out),
      ArrowRight: () => acts.move(indent),
    };
    const writing: Readonly<Record<string, () => unknown>> = {
      z: event.shiftKey ? redo : undo,
      y: redo,
      v: acts.paste,
      d: acts.duplicate,
    };
    const change = event.altKey ? moving[key] : held ? writing[key] : key === 'Delete' ? acts.remove : undefined;
    const look = held && key === 'c' ? acts.copy : held || event.altKey ? undefined : looking[key];
    const go = look ?? (readOnly ? undefined : change);
    if (!go) return;
    event.preventDefault();
    event.stopPropagation();
    go();
  };
}
