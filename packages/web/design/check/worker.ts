/**
 * Owns the worker: it answers what told.ts lists, one question after the other, with bench.ts. A check of everything takes seconds at first and
 * would stop a page; here it stops nothing.
 */
import { Bench } from './bench.ts';
import type { Ask, Reply } from './told.ts';
import { verdictOf } from './verdict.ts';

let bench: Bench | undefined;
let before: Promise<unknown> = Promise.resolve();

async function answer(question: Ask): Promise<unknown> {
  if (question.ask === 'open') {
    const { definitions, told, app } = question.asked;
    bench = new Bench(definitions, told, app, () => performance.now());
    return bench.check();
  }
  if (question.ask === 'verdict') return verdictOf(question.asked);
  if (!bench) throw new Error('nothing is open');
  if (question.ask === 'names') return bench.names(question.asked);
  if (question.ask === 'table') return bench.table(question.asked);
  if (question.ask === 'steps') return bench.steps(question.asked.form);
  if (question.ask === 'letter') return bench.letter(question.asked);
  for (const definition of question.asked.definitions) bench.replace(definition);
  return bench.check();
}

self.addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  const send = (reply: Reply): void => self.postMessage(reply);
  before = before.then(() =>
    answer(data).then(
      (found) => send({ id: data.id, answer: found }),
      (error: unknown) => send({ id: data.id, failed: String(error) }),
    ),
  );
});
