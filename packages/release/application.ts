/**
 * Owns the manifest of an application: what it is called, who answers for it, and which roles it needs somebody to hold before it can
 * work. An application is a folder of processes with what belongs to them. Rule: [REL22].
 */
import { z } from 'zod';
import { readSource } from './tables.ts';

const Words = z.strictObject({ 'zh-CN': z.string().min(1), 'en-US': z.string().min(1) });

const Source = z.strictObject({
  /** the name of the folder */
  app: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/),
  name: Words,
  /** the office that answers for what is written in it */
  owner: z.string().min(1),
  /** roles of the directory that the application names */
  roles: z.array(z.string().min(1)),
  description: z.string().min(1),
});

export type Application = z.output<typeof Source>;

/** Throws DefinitionError naming the place in the file. */
export const readApplication = (source: string): Application => readSource(Source, source);
