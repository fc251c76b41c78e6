/** Rules [CON52] and [CON60]: whoever looks at a process reads its decisions as questions and its ways as answers. */
import { describe, expect, test } from 'vitest';
import { compileEntry } from '../../server/catalogue/library.ts';
import { content, contentLanguage } from './desk.ts';

const language = await contentLanguage();
const processes = await Promise.all(
  content()
    .filter(({ kind }) => kind === 'process')
    .map(async ({ key, source }) => ({
      key,
      source,
      model: (await compileEntry(source, { key, app: '', version: 1 }, language)).model,
    })),
);

describe.each(processes)('$key', ({ source, model }) => {
  const flows = [...model.flows.values()];
  const ways = (node: string) => flows.filter(({ source }) => source === node);
  const deciding = [...model.nodes.values()].filter(({ kind, id }) => kind === 'gateway' && ways(id).length > 1);

  test('[CON52] every gateway with more than one way out asks a question, and every way out of it answers', () => {
    expect(deciding.filter(({ name }) => !name.endsWith('？')).map(({ id }) => id)).toEqual([]);
    const silent = deciding.flatMap(({ id }) => ways(id)).filter(({ name }) => !name || name.endsWith('？'));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test('[CON52] the ways out of a gateway have different names', () => {
    for (const { id } of deciding) {
      const names = ways(id).map(({ name }) => name);
      expect(new Set(names).size, id).toBe(names.length);
    }
  });

  test('[CON52] a flow is called from where to where it leads', () => {
    expect(flows.filter(({ id, source, target }) => id !== `${source}_to_${target}`).map(({ id }) => id)).toEqual([]);
  });

  test('[CON60] every phase has a name and says what is done in it; every way out of it ends under a name', () => {
    const nodes = [...model.nodes.values()];
    const phases = nodes.filter(({ kind }) => kind === 'subprocess');
    const said = (id: string) => new RegExp(`<bpmn:subProcess id="${id}"[^>]*>\\s*<bpmn:documentation>`).test(source);
    expect(phases.filter(({ id, name }) => name === id || !said(id)).map(({ id }) => id)).toEqual([]);
    const ends = nodes.filter(({ kind, parent }) => kind === 'end' && parent !== undefined);
    expect(ends.filter(({ id, name }) => name === id).map(({ id }) => id)).toEqual([]);
  });
});
