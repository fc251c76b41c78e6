/** Owns where something new goes when nobody says where: into the selected container, or else behind what is selected, or at the end. */

import type { ComponentName } from '@ganwei/form/components';
import { behind, type Spot } from '@ganwei/form/edit';
import type { Raw } from '@ganwei/form/node';
import { type Address, childrenOf, isContainer, mayStand, nodeAt, parentOf } from '@ganwei/form/places';

export function spotAfter(form: Raw, at: Address | undefined, component?: ComponentName): Spot {
  const end: Spot = { into: '', index: childrenOf(form).length };
  if (at === undefined) return end;
  const node = nodeAt(form, at);
  const into = { into: at, index: childrenOf(node ?? {}).length };
  if (node && isContainer(node) && (component === undefined || mayStand(form, component, at))) return into;
  for (let place = at; place !== ''; place = parentOf(place)) {
    const spot = behind(form, place);
    if (component === undefined || mayStand(form, component, spot.into)) return spot;
  }
  return end;
}
