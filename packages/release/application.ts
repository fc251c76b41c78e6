/**
 * Owns the manifest of an application: what it is called, who answers for it, and which roles it needs somebody to hold before it can
 * work; also which roles may change it. An application is a folder of processes with what belongs to them. Rules: [REL22] [CHG10].
 */
import { z } from 'zod';
import { readSource } from './tables.ts';

const Words = z.strictObject({ 'zh-CN': z.string().min(1), 'en-US': z.string().min(1) });

/** Roles of the directory. */
const Roles = z.array(z.string().min(1)).min(1);

/**
 * [CHG10] Who changes the application: roles that may draft, review and publish; an act that is left out is the business administrator's.
 * `fourEyes`: what decides needs the consent of somebody who has not written in it.
 */
const Design = z.strictObject({
  draft: Roles.optional(),
  review: Roles.optional(),
  publish: Roles.optional(),
  fourEyes: z.boolean().default(true),
});

const Source = z.strictObject({
  /** the name of the folder */
  app: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/),
  name: Words,
  /** the office that answers for what is written in it */
  owner: z.string().min(1),
  /** roles of the directory that the application names */
  roles: z.array(z.string().min(1)),
  description: z.string().min(1),
  design: Design.optional(),
});

export type Application = z.output<typeof Source>;

/** Roles that may change the application in one way or another. */
export const designRoles = ({
  design: { draft = [], review = [], publish = [] } = { fourEyes: true },
}: Application) => [...new Set([...draft, ...review, ...publish])];

/** Throws DefinitionError naming the place in the file. */
export const readApplication = (source: string): Application => readSource(Source, source);
