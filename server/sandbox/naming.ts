/** Owns how acts of a story, and what differs from it, are said: steps, people, letters and states by their names. Rule: [STORY4]. */
import { because, type Param, type Reason } from '@ganwei/core/reason';
import type { ProcessModel } from '@ganwei/process/model';
import { type Act, placeOf } from '@ganwei/release/story';
import type { Difference } from '@ganwei/release/story-difference';
import type { Stage } from './stage.ts';

/** Undefined where there is none, or none that can be read. */
async function modelOf(stage: Stage, flow: string): Promise<ProcessModel | undefined> {
  const key = stage.stored('process', flow);
  if (
    !stage.host
      .catalogue()
      .list('process')
      .some((entry) => entry.key === key)
  )
    return undefined;
  return (await stage.host.catalogue().process(key)).model;
}

export async function nameOfCase(stage: Stage, written: string): Promise<string | Reason> {
  const { flow, nth } = placeOf(written);
  const name = (await modelOf(stage, flow))?.name ?? flow;
  return nth === 1 ? name : because('story.nth', { flow: name, n: nth });
}

export async function nameOfStep(stage: Stage, written: string): Promise<string | Reason> {
  const { flow, nth, node } = placeOf(written);
  const step = (await modelOf(stage, flow))?.nodes.get(node)?.name ?? node;
  return nth === 1 ? step : because('story.place', { flow: await nameOfCase(stage, written), step });
}

const people = ({ host }: Stage, ids: readonly string[]): Param =>
  ids.length === 0 ? because('story.nobody') : ids.map((id) => host.directory().nameOf(id));

async function stateIn(stage: Stage, written: string, key: string): Promise<string> {
  const { statuses = [] } = (await modelOf(stage, placeOf(written).flow))?.case ?? {};
  return statuses.find((one) => one.key === key)?.label ?? key;
}

function letter({ host, app }: Stage, written: string): string {
  const key = host.catalogue().resolve('letter', app, written);
  return (
    host
      .catalogue()
      .list('letter')
      .find((entry) => entry.key === key)?.title ?? written
  );
}

/** What an act is. */
export async function actReason(stage: Stage, act: Act): Promise<Reason> {
  if ('clock' in act) return because('story.act.clock', { at: act.clock.replace('T', ' ') });
  const who = stage.host.directory().nameOf(act.by);
  if ('start' in act) return because('story.act.start', { who, flow: await nameOfCase(stage, act.start) });
  if ('withdraw' in act) return because('story.act.withdraw', { who, flow: await nameOfCase(stage, act.withdraw) });
  if ('claim' in act) return because('story.act.claim', { who, step: await nameOfStep(stage, act.claim) });
  if ('transfer' in act) {
    const to = stage.host.directory().nameOf(act.to);
    return because('story.act.transfer', { who, step: await nameOfStep(stage, act.transfer), to });
  }
  if ('return' in act) {
    const to = await nameOfStep(stage, `${act.return.split('/')[0]}/${act.to}`);
    return because('story.act.return', { who, step: await nameOfStep(stage, act.return), to });
  }
  const { flow, node } = placeOf(act.submit);
  const outcomes = (await modelOf(stage, flow))?.nodes.get(node)?.task?.outcomes ?? [];
  const outcome = outcomes.find(({ key }) => key === act.outcome)?.label ?? act.outcome;
  return because('story.act.submit', { who, step: await nameOfStep(stage, act.submit), outcome });
}

/** A difference with the names of what it names. */
export async function differenceReason(stage: Stage, { code, params }: Difference): Promise<Reason> {
  const said: Record<string, Param> = {};
  const { step, flow, letter: key, number, state, until, who, found } = params;
  if (step !== undefined) said.step = await nameOfStep(stage, step);
  if (flow !== undefined) said.flow = await nameOfCase(stage, flow);
  if (key !== undefined) said.letter = letter(stage, key);
  if (number !== undefined) said.number = number;
  if (state !== undefined && flow !== undefined) said.state = await stateIn(stage, flow, state);
  if (until !== undefined) said.until = until || because('story.never');
  if (who !== undefined) said.who = people(stage, who);
  if (typeof found === 'string')
    said.found = code === 'story.state' ? await stateIn(stage, flow ?? '', found) : found || because('story.never');
  else if (found !== undefined) said.found = people(stage, found);
  return because(code, said);
}
