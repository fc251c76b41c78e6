/** What the design centre is given for the shipped content: its definitions and the signatures of the platform. */
import path from 'node:path';
import type { Definition, Told } from '../../packages/web/design/check/told.ts';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS } from '../../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';

export const shipped = (): readonly Definition[] => readFolder(path.resolve(import.meta.dirname, '../..'));

export const flows = (): readonly Definition[] => shipped().filter(({ kind }) => kind === 'process');

/** As they arrive: JSON has no endless numbers. */
export const TOLD = JSON.parse(
  JSON.stringify({
    services: [...BUILT_IN_SERVICES].map(([type, { label, inputs, raw, result }]) => [
      type,
      { label, inputs, ...(raw && { raw }), result },
    ]),
    functions: Object.entries(PLATFORM_FUNCTIONS).map(([name, { params, signatures }]) => [
      name,
      { params, ...(signatures && { signatures }) },
    ]),
  }),
) as Told;
