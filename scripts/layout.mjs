/** Draws BPMN files anew: `npm run layout -- processes/app/file.bpmn …`; everything but the drawing stays as it is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { drawn } from './layout/diagram.mjs';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('npm run layout -- <file.bpmn> …');
  process.exit(1);
}
for (const file of files) {
  writeFileSync(file, await drawn(readFileSync(file, 'utf8')));
  console.log(file);
}
