/** Owns the table of yudao’s ways to say who approves, by their numbers, and of its ways to sign. To support another one, add its line. */
import type { SigningMode } from '../model.ts';
import type { Reason } from './told.ts';
import { type Facts, holdersOf, itemsOf, peopleOf, quoted } from './values.ts';

interface Strategy {
  readonly read: (parameter: string, facts: Facts) => string | undefined;
  readonly else: Reason;
  readonly map?: Reason;
}

/** The words of a list as texts of FEEL. */
const words = (parameter: string): string | undefined => {
  const items = itemsOf(parameter);
  return items.length === 0 ? undefined : `[${items.map(quoted).join(', ')}]`;
};
const over =
  (name: string): Strategy['read'] =>
  (parameter) => {
    const items = words(parameter);
    return items && `${name}(${items})`;
  };

export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  // a role
  '10': { read: holdersOf, else: 'role-to-map', map: 'role-to-map' },
  // members of units, their heads
  '20': { read: over('members'), else: 'unit-to-map', map: 'unit-to-map' },
  '21': { read: over('head of'), else: 'unit-to-map', map: 'unit-to-map' },
  '23': { read: () => undefined, else: 'no-equivalent' },
  // a post
  '22': { read: holdersOf, else: 'role-to-map', map: 'role-to-map' },
  // people
  '30': { read: peopleOf, else: 'person-to-map', map: 'person-to-map' },
  // chosen by the approver, by the starter
  '34': { read: () => undefined, else: 'no-equivalent' },
  '35': { read: () => undefined, else: 'no-equivalent' },
  // the starter, the head of his unit, heads above
  '36': { read: () => 'case.starter', else: 'no-equivalent' },
  '37': {
    read: (level) => (['', '1'].includes(level) ? 'head of(case.starterUnit)' : undefined),
    else: 'no-equivalent',
  },
  '38': { read: () => undefined, else: 'no-equivalent' },
  '40': { read: holdersOf, else: 'role-to-map', map: 'role-to-map' },
  // a field of the form, the head of the unit in one
  '50': { read: (field) => fieldIn(field), else: 'expression' },
  '51': { read: (field) => fieldIn(field) && `head of(${fieldIn(field)})`, else: 'expression' },
  '60': { read: peopleOf, else: 'expression' },
};

const fieldIn = (parameter: string): string | undefined =>
  /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(parameter) ? parameter : undefined;

/** One at random, by share of consent, whoever comes first, one after the other. */
export const SIGN_OF: Readonly<Record<string, SigningMode>> = {
  '1': 'single',
  '2': 'vote',
  '3': 'any',
  '4': 'sequence',
};
