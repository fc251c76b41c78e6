/** A desk on which forms of the content are filled in: the real forms, dictionaries and people, one fixed day. */
import path from 'node:path';
import { accept, type Verdict } from '@ganwei/form/accept';
import type { CompiledForm, Lookups, StoredFile, Values } from '@ganwei/form/model';
import { initialValues } from '@ganwei/form/values';
import { dialectOf } from '@ganwei/release/dialect';
import { actorContext } from '../../server/catalogue/case-scope.ts';
import { readFolder, type SourceFile } from '../../server/catalogue/folder.ts';
import { type Host, worldOf } from '../../server/catalogue/host.ts';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { type World, world } from '../commands/world.ts';

export const TODAY = '2026-09-01';
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The content as shipped; its processes have stories of their own. */
export const content = (): SourceFile[] => readFolder(ROOT);

/** The language in which the content is written: the functions of the platform and of its applications. */
export async function contentLanguage(): Promise<PlatformLanguage> {
  const files = content().filter(({ kind }) => kind === 'functions');
  const { language, problems } = await dialectOf(new PlatformLanguage(PLATFORM_FUNCTIONS).dialect, files);
  if (problems.length > 0) throw new Error(problems.map(({ file, message }) => `${file}：${message}`).join('\n'));
  return new PlatformLanguage(language.functions);
}

export const openDesk = (): Promise<World> => world({ content: content(), now: `${TODAY}T09:00` });

/** A file as the upload keeps it. */
export const FILE: StoredFile = {
  id: 'f0000000000001',
  name: '会议纪要.pdf',
  size: 1024,
  type: 'application/pdf',
  sha256: 'a'.repeat(64),
};

export interface Filling {
  form: string;
  /** person id of who fills it in */
  who: string;
  values: Values;
  /** what the case knows by then: `case` and other forms */
  knows?: Values;
}

/** The final verdict on a filled form, with everything the server would look up. */
export async function judge(desk: World, { form: key, who, values, knows = {} }: Filling): Promise<Verdict> {
  const { host } = desk;
  const { value: form } = await host.catalogue().form('', key);
  const { case: own, ...others } = knows;
  const scope: Values = {
    ...others,
    actor: actorContext(desk.actor(who)),
    today: TODAY,
    case: { starter: who, start: 'byPerson', startedOn: TODAY, ...(own as Values | undefined) },
  };
  const lookups = lookupsOf(host);
  const surroundings = { ...worldOf(host, host.now()), lookups };
  const stored = initialValues(form, { scope, lookups, world: surroundings });
  const submitted = { ...opened(form, stored), ...values };
  return accept(form, { stored, submitted, access: [], scope, lookups, world: surroundings, final: true });
}

/** What a page sends back untouched: the first values of the fields a person may write. */
const opened = (form: CompiledForm, stored: Values): Values =>
  Object.fromEntries(
    form.fields
      .filter(({ key, kind, rules }) => kind === 'leaf' && rules.value === undefined && stored[key] !== undefined)
      .map(({ key }) => [key, stored[key]]),
  );

function lookupsOf(host: Host): Lookups {
  const directory = host.directory();
  return {
    dictionary: (key) => host.catalogue().dictionary(key)?.items,
    person: (id) => directory.people.get(id),
    unit: (id) => directory.units.get(id),
    file: (id) => (id === FILE.id ? FILE : undefined),
  };
}
