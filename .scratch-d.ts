import fs from 'node:fs';
import { readLetter } from './packages/letter/template.ts';
const F = { mode: 'strict' as const, functions: {} };
export default async function () {
  const dir = '/tmp/t/samples';
  for (const f of fs.readdirSync(dir).filter((f) => f.endsWith('.md'))) {
    const scope = JSON.parse(fs.readFileSync(`${dir}/${f.replace('.md', '.json')}`, 'utf8'));
    const l = readLetter(fs.readFileSync(`${dir}/${f}`, 'utf8'), F);
    const c = l.compose(scope);
    fs.writeFileSync(`${dir}/${f.replace('.md', '.typ')}`, c.typst);
    fs.writeFileSync(`${dir}/${f.replace('.md', '.txt')}`, c.text);
    console.log(f, l.names.join(' '));
  }
}
