/** The pages of a letter while it is written: who may have them drawn, what stands on them, and that nothing is left of it. */
import { afterEach, expect, test } from 'vitest';
import type { Drawer } from '../../server/catalogue/host.ts';
import { drawLetter } from '../../server/publishing/draw-letter.ts';
import { makePrinter } from '../../server/services/printer.ts';
import { type Office, office } from './office.ts';

let o: Office;
let change: string;
let ended: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await o?.w.stop();
  await ended?.();
  ended = undefined;
});

const SOURCE = `---
letter: note
name: 通知
layout: letter
mark: 市局
organ: 市局
title: 关于{= request.matter }的通知
to: "{= letter.to.name }"
---
第一段。
{for r in request.items}
{= r.what }
{end}
经办:{= name of(case.starter) }
`;
const DATA = {
  request: { matter: '检查', items: [{ what: '〔事项〕' }, { what: '又一件' }] },
  letter: { to: [{ name: '各单位' }] },
};

/** Remembers what it was to draw. */
function notedDrawer(pages = 1): Drawer & { drawn: string[] } {
  const drawn: string[] = [];
  return {
    drawn,
    async draw(source) {
      drawn.push(source);
      return { svg: '<svg/>', pages, substitutions: [] };
    },
  };
}

async function open(drawer?: Drawer) {
  o = await office({ ...(drawer && { drawer }) });
  change = (await o.as('peiwen').begin()).id;
}
const asked = (source = SOURCE, data: Record<string, unknown> = DATA, by = 'peiwen') =>
  drawLetter(o.w.host, o.as(by).actor, change, { app: '', key: 'note', source, data });

test('[LTD10] the pages are those of the template with the values given, marked as a sample, without a number', async () => {
  const drawer = notedDrawer();
  await open(drawer);
  expect(await asked()).toEqual({ svg: '<svg/>', pages: 1, wrong: [], substitutions: [] });
  const [drawn] = drawer.drawn;
  for (const words of ['样张', '关于检查的通知', '〔事项〕', '又一件', '裴文', '×号', '\\"sample\\":true'])
    expect(drawn).toContain(words);
});

test('[LTD10] nothing of it is numbered, kept or told', async () => {
  await open(notedDrawer());
  const left = async () =>
    Promise.all(
      ['letters', 'files', 'counters', 'notices'].map((table) =>
        o.w.host.store.reader(table as 'letters').then((rows) => rows.length),
      ),
    );
  const before = await left();
  await asked();
  expect(await left()).toEqual(before);
});

test('[LTD11] only who may draft the letter is answered; for others there is no such change', async () => {
  await open(notedDrawer());
  await expect(asked(SOURCE, DATA, 'luchuan')).rejects.toMatchObject({ code: 'not.found' });
  await o.as('peiwen').withdraw(change);
  await expect(asked()).rejects.toMatchObject({ status: 409 });
});

test('[LTD12] what is wrong is told with its line; a letter that grows too long is not drawn', async () => {
  const drawer = notedDrawer(31);
  await open(drawer);
  const { wrong, pages } = await asked(SOURCE.replace('{end}', ''));
  expect([pages, wrong.join()]).toEqual([0, expect.stringContaining('第 11 行')]);
  const items = Array.from({ length: 200 }, () => ({ what: '事项' }));
  const endless = SOURCE.replace('{= r.what }', '{for s in request.items}\n{= s.what }\n{end}');
  expect((await asked(endless, { request: { matter: '', items } })).wrong.join()).toContain('1000');
  expect(drawer.drawn).toEqual([]);
  expect((await asked()).wrong.join()).toContain('31');
});

test('[LTD12] each person has one draft drawn at a time', async () => {
  await open(notedDrawer());
  const answers = await Promise.allSettled([asked(), asked()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect((await asked()).pages).toBe(1);
});

test('[LTD10] a server without a drawer says so', async () => {
  await open();
  expect((await asked()).wrong).toHaveLength(1);
});

test('[LTD10] the compiler draws every page, the sample mark on each', async () => {
  const drawer = makePrinter({ fontPaths: [] });
  ended = () => drawer.close();
  await open(drawer);
  const { svg, pages, wrong } = await asked(SOURCE.replace('第一段。', Array(80).fill('第一段。').join('\n')));
  expect(wrong).toEqual([]);
  expect(pages).toBeGreaterThan(1);
  expect(svg).toContain('<svg');
  expect(svg).not.toMatch(/<script|<foreignObject/);
});
