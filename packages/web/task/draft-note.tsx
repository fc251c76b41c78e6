/**
 * Owns the note above a form whose draft has two states: one on this page, and one that another page has saved or that this device had kept.
 * Both are shown field by field and the person chooses; nothing is overwritten before. Loaded when there is something to choose.
 */
import { permissionsOf } from '@ganwei/form/access';
import { isBlank } from '@ganwei/form/check';
import { labelText } from '@ganwei/form/messages';
import type { CompiledForm, FieldAccess, FormField, Values } from '@ganwei/form/model';
import { same } from '@ganwei/form/settle';
import { Button, Radio } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { asProblem } from '../api/load.ts';
import { SOURCES } from '../api/sources.ts';
import { compiled } from '../binding/compiled.ts';
import { FormView } from '../binding/form-view.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import type { Snapshot } from '../session/kept.ts';
import type { ServedForm } from './step-form.tsx';
import type { Draft } from './use-draft.ts';
import '../session/kept-words.ts';

export interface DraftNoteProps {
  draft: Draft;
  form: ServedForm | null;
  scope: Readonly<Values>;
  /** shows what has been saved */
  again(): void;
  /** begins a new draft with what is on the page; absent where there can be only one */
  anew?: (() => Promise<boolean>) | undefined;
}

export default function DraftNote(props: DraftNoteProps) {
  const { draft, anew } = props;
  const { say, language } = useSpeech();
  const [there, setThere] = useState<There | null>(null);
  const { choice, saved } = draft;
  const { found } = choice;
  const look = async () => {
    const other = await choice.there().catch((error: unknown) => tell(asProblem(error).message, 'error'));
    if (other) setThere({ ...other, from: say('kept.elsewhere') });
  };
  const done = () => {
    setThere(null);
    choice.forget();
    props.again();
  };
  const choosing = there && <Choosing {...props} there={there} onDone={done} onClose={() => setThere(null)} />;
  if (saved.kind === 'gone') {
    return (
      <Note text={saved.reason}>
        {anew && (
          <Button size="small" onClick={() => void anew()}>
            {say('kept.anew')}
          </Button>
        )}
      </Note>
    );
  }
  if (saved.kind === 'moved') {
    return (
      <Note text={say('kept.moved')}>
        <Button size="small" onClick={() => void look()}>
          {say('kept.choose')}
        </Button>
        {choosing}
      </Note>
    );
  }
  if (!found) return null;
  const device = { ...found.snapshot, savedAt: found.at, from: say('kept.onDevice') };
  return (
    <Note text={say('kept.found', { at: momentText(found.at, language) })}>
      <Button size="small" onClick={() => setThere(device)}>
        {say('kept.choose')}
      </Button>
      <Button size="small" onClick={choice.forget}>
        {say('kept.drop')}
      </Button>
      {choosing}
    </Note>
  );
}

function Note({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="note note-act" role="alert">
      <span>{text}</span>
      <span className="row-tools">{children}</span>
    </div>
  );
}

interface There extends Snapshot {
  savedAt: number;
  /** absent: kept on this device, the server knows nothing of it */
  revision?: number;
  /** in words */
  from: string;
}

/** A field or the comment that differs. */
interface Difference {
  key: string;
  title: string;
  choose: 'here' | 'there';
}

const COMMENT = ' comment';

/** Fields whose value is the person's own; what rules reckon follows from them. */
function own(form: CompiledForm | null, access: readonly FieldAccess[]): readonly FormField[] {
  if (!form) return [];
  const permissions = permissionsOf(form, access);
  return form.fields.filter((field) => field.kind !== 'leaf' || permissions.of(field).writable);
}

function Choosing({
  draft,
  form,
  scope,
  there,
  onDone,
  onClose,
}: DraftNoteProps & { there: There; onDone(): void; onClose(): void }) {
  const { say, language } = useSpeech();
  const { choice } = draft;
  const [here] = useState(choice.here);
  const definition = form && compiled(form.definition);
  const [rows, setRows] = useState<readonly Difference[]>(() => {
    const titles = own(definition, form?.access ?? []).map(
      ({ key, title }) => [key, labelText(title, language)] as const,
    );
    return [...titles, [COMMENT, say('task.comment')] as const]
      .filter(([key]) => !alike(stateOf(here, key), stateOf(there, key)))
      .map(([key, title]) => ({ key, title, choose: usual(choice.base(), here, there, key) }));
  });
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const saved = await choice.settle(merged(here, there, rows), there.revision);
    setBusy(false);
    if (saved) onDone();
    else onClose();
  };
  // nothing differs: what is there need not be asked about
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (rows.length === 0) void save();
  }, []);
  if (rows.length === 0) return null;
  return (
    <Dialog
      wide
      title={say('kept.title')}
      confirm={say('kept.save')}
      busy={busy}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <p className="dim">{say('kept.hint', { n: rows.length })}</p>
      {rows.map((row) => (
        <fieldset key={row.key} className="card">
          <legend>{row.title}</legend>
          <Radio.Group
            className="two-states"
            value={row.choose}
            onChange={(event) =>
              setRows(
                rows.map((one) => (one === row ? { ...row, choose: event.target.value as 'here' | 'there' } : one)),
              )
            }
          >
            {(['here', 'there'] as const).map((side) => (
              <Radio key={side} value={side}>
                <strong>{side === 'here' ? say('kept.here') : there.from}</strong>
                {side === 'there' && there.savedAt > 0 && (
                  <span className="dim"> {momentText(there.savedAt, language)}</span>
                )}
                <State form={definition} scope={scope} name={row.key} of={side === 'here' ? here : there} />
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
      ))}
    </Dialog>
  );
}

/** One field as it stands in one of the two, drawn by its own control. */
function State({
  form,
  scope,
  name,
  of,
}: {
  form: CompiledForm | null;
  scope: Readonly<Values>;
  name: string;
  of: Snapshot;
}) {
  const { say, language } = useSpeech();
  const value = stateOf(of, name);
  if (isBlank(value)) return <p className="dim">{say('kept.blank')}</p>;
  if (name === COMMENT || !form) return <p>{String(value)}</p>;
  const access = [
    { path: '*', mode: 'hidden' as const },
    { path: name, mode: 'read' as const },
  ];
  return (
    <FormView form={form} values={of.values} access={access} scope={scope} sources={SOURCES} language={language} />
  );
}

const stateOf = ({ values, comment }: Snapshot, key: string): unknown => (key === COMMENT ? comment : values[key]);

const alike = (a: unknown, b: unknown): boolean => same(a, b) || (isBlank(a) && isBlank(b));

/** What this page has not changed since both were the same is taken from there; what both changed stays as it is here until chosen. */
function usual(base: Snapshot, here: Snapshot, there: There, key: string): Difference['choose'] {
  if (there.revision === undefined) return 'there';
  return alike(stateOf(base, key), stateOf(here, key)) ? 'there' : 'here';
}

function merged(here: Snapshot, there: Snapshot, rows: readonly Difference[]): Snapshot {
  const values: Values = { ...here.values };
  let { comment } = here;
  for (const { key, choose } of rows) {
    if (choose === 'here') continue;
    if (key === COMMENT) comment = there.comment;
    else values[key] = there.values[key] ?? null;
  }
  return { values, comment };
}
