/** Owns the question whether replays tell the truth: every case of a world that is on the version in force is replayed, and must stand where it really stands. */
import { localDate } from '@ganwei/calendar/zone';
import { type Ground, groundOf } from '@ganwei/release/impact/ground';
import { Broken, Replay } from '@ganwei/release/impact/replay';
import { fullKey } from '@ganwei/release/keys';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { PlatformLanguage } from '../../server/catalogue/language.ts';
import { recordedCase } from '../../server/publishing/impact-record.ts';
import { outsideOf } from '../../server/publishing/impact-work.ts';
import { contentOf, readInForce } from '../../server/publishing/in-force.ts';
import { recordsOf } from '../../server/store/finished.ts';
import type { CaseRow } from '../../server/store/rows.ts';
import { read } from '../../server/store/shapes.ts';
import type { World } from '../commands/world.ts';

/** Where a case stands by its row, and by the replay: what waits, steps with their deadlines. */
interface Replayed {
  really: string;
  replayed: string;
}

export async function replayAll({ host }: World): Promise<Replayed[]> {
  const tx = host.store.reader;
  const inForce = await readInForce(tx);
  const workshop = openWorkshop(new PlatformLanguage(host.functions).dialect, host.services);
  const release = await openRelease(await contentOf(tx, inForce), workshop);
  const outside = outsideOf(host.directory(), localDate(host.now()));
  const flows = inForce.all().filter(({ named }) => named.kind === 'process');
  const full = (stored: string): string => fullKey(flows.find(({ entry }) => entry.key === stored)!.named);
  const grounds = new Map<string, Ground>(
    flows.map(({ entry }) => [`${entry.key} ${entry.version}`, groundOf(release, full(entry.key), outside)!]),
  );
  const found: Replayed[] = [];
  for (const row of read<CaseRow>('cases', await tx('cases').orderBy('id'))) {
    const ground = grounds.get(`${row.process} ${row.version}`);
    if (!ground) continue;
    const record = (await recordsOf(tx, [row.id])).get(row.id)!;
    const model = ground.flow.model.id;
    const replay = new Replay(ground, recordedCase(row, record, { directory: host.directory(), model, full }));
    const broken = await carriedOut(replay);
    const name = `${row.number} ${row.process}`;
    found.push({
      really: `${name}: ${stands(Object.values(row.slots), row.ended_at !== null)}`,
      replayed: `${name}: ${broken}${stands([...replay.standing.waits.values()], replay.ended)}`,
    });
  }
  return found;
}

async function carriedOut(replay: Replay): Promise<string> {
  try {
    for (const event of replay.standing.recorded.events) await replay.carryOut(event);
    return '';
  } catch (error) {
    if (error instanceof Broken) return `broken at ${error.node}, ${error.why}: ${error.cause}; `;
    throw error;
  }
}

interface Place {
  node: string;
  kind: string;
  due?: string | number | null | undefined;
}

function stands(places: readonly Place[], over: boolean): string {
  if (over) return 'over';
  const said = places.map(({ node, kind, due }) => (kind === 'user' && due ? `${node} until ${due}` : node));
  return said.sort().join(', ');
}
