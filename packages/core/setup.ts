/** Owns the steps in which an installation is set up, in their order; what it still lacks belongs to one of them. Rule: [DIR15]. */
export const SETUP_STEPS = ['administrators', 'organisation', 'roles', 'calendar', 'operation'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];
