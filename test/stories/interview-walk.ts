/** Owns one work interview, told step by step: from the application to the archive. Rules: [INT1] to [INT9]. */
import type { Values } from '@ganwei/form/model';
import type { World } from '../commands/world.ts';
import * as fill from '../content/interview-fillings.ts';
import * as mend from '../content/rectification-fillings.ts';

/** The people whom an interview is held with, and how they came. */
export type Guests = Readonly<Record<string, '到' | '未到'>>;

export class Interview {
  readonly w: World;
  id = '';

  constructor(w: World) {
    this.w = w;
  }

  /** Of this case only: other interviews may have the same step open for the same person. */
  async submit(person: string, step: string, outcome: string, values: Values = {}, comment = ''): Promise<void> {
    await this.w.as(person).submitTo(await this.#open(step), outcome, values, comment);
  }

  async #open(step: string): Promise<string> {
    const { model } = await this.w.host.catalogue().process('work-interview');
    const node = [...model.nodes.values()].find(({ name, task }) => task && name === step)!.id;
    const [open] = await this.w.host.store.reader('tasks').where({ case_id: this.id, node });
    if (!open) throw new Error(`${step} is not open`);
    return open.id;
  }

  /** Who has a step of this case open. */
  async waiting(): Promise<string[]> {
    const rows = await this.w.host.store.reader('work_items').where({ case_id: this.id }).orderBy('person_id');
    return rows.map((row) => row.person_id);
  }

  async status(person = 'wenbo'): Promise<string> {
    return (await this.w.as(person).case(this.id)).case.status.label;
  }

  async apply(changes: Values = {}, by = 'qiufan'): Promise<this> {
    const file = await this.w.as(by).upload('督查情况.pdf');
    const start = by === 'qiufan' ? 'byOffice' : 'byLeader';
    this.id = (await this.w.as(by).start('work-interview', fill.application(file, changes), start)).caseId;
    return this;
  }

  async agree(leader = 'zhouqihang'): Promise<this> {
    await this.submit('wenbo', '市委办公室核报', 'report', fill.officeOpinion());
    await this.submit(leader, '主要领导同意启动', 'agree');
    return this;
  }

  async plan(heldAt: string, changes: Values = {}): Promise<this> {
    await this.submit('wenbo', '制定约谈方案', 'submit', fill.plan(heldAt, changes));
    await this.submit('zhongli', '商定方案', 'submit', fill.agreed());
    await this.submit('tangning', '商定方案', 'submit', fill.agreed());
    await this.submit('jianglan', '方案审定', 'approve');
    return this;
  }

  async replied(...guests: string[]): Promise<this> {
    for (const guest of guests) await this.submit(guest, '约谈回执', 'submit', fill.coming());
    return this;
  }

  async held(day: string, guests: Guests, main = 'luowei'): Promise<this> {
    await this.w.at(`${day}T11:00`);
    await this.submit('wenbo', '实施约谈', 'submit', fill.attendance(day, guests, main));
    return this;
  }

  async recorded(day: string, guests: readonly string[], main = 'luowei'): Promise<this> {
    await this.submit('yuanke', '约谈记录', 'submit', fill.record(day));
    for (const guest of guests) await this.submit(guest, '约谈对象签字', 'submit', fill.signed(this.w.actor(guest)));
    await this.submit(main, '主约谈人签字', 'sign', fill.closed(this.w.actor(main)));
    return this;
  }

  /** From the application to the archive; the notice goes out on `noticed`, everybody comes on `day`. */
  async whole(noticed: string, day: string, guests: readonly string[], changes: Values = {}): Promise<this> {
    await this.w.at(`${noticed}T09:00`);
    const roles = ['主要负责人', '分管负责人', '直接责任人'];
    const interviewees = guests.map((person, i) => ({ person, role: roles[i] }));
    await (await this.apply({ interviewees, ...changes })).agree();
    await this.plan(`${day}T09:00`);
    await this.replied(...guests);
    await this.held(day, Object.fromEntries(guests.map((guest) => [guest, '到' as const])));
    return this.recorded(day, guests);
  }
}

/** The unit rectifies what the interview asked for, and the supervision office closes it, at the time that it is. */
export async function closeRectification(w: World): Promise<void> {
  const chief = w.actor('liangdong');
  const today = new Date(w.host.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [{ value }] = await w.host.store.reader('case_values').where({ name: 'request' }).orderBy('case_id', 'desc');
  const { due } = JSON.parse(value).requirements[0];
  const first = (values: Values, key: string, changes: Values = {}): Values => ({
    ...values,
    [key]: (values[key] as Values[]).slice(0, 1).map((row) => ({ ...row, ...changes })),
  });
  const pdf = await w.as('yinchuan').upload('佐证.pdf');
  const { confirm, ...plan } = mend.plan(chief);
  await w.as('yinchuan').submit('制定整改方案', 'submit', first(plan, 'items', { due }));
  await w.as('liangdong').submit('主要负责人确认', 'confirm', { confirm });
  await w.as('hezhou').submit('方案审核', 'approve', mend.audit());
  const { partyOrgOpinion, sign, ...closing } = mend.closing(pdf, chief);
  await w.as('yinchuan').submit('组织整改、申请销号', 'submit', first(closing, 'rows'));
  await w.as('liangdong').submit('单位党组织审核', 'agree', { partyOrgOpinion, sign });
  await w.as('hezhou').submit('材料审核', 'pass');
  const check = { ...mend.check(w.actor('qiufan')), persons: ['hezhou', 'qiufan'], date: today };
  await w.as('qiufan').submit('现场核查', 'close', first(check, 'rows'));
}
