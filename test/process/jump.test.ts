import { describe, expect, test } from 'vitest';
import { boundary, diagram, flow, node, timer, user } from './diagram.ts';
import { walk } from './walk.ts';

/** first, then two branches (a1 a2 | b, with a timer on b) that join, then last */
const PARALLEL = diagram(
  `${node('startEvent', 's')}${flow('f0', 's', 'first')}${user('first')}${flow('f1', 'first', 'fork')}` +
    `${node('parallelGateway', 'fork')}${flow('f2', 'fork', 'a1')}${user('a1')}${flow('f3', 'a1', 'a2')}${user('a2')}` +
    `${flow('f4', 'a2', 'join')}${flow('f5', 'fork', 'b')}${user('b')}${flow('f6', 'b', 'join')}` +
    `${boundary('late', 'b', timer('timeDuration', 'P1D'), false)}${flow('f7', 'late', 'side')}${user('side')}` +
    `${flow('f8', 'side', 'over')}${node('endEvent', 'over')}${node('parallelGateway', 'join')}` +
    `${flow('f9', 'join', 'last')}${user('last')}${flow('f10', 'last', 'e')}${node('endEvent', 'e')}`,
);

/** first, then a sub-process of one and two, in it a deeper one with deep, then last */
const NESTED = diagram(
  `${node('startEvent', 's')}${flow('f0', 's', 'first')}${user('first')}${flow('f1', 'first', 'sub')}` +
    `<subProcess id="sub">${node('startEvent', 'ss')}${flow('i0', 'ss', 'one')}${user('one')}${flow('i1', 'one', 'inner')}` +
    `<subProcess id="inner">${node('startEvent', 'sss')}${flow('d0', 'sss', 'deep')}${user('deep')}` +
    `${flow('d1', 'deep', 'two')}${user('two')}${flow('d2', 'two', 'ee')}${node('endEvent', 'ee')}</subProcess>` +
    `${flow('i2', 'inner', 'se')}${node('endEvent', 'se')}</subProcess>` +
    `${boundary('slow', 'sub', timer('timeDuration', 'P9D'))}${flow('f2', 'slow', 'last')}` +
    `${flow('f3', 'sub', 'last')}${user('last')}${flow('f4', 'last', 'e')}${node('endEvent', 'e')}`,
);

/** Does everything in order; returns what waits after the last. */
async function waitingAfter(source: string, ...deeds: string[]): Promise<string> {
  const story = await walk(source);
  let waits = '';
  for (const deed of deeds) waits = await story.go(deed);
  return waits;
}

describe('within a process', () => {
  const midway = ['start s', 'complete first', 'complete a1'];

  test('[PRO5] a return to before the fork withdraws all branches, their timers and what arrived at the join', async () => {
    expect(await waitingAfter(PARALLEL, ...midway, 'complete b', 'jump first a2')).toBe('first');
    const again = ['complete first', 'complete a1', 'complete a2'];
    expect(await waitingAfter(PARALLEL, ...midway, 'complete b', 'jump first a2', ...again)).toBe('b late');
    expect(await waitingAfter(PARALLEL, ...midway, 'complete b', 'jump first a2', ...again, 'complete b')).toBe('last');
  });

  test('[PRO5] a return within one branch leaves the others, and what they brought to the join, alone', async () => {
    expect(await waitingAfter(PARALLEL, ...midway, 'jump a1 a2')).toBe('a1 b late');
    const other = [...midway, 'complete b', 'jump a1 a2'];
    expect(await waitingAfter(PARALLEL, ...other)).toBe('a1');
    expect(await waitingAfter(PARALLEL, ...other, 'complete a1', 'complete a2')).toBe('last');
  });

  test('[PRO5] a branch that has arrived at the join can be opened again', async () => {
    const reopened = [...midway, 'complete a2', 'jump a2'];
    expect(await waitingAfter(PARALLEL, ...reopened)).toBe('a2 b late');
    expect(await waitingAfter(PARALLEL, ...reopened, 'complete b', 'complete a2')).toBe('last');
  });

  test('[PRO5] a jump past the join leaves nothing behind that would keep the case open', async () => {
    expect(await waitingAfter(PARALLEL, ...midway, 'complete b', 'jump last a2', 'complete last')).toBe('(end)');
    expect(await waitingAfter(PARALLEL, ...midway, 'jump e a2,b,late')).toBe('(end)');
  });

  test('[PRO5] what is not cancelled keeps waiting', async () => {
    const fired = ['start s', 'complete first', 'fire late'];
    expect(await waitingAfter(PARALLEL, ...fired, 'jump first a1,b')).toBe('first side');
    expect(await waitingAfter(PARALLEL, ...fired, 'jump first a1,b,side')).toBe('first');
  });

  test('[PRO5] the only task can be entered again; it is closed and opened', async () => {
    const story = await walk(PARALLEL);
    await story.go('start s');
    expect(await story.go('jump first first')).toBe('first');
    expect(story.last()).toMatchObject({ closed: ['first'], opened: [{ slot: 'first' }] });
    expect(await story.go('complete first')).toBe('a1 b late');
  });

  test('[PRO5] a jump to something that is at work and stays is refused', async () => {
    await expect(waitingAfter(PARALLEL, ...midway, 'jump b a2')).rejects.toThrow('must cancel it');
    for (const place of ['nowhere', 's', 'late'])
      await expect(waitingAfter(PARALLEL, ...midway, `jump ${place} a2`)).rejects.toThrow('to jump to');
  });
});

describe('across sub-processes', () => {
  test('[PRO5] out of a sub-process, from any depth', async () => {
    const deep = ['start s', 'complete first', 'complete one'];
    expect(await waitingAfter(NESTED, ...deep)).toBe('deep slow');
    expect(await waitingAfter(NESTED, ...deep, 'jump first deep')).toBe('first');
    expect(await waitingAfter(NESTED, ...deep, 'jump one deep')).toBe('one slow');
    expect(await waitingAfter(NESTED, ...deep, 'jump last deep', 'complete last')).toBe('(end)');
  });

  test('[PRO5] into a sub-process that does not run: only the target waits, and the timer on it starts', async () => {
    expect(await waitingAfter(NESTED, 'start s', 'jump two first')).toBe('slow two');
    expect(await waitingAfter(NESTED, 'start s', 'jump two first', 'complete two')).toBe('last');
    expect(
      await waitingAfter(NESTED, 'start s', 'complete first', 'complete one', 'jump last deep', 'jump one last'),
    ).toBe('one slow');
  });

  test('[PRO5] within a running sub-process its own timer goes on', async () => {
    const story = await walk(NESTED);
    for (const deed of ['start s', 'complete first', 'complete one', 'jump two deep']) await story.go(deed);
    expect(story.last()).toMatchObject({ kept: [['slow', 'slow']], closed: ['deep'], opened: [{ slot: 'two' }] });
  });

  test('[PRO5] a sub-process begins as usual after it was jumped into before', async () => {
    const again = ['jump two first', 'jump first two', 'complete first'];
    expect(await waitingAfter(NESTED, 'start s', ...again)).toBe('one slow');
  });
});
