/** Exclusions by relation: who leads whom, declared kin, who took part before; and fields that offer some people only. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Organisation } from '../../server/demo.ts';
import { fieldPeople } from '../../server/queries/step-people.ts';
import { AGREE, bpmn, end, FORMS, line, outcome, start, user } from './content.ts';
import { demoOrganisation, type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

/** Zheng Hang and Cai Jing have declared one another's kin; once, by him, is enough. */
const akin = (): Organisation => {
  const organisation = demoOrganisation();
  const people = organisation.people.map((person) =>
    person.id === 'zhenghang' ? { ...person, attributes: { ...person.attributes, kin: ['caijing'] } } : person,
  );
  return { ...organisation, people };
};

const ask = (source: string): unknown =>
  w.host
    .catalogue()
    .language.compile(source)
    .evaluate({}, { directory: w.host.directory(), calendar: w.host.catalogue().calendar, today: '2026-09-01' });

const handled = (who: string) =>
  bpmn(
    'handled',
    [
      start(),
      user(
        'do',
        '承办',
        `assignees='["liangdong", "songqiao", "yinchuan", "caijing", "luchuan"]' candidates='members("zjj")' mode="all" operations="transfer"`,
        `${AGREE}<ganwei:exclude who='${who}' reason="与当事人有关系"/>`,
      ),
      end(),
      line('start', 'do', 'end'),
    ].join('\n'),
  );
const holders = async () => (await w.host.store.reader('work_items')).map(({ person_id }) => person_id).sort();

describe('how people stand to one another', () => {
  test('[S71] superiors, subordinates and declared kin are found from the directory, in both directions', async () => {
    w = await world({ content: FORMS, organisation: akin() });
    expect(ask('superiors of("zhenghang")')).toEqual(['liangdong', 'songqiao']);
    expect(ask('superiors of("songqiao")')).toEqual(['liangdong']);
    expect(ask('superiors of("liangdong")')).toEqual(['shenlicheng']);
    expect(ask('subordinates of("songqiao")')).toEqual(expect.arrayContaining(['zhenghang', 'yinchuan']));
    expect(ask('subordinates of("songqiao")')).not.toContain('liangdong');
    expect(ask('subordinates of("zhenghang")')).toEqual([]);
    expect(ask('connected with("zhenghang", "kin")')).toEqual(['caijing']);
    expect(ask('connected with(["caijing"], "kin")')).toEqual(['zhenghang']);
  });

  test('[S71] they are not offered the step, cannot be handed it, and whoever is on neither side has it', async () => {
    const ties = 'concatenate(superiors of("zhenghang"), connected with("zhenghang", "kin"))';
    w = await world({ content: [...FORMS, handled(ties.replaceAll('"', '&quot;'))], organisation: akin() });
    await w.as('qinxiao').start('handled', { subject: '承办' });
    expect(await holders()).toEqual(['luchuan', 'yinchuan']);
    const given = w.as('luchuan').transfer('承办', 'songqiao', '出差期间请代为办理此件');
    await expect(given).rejects.toThrow('须回避');
  });
});

describe('who took part before', () => {
  const again = bpmn(
    'again',
    [
      start(),
      user('a', '核查', `assignees='if times("a") = 0 then ["fangyuan"] else ["luchuan"]' operations="return"`, AGREE),
      user(
        'b',
        '审核',
        `assignees='["fangyuan", "luchuan", "qinxiao"]' mode="any" operations="return"`,
        `${AGREE}<ganwei:exclude who='took part("a")' reason="核查人不得审核"/>`,
      ),
      end(),
      line('start', 'a', 'b', 'end'),
    ].join('\n'),
  );

  test('[S71] whoever did an earlier round of a step took part in it, though others have done it since', async () => {
    w = await world({ content: [...FORMS, again] });
    await w.as('songqiao').start('again', { subject: '两轮' });
    await w.as('fangyuan').submit('核查', 'agree');
    await w.as('qinxiao').giveBack('审核', 'a', 'again', '请再核实一次事实经过');
    await w.as('luchuan').submit('核查', 'agree');
    expect(await holders()).toEqual(['qinxiao']);
  });

  const review = bpmn(
    'review',
    [
      start('request', 'false'),
      user(
        'judge',
        '复核',
        `assignees='["fangyuan", "luchuan", "qinxiao", "zhongli"]' mode="any"`,
        `${AGREE}<ganwei:exclude who="took part before()" reason="办过原件的人不得复核"/>`,
      ),
      end(),
      line('start', 'judge', 'end'),
    ].join('\n'),
  );
  const original = bpmn(
    'original',
    [
      start(),
      user('a', '核查', `assignees='["fangyuan"]'`, AGREE),
      user(
        'b',
        '审核',
        `assignees='["qinxiao"]' operations="return"`,
        AGREE + outcome('no', '不同意', 'positive="false"'),
      ),
      '<callActivity id="go" name="复核"><extensionElements><ganwei:call process="review" values="{subject: request.subject}"/></extensionElements></callActivity>',
      end(),
      line('start', 'a', 'b', 'go', 'end'),
    ].join('\n'),
  );

  test('[S71] nobody who worked on a case works on the one that reviews it', async () => {
    w = await world({ content: [...FORMS, review, original] });
    await w.as('songqiao').start('original', { subject: '原件' });
    await w.as('fangyuan').submit('核查', 'agree');
    await w.as('qinxiao').submit('审核', 'agree');
    expect(await holders()).toEqual(['luchuan', 'zhongli']);
  });
});

describe('fields that choose people', () => {
  const team = {
    form: 'team',
    title: '人选',
    schema: {
      type: 'object',
      properties: {
        lead: { type: 'string', title: '组长', 'x-component': 'Person', 'x-rules': { options: 'members("jw-cb")' } },
      },
    },
  };
  const file = { kind: 'form' as const, key: 'team', file: 'team.form.json', source: JSON.stringify(team) };
  const process = bpmn(
    'teamed',
    [
      start(),
      user('pick', '组队', `assignees='["fuzheng"]' form="team" as="team"`, AGREE),
      end(),
      line('start', 'pick', 'end'),
    ].join('\n'),
  );

  test('[S72] only those whom its rule offers are shown and accepted', async () => {
    w = await world({ content: [...FORMS, file, process] });
    await w.as('songqiao').start('teamed', { subject: '组队' });
    const id = await w.as('fuzheng').task('组队');
    const ask = (person: string, q = '') =>
      fieldPeople(w.host, w.actor(person), { q, task: id, field: 'lead', ids: undefined, unit: undefined });
    expect((await ask('fuzheng')).map(({ id }) => id).sort()).toEqual(['dingyiming', 'fangyuan', 'luchuan']);
    expect(await ask('fuzheng', '秦晓')).toEqual([]);
    await expect(ask('qinxiao')).rejects.toMatchObject({ code: 'not.found' });
    await expect(w.as('fuzheng').submit('组队', 'agree', { lead: 'qinxiao' })).rejects.toMatchObject({
      fields: [{ path: 'lead', code: 'option' }],
    });
    await w.as('fuzheng').submit('组队', 'agree', { lead: 'fangyuan' });
  });
});
