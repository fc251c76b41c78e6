/** Owns what a page knows of a change, and whether this person may do something with it now. */
import type { Answer } from '@ganwei/core/contract';

export type Change = Answer<'change'>;

export const may = ({ may }: Change, act: Change['may'][number]['act']): boolean =>
  may.some((one) => one.act === act && one.allowed);
