/** Every page on a desk and on a phone: it has its heading, fits the width, and axe finds nothing to complain about. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';
import { test, Visitor } from './stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The address of a change that was begun for this. */
const CHANGE = '/design/changes/:id';

const PAGES: [person: string, paths: string[]][] = [
  [
    'fuzheng',
    [
      '/',
      '/?tab=done',
      '/messages',
      '/me',
      '/start',
      '/start/tolerance/byPerson',
      '/ledgers',
      '/ledgers/REG-02',
      '/ledgers/REG-18',
      '/overview',
      '/overview/tolerance-office',
    ],
  ],
  [
    'peiwen',
    [
      '/incidents',
      '/effects',
      '/held-tasks',
      '/running',
      '/design',
      '/design/releases',
      '/design/definitions/process/tolerance/tolerance',
      CHANGE,
      `${CHANGE}?part=compare`,
      `${CHANGE}?part=record`,
      `${CHANGE}/decision/tolerance/deadline`,
    ],
  ],
  ['admin', ['/directory', '/demo']],
  ['secadmin', ['/grants']],
  ['auditadmin', ['/audit']],
];

/** A colour on its way to another is nobody's choice: a button that has just become usable is looked at as it will be. */
function withoutTransitions(): void {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important }');
  document.adoptedStyleSheets.push(still);
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`[X4] at ${size.width} pixels every page has a heading, fits, and is accessible`, async ({ browser }) => {
    for (const [person, paths] of PAGES) {
      const { page, leave, change } = await come(person);
      for (const path of paths) {
        await page.goto(path.replace(':id', change));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('.gw-bones, .bones')).toHaveCount(0);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
          `${person} ${path}`,
        ).toBeLessThanOrEqual(size.width);
        await page.evaluate(withoutTransitions);
        await page.evaluate(axe);
        const complaints = await page.evaluate(async () => {
          const { violations } = await (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
        });
        expect(complaints, `${person} ${path}`).toEqual([]);
      }
      await leave();
    }

    async function come(person: string) {
      const visitor = await Visitor.come(browser, person, size);
      const change = person === 'peiwen' ? await changed(visitor) : '';
      return { page: visitor.page, leave: () => visitor.leave(), change };
    }
  });
}

/** A change with a table in it. */
async function changed(visitor: Visitor): Promise<string> {
  const { id } = await visitor.call('post', '/api/changes', { title: '看一看', reason: '检查页面' });
  const named = { kind: 'decision', app: 'tolerance', key: 'deadline' };
  const draft = await visitor.call('get', `/api/changes/${id}/draft?${new URLSearchParams(named)}`);
  const source = String(draft.current).replace('<text>5</text>', '<text>7</text>');
  await visitor.call('put', `/api/changes/${id}/draft`, { ...named, source, revision: 0 });
  return String(id);
}
