/**
 * Owns the pages of a letter while it is being written: its template over a case that nobody has begun, with values that its author gives, drawn
 * and sent back. No number is taken, nothing is kept and nobody is told; 「样张」 stands across each page. What an author may learn by it he may
 * learn by playing: names and units, no attribute of a person, nothing of any case. Rules: [LTD10] [LTD11] [LTD12].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { DefinitionError } from '@ganwei/core/definition';
import { because, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { FeelError } from '@ganwei/feel/compile';
import { type Composed, type Letter, LetterTooLong, readLetter } from '@ganwei/letter/template';
import { mayDraft } from '@ganwei/release/change';
import { caseScope } from '../catalogue/case-scope.ts';
import { withoutAttributes } from '../catalogue/cast.ts';
import { type Drawer, type Host, PrintFault } from '../catalogue/host.ts';
import type { World } from '../catalogue/language.ts';
import { lookAtChange } from './change.ts';

/** A draft that is longer is not drawn: it is for looking at. */
const MOST = { lines: 1000, source: 500_000, pages: 30 };

type Body = ParsedBody<'drawLetter'>;
type Pages = Answer<'drawLetter'>;

/** Throws Refusal for whoever may not draft there, and while his last draft is being drawn; what is wrong with the template is part of the answer. */
export async function drawLetter(
  host: Host,
  actor: Actor,
  id: string,
  { app, key, source, data }: Body,
): Promise<Pages> {
  const { facts, rights } = await lookAtChange(host.store.reader, host, actor, id);
  const refused = mayDraft(facts, rights, { kind: 'letter', app, key });
  if (refused) throw refused;
  const { drawer } = host;
  if (!drawer) return wrong(said(because('letter.printer')));
  return oneByOne(drawer, actor, async () => {
    try {
      const { typst } = composed(host, actor, source, data);
      if (typst.length > MOST.source) return wrong(said(because('letter.length')));
      const drawn = await drawer.draw(typst);
      if (drawn.pages > MOST.pages)
        return wrong(said(because('letter.pages', { pages: drawn.pages, most: MOST.pages })));
      return { ...drawn, wrong: [] };
    } catch (error) {
      return wrong(...wordsOf(error));
    }
  });
}

const wrong = (...words: string[]): Pages => ({ svg: '', pages: 0, wrong: words, substitutions: [] });

/** Everything else is a bug. */
function wordsOf(error: unknown): string[] {
  if (error instanceof DefinitionError) return error.problems.map(({ element, message }) => `${element}:${message}`);
  if (error instanceof FeelError) return [error.message];
  if (error instanceof LetterTooLong) return [said(because('letter.lines', { most: MOST.lines }))];
  if (error instanceof PrintFault) return [said(error.reason)];
  throw error;
}

/** Every name that the template uses is there, null where its author gives nothing. */
function composed(host: Host, actor: Actor, source: string, data: Body['data']): Composed {
  const letter: Letter = readLetter(source, { ...host.catalogue().language.dialect, mode: 'tolerant' });
  const now = host.now();
  const today = localDate(now);
  const world: World = {
    directory: withoutAttributes(host.directory()),
    calendar: host.catalogue().calendar,
    today,
    reached: {},
  };
  const row = { id: '', number: '', title: '', start: '', status: '', state: 'running' as const, parent_id: null };
  const scope = caseScope({
    row: { ...row, starter_id: actor.id, starter_unit: actor.unit, started_at: now },
    process: { names: letter.names, model: { id: '' } },
    values: new Map(),
    actor,
    now,
    outcome: null,
  });
  const addressee = { id: actor.unit, name: world.directory.units.get(actor.unit)?.name ?? '', person: actor.name };
  const { case: own, actor: self, ...given } = data;
  const givenCase = typeof own === 'object' && own !== null ? own : {};
  return letter.compose(
    {
      ...scope,
      ...given,
      case: { ...(scope.case as object), ...givenCase },
      letter: numbered(data.letter, today, addressee),
    },
    world,
    MOST.lines,
  );
}

/** A letter that has no number: what stands in its place looks like one. Whoever writes it is the addressee, unless others are given. */
function numbered(given: unknown, today: string, addressee: object): Record<string, unknown> {
  return {
    to: [addressee],
    copies: [addressee],
    ...(typeof given === 'object' && given !== null ? given : {}),
    number: `〔${today.slice(0, 4)}〕×号`,
    issuedOn: today,
    sample: true,
  };
}

/** [LTD12] Who is being served, by each drawer. */
const served = new WeakMap<Drawer, Set<string>>();

async function oneByOne(drawer: Drawer, { id }: Actor, draw: () => Promise<Pages>): Promise<Pages> {
  const busy = served.get(drawer) ?? new Set();
  served.set(drawer, busy);
  if (busy.has(id)) throw new Refusal('rate.exceeded', { seconds: 1 });
  busy.add(id);
  try {
    return await draw();
  } finally {
    busy.delete(id);
  }
}
