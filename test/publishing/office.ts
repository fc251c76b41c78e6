/**
 * Owns the stage of the tests of changes: two business administrators, an application with rights of its own, a flow, a table and a dictionary;
 * `as('peiwen')` does what that person does in the design centre.
 */
import type { Actor } from '@ganwei/core/actor';
import type { Definition } from '@ganwei/release/definition';
import type { Named } from '@ganwei/release/paths';
import { beginChange, commentChange, renameChange } from '../../server/publishing/begin-change.ts';
import { changeList, changeView, draftView } from '../../server/publishing/changes.ts';
import { design, releaseList } from '../../server/publishing/design.ts';
import { checkChange, publishChange } from '../../server/publishing/publish-change.ts';
import { reviewChange, submitChange, withdrawChange } from '../../server/publishing/review-change.ts';
import { dropDefinition, rebaseDefinition, saveDefinition } from '../../server/publishing/save-definition.ts';
import { takeBack } from '../../server/publishing/take-back.ts';
import { auditPage } from '../../server/store/record.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { type World, type WorldOptions, world } from '../commands/world.ts';

export const VISIT: Definition = bpmn(
  'visit',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]' form="request"`, AGREE),
    end(),
    line('start', 'check', 'end'),
  ].join('\n'),
);

/** A flow of one step, whose name tells its versions apart. */
export const visitNamed = (step: string): string => VISIT.source.replace('审查', step);

export const colours = (...labels: string[]): Definition => ({
  kind: 'dictionary',
  key: 'colours',
  file: 'forms/dictionaries/colours.json',
  source: JSON.stringify({
    dictionary: 'colours',
    title: '颜色',
    items: labels.map((label, index) => ({ code: `c${index}`, label })),
  }),
});

export const CONTENT: readonly Definition[] = [...FORMS, VISIT, colours('红')];

export const PROCESS: Named = { kind: 'process', app: '', key: 'visit' };
export const COLOURS: Named = { kind: 'dictionary', app: '', key: 'colours' };

/** In the demo's organisation peiwen and kongwei are business administrators, luchuan and fuzheng are not. */
export async function office(options: Partial<WorldOptions> = {}): Promise<Office> {
  return new Office(await world({ content: CONTENT, ...options }));
}

export class Office {
  readonly w: World;

  constructor(w: World) {
    this.w = w;
  }

  as(id: string): Designer {
    return new Designer(this.w, this.w.actor(id));
  }

  /** A change with these texts, begun and written by this person. */
  async drafted(by: string, texts: readonly (Named & { source: string | null })[], title = '调整'): Promise<string> {
    const { id } = await this.as(by).begin(title);
    for (const text of texts) await this.as(by).save(id, text, text.source);
    return id;
  }

  /** The same, submitted by its author and agreed to by the other. */
  async agreed(by: string, reviewer: string, texts: readonly (Named & { source: string | null })[]): Promise<string> {
    const id = await this.drafted(by, texts);
    await this.as(by).submit(id);
    await this.as(reviewer).review(id, true);
    return id;
  }

  /** Published by its author, with the other's consent; answers with the release. */
  async published(
    by: string,
    reviewer: string,
    texts: readonly (Named & { source: string | null })[],
  ): Promise<number> {
    const { release } = await this.as(by).publish(await this.agreed(by, reviewer, texts));
    if (release === null) throw new Error('not published');
    return release;
  }

  /** The name of the step that new cases begin with. */
  async step(): Promise<string> {
    const { model } = await this.w.host.catalogue().process('visit');
    return model.nodes.get('check')!.name;
  }

  async audit(): Promise<string[]> {
    const rows = await auditPage(this.w.host.store.reader, { limit: 100 });
    return rows
      .filter(({ act }) => act.startsWith('change-') || act.startsWith('content-'))
      .map(({ act, person_id }) => `${act} ${person_id}`)
      .reverse();
  }
}

/** What one person does in the design centre. */
export class Designer {
  private readonly w: World;
  readonly actor: Actor;

  constructor(w: World, actor: Actor) {
    this.w = w;
    this.actor = actor;
  }

  private get call() {
    return { actor: this.actor };
  }

  begin(title = '调整', reason = '办理中发现') {
    return beginChange(this.w.host, this.call, { title, reason });
  }

  rename(id: string, title: string) {
    return renameChange(this.w.host, this.call, id, { title, reason: '改名' });
  }

  comment(id: string, comment: string) {
    return commentChange(this.w.host, this.call, id, comment);
  }

  view(id: string) {
    return changeView(this.w.host, this.actor, id, 'zh-CN');
  }

  list(open: 'true' | 'false' = 'true') {
    return changeList(this.w.host, this.actor, { open, limit: 30 });
  }

  design() {
    return design(this.w.host, this.actor, 'zh-CN');
  }

  releases() {
    return releaseList(this.w.host, this.actor, { limit: 30 });
  }

  draft(id: string, named: Named) {
    return draftView(this.w.host, this.actor, id, named);
  }

  /** On the draft that is there, or on this revision of it. */
  async save(id: string, named: Named, source: string | null, more: { revision?: number; version?: number } = {}) {
    const { kind, app, key } = named;
    const revision = more.revision ?? (await this.draft(id, named)).draft?.revision ?? 0;
    return saveDefinition(this.w.host, this.call, id, { kind, app, key, source, ...more, revision });
  }

  async drop(id: string, { kind, app, key }: Named) {
    const { draft } = await this.draft(id, { kind, app, key });
    return dropDefinition(this.w.host, this.call, id, { kind, app, key, revision: draft?.revision ?? 1 });
  }

  async rebase(id: string, { kind, app, key }: Named, source: string | null) {
    const { draft } = await this.draft(id, { kind, app, key });
    return rebaseDefinition(this.w.host, this.call, id, { kind, app, key, source, revision: draft?.revision ?? 1 });
  }

  submit(id: string, comment = '') {
    return submitChange(this.w.host, this.call, id, comment);
  }

  /** What he sees now, or what he saw before. */
  async review(id: string, agree: boolean, seen?: Awaited<ReturnType<Designer['view']>>) {
    const { drafts } = seen ?? (await this.view(id));
    return reviewChange(this.w.host, this.call, id, { agree, comment: agree ? '同意' : '请再斟酌', drafts });
  }

  check(id: string) {
    return checkChange(this.w.host, this.actor, id);
  }

  publish(id: string, effectiveOn: string | null = null, key?: string) {
    return publishChange(this.w.host, { ...this.call, key }, id, { effectiveOn });
  }

  withdraw(id: string, comment = '') {
    return withdrawChange(this.w.host, this.call, id, comment);
  }

  takeBack(release: number) {
    return takeBack(this.w.host, this.call, release, { reason: '有误' });
  }
}
