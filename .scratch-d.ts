import fs from 'node:fs';
import { readLetter } from './packages/letter/template.ts';
import { LANGUAGE } from './server/catalogue/language.ts';
import { makeCalendar } from './packages/calendar/calendar.ts';
const F = { mode: 'strict' as const, functions: {} };
const org = JSON.parse(fs.readFileSync('forms/demo/organisation.json', 'utf8'));
const units = new Map(org.units.map((u: any) => [u.id, { attributes: {}, relations: {}, parent: null, ...u }]));
const people = new Map(org.people.map((p: any) => [p.id, { attributes: {}, active: true, ...p, posts: p.posts.map((x: any) => ({ attributes: {}, ...x })) }]));
const directory: any = { units, people, nameOf: (id: string) => (people.get(id) as any)?.name ?? (units.get(id) as any)?.name ?? id,
  ancestors: (u: string) => { const r: string[] = []; for (let p = (units.get(u) as any)?.parent; p; p = (units.get(p) as any)?.parent) r.push(p); return r; },
  related: (u: string, k: string) => { for (const a of [u, ...directory.ancestors(u)]) { const x = (units.get(a) as any)?.relations[k]; if (x) return x; } return null; } };
const calendar = makeCalendar(['cn-2025', 'cn-2026'].map((y) => JSON.parse(fs.readFileSync(`processes/calendars/${y}.json`, 'utf8'))));
const world = { directory, calendar, today: '2026-09-22', reached: { acceptCheck: { count: 1, at: Date.parse('2026-08-03T08:00Z') } } };
export default async function () {
  const dir = '/tmp/t/samples';
  for (const f of fs.readdirSync(dir).filter((f) => f.endsWith('.json'))) {
    const name = f.replace('.json', '');
    const md = `${dir}/${name}.md`;
    const real = fs.existsSync(md) ? md : `processes/tolerance/${name.replace(/@.*/, '')}.letter.md`;
    const scope = JSON.parse(fs.readFileSync(`${dir}/${f}`, 'utf8'));
    try {
    const l = readLetter(fs.readFileSync(real, 'utf8'), LANGUAGE);
    const c = l.compose(scope, world);
    fs.writeFileSync(`${dir}/${name}.typ`, c.typst);
    fs.writeFileSync(`${dir}/${name}.txt`, c.text);
    console.log(name, '|', c.title, '|', l.names.join(' '));
    } catch (e) { console.log(name, String(e)); }
  }
}
