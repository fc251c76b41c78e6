/**
 * Owns the kinds of incident: why a case cannot go on by itself, and which ways lead on. The server raises them, the contract and the
 * administrator's page follow from the table. A stored kind of another version is read as 'other'. Rules: [T9] [H3] [O60].
 */

/**
 * reassign: an administrator names people · retry: tried again once the reason is gone · move: the case goes on by the version in force,
 * where that is another one
 */
export const WAYS = ['reassign', 'retry', 'move'] as const;
export type Way = (typeof WAYS)[number];

/**
 * What came of it. solved: it went through · standing: tried, and it stands still again for the reason given · asked: those who hold the
 * step are asked to submit once more · sent: delivered to another system once more, whose answer will tell · closed: there was nothing
 * to try; whoever acts next will see · waiting: a second administrator is asked for his consent
 */
export const RESULTS = ['solved', 'standing', 'asked', 'sent', 'closed', 'waiting'] as const;
export type Result = (typeof RESULTS)[number];

/**
 * Kind -> ways to solve it. nobody: no one may do the step · stuck: a branch waits for ever · standstill: a step failed · undelivered: a
 * letter has nobody to receive it, which does not hold up the case.
 */
const WAYS_OF = {
  nobody: ['reassign', 'retry', 'move'],
  stuck: ['retry', 'move'],
  standstill: ['retry', 'move'],
  undelivered: ['retry'],
} as const satisfies Record<string, readonly Way[]>;

export type IncidentKind = keyof typeof WAYS_OF;

export const INCIDENT_KINDS = Object.keys(WAYS_OF) as readonly IncidentKind[];

export function incidentKind(stored: string): IncidentKind | 'other' {
  return Object.hasOwn(WAYS_OF, stored) ? (stored as IncidentKind) : 'other';
}

/** An incident that this version does not know may be tried again. */
export function waysOf(kind: IncidentKind | 'other'): readonly Way[] {
  return kind === 'other' ? ['retry'] : WAYS_OF[kind];
}
