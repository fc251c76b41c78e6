/**
 * The stories that come with the content (*.cases.json): each is played as it stands, like a change that touches its application plays it. Whoever changes
 * the content on purpose records them anew in the design centre, step by step.
 */
import path from 'node:path';
import { instantOf } from '@ganwei/calendar/zone';
import { type Reason, said } from '@ganwei/core/reason';
import type { Definition } from '@ganwei/release/definition';
import { openWorkshop } from '@ganwei/release/release';
import type { Declared } from '@ganwei/release/rename/declared';
import { renamed } from '@ganwei/release/rename/rename';
import { type Cast, readStory, type Story, storyText } from '@ganwei/release/story';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { runStory } from '../../server/sandbox/run-story.ts';
import { newLibraries, openSandbox } from '../../server/sandbox.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';

const CONTENT = readFolder(path.resolve(import.meta.dirname, '../..'));
const STORIES = CONTENT.filter(({ kind }) => kind === 'story');
const libraries = newLibraries();

const storyOf = (app: string, key: string): Story =>
  readStory(STORIES.find((one) => one.app === app && one.key === key)!.source);

function castOf(app: string, { cast }: Story): Cast {
  return typeof cast === 'string' ? castOf(app, storyOf(app, cast)) : cast;
}

async function played(app: string, story: Story, content: readonly Definition[] = CONTENT) {
  const setting = { definitions: content, titles: new Map(), cast: castOf(app, story), begin: instantOf(story.begin) };
  const sandbox = await openSandbox({ ...setting, app }, content === CONTENT ? { libraries } : {});
  try {
    return await runStory(sandbox.stage, story);
  } finally {
    await sandbox.close();
  }
}

describe('[STORY9] the shipped stories come about as they say', () => {
  test.each(STORIES.map(({ app = '', key, source }) => ({ app, key, ...readStory(source) })))(
    '$app: $title',
    async ({ app, key }) => {
      expect(await played(app, storyOf(app, key))).toBeNull();
    },
    240_000,
  );

  test('tolerance from the application to the decision, and what is not taken up; rectification from its notice to its closing; what is attached to them; a decision reviewed; four filings; three proposals; three reminders; five interviews; six appeals', () => {
    expect(STORIES.map(({ app, key }) => `${app}/${key}`).sort()).toEqual([
      'appeal/amended',
      'appeal/county-to-city',
      'appeal/late-and-upheld',
      'appeal/not-admitted',
      'appeal/redone',
      'appeal/tolerance-amended',
      'consequence/admonished',
      'consequence/lighter',
      'consequence/reported-up',
      'filing/filed',
      'filing/refused',
      'filing/revoked',
      'filing/supervised',
      'interview/absent-and-refused',
      'interview/cancelled',
      'interview/dossier-read',
      'interview/first-interview',
      'interview/second-annulled',
      'rectification/extended-and-false',
      'rectification/notice-to-closing',
      'reminder/again',
      'reminder/objected',
      'reminder/twice',
      'tolerance/accepted-to-decision',
      'tolerance/continued-ex-officio',
      'tolerance/decision-reviewed',
      'tolerance/lead-split-off',
      'tolerance/not-accepted',
      'tolerance/not-supplemented',
      'tolerance/supplemented',
      'tolerance/verification-extended',
    ]);
  });
});

test('[STORY1] a story is kept as it is written by hand and by the machine alike, one thing to a line', () => {
  for (const { source } of STORIES) expect(storyText(readStory(source))).toBe(source);
});

describe('[STORY4] the first difference is told, with the step, in words', () => {
  const story = storyOf('tolerance', 'not-accepted');
  const otherwise = (change: (text: string) => string) =>
    played('tolerance', JSON.parse(change(JSON.stringify(story))));

  test('somebody else waits', async () => {
    const broken = await otherwise((text) => text.replace('"who":["fuzheng"]', '"who":["gaoyuan"]'));
    expect(broken).toMatchObject({ act: 0, reason: { code: 'story.at', params: { n: 1 } } });
    expect(said(broken!.reason)).toBe(
      '第 1 步（宋桥发起「容错申请、核查、认定与纠错」）：「受理审查」应由高远办理，实际是傅正',
    );
    expect(said(broken!.reason, 'en-US')).toContain('Step 1');
  });

  test('a deadline, a number, an end are otherwise', async () => {
    const code = async (from: string, to: string) =>
      ((await otherwise((text) => text.replace(from, to)))!.reason.params.what as Reason).code;
    expect(await code('"until":"2026-09-04"', '"until":"2026-09-05"')).toBe('story.until');
    expect(await code('〔2026〕1号', '〔2026〕2号')).toBe('story.number');
    expect(await code('"as":"REJECTED"', '"as":"TRANSFERRED"')).toBe('story.state');
  });

  test('[STORY3] an act that is refused says why', async () => {
    const broken = await otherwise((text) => text.replace('"by":"fuzheng"', '"by":"gaoyuan"'));
    expect(broken).toMatchObject({ act: 2, reason: { params: { what: { code: 'story.no-task' } } } });
  });
});

describe('[REN14] a rename changes nothing of what happens: the stories come about on content in which something is called otherwise', () => {
  const workshop = openWorkshop(new PlatformLanguage(PLATFORM_FUNCTIONS).dialect, BUILT_IN_SERVICES);
  const field = (form: string, path: string): Declared => ({ kind: 'field', in: form, path, key: path });
  test.each([
    { story: ['reminder', 'twice'] as const, name: field('reminder.work-reminder', 'keyWork'), to: 'matterOfWork' },
    {
      story: ['filing', 'filed'] as const,
      name: { kind: 'step', in: 'filing.risk-filing', key: 'collective' } as const,
      to: 'collective_anew',
    },
    {
      story: ['tolerance', 'not-accepted'] as const,
      name: field('tolerance.tolerance-application', 'eventTitle'),
      to: '事项',
    },
  ])(
    '$story: $name.key',
    async ({ story: [app, key], name, to }) => {
      const made = await renamed(CONTENT, name, to, workshop);
      if ('problems' in made) throw new Error(made.problems.map(({ message }) => message).join('\n'));
      expect(made.uses.length).toBeGreaterThan(2);
      const content = CONTENT.map((one) => made.changed.find(({ file }) => file === one.file) ?? one);
      const story = readStory(
        content.find((one) => one.kind === 'story' && one.app === app && one.key === key)!.source,
      );
      expect(await played(app, story, content)).toBeNull();
    },
    240_000,
  );
});
