/**
 * Owns the designer of a form: palette and outline, canvas, panel and problems side by side. It is given a text and gives one with every act; the page
 * around it loads, saves and publishes. A text that it has not given itself is read anew. Rules: [FDS2] [FDS3] [FDS4].
 */
import './words.ts';
import '../flow/flow.css';
import './form.css';
import { type Edited, set } from '@ganwei/form/edit';
import type { Raw } from '@ganwei/form/node';
import { type Address, nodeAt, placesOf } from '@ganwei/form/places';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { SOURCES } from '../../api/sources.ts';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { Bones } from '../../kit/states.tsx';
import type { Definition, Told } from '../check/told.ts';
import { useCheck } from '../check/use-check.ts';
import { Problems } from '../flow/problems.tsx';
import { Canvas } from './canvas.tsx';
import { type Designing, DesigningContext, useDesigning } from './designing.ts';
import { useDragging } from './dragging.ts';
import { begin, done, type History, redo, selecting, undo } from './history.ts';
import { useKeys } from './keys.ts';
import { Marks } from './marks.ts';
import { titleOf } from './names.ts';
import { Outline } from './outline.tsx';
import { Palette } from './palette.tsx';
import { Panel } from './panel/panel.tsx';
import { Reliance } from './reliance.tsx';
import { formIn, type Read, textOf } from './source.ts';
import { Toolbar, type View } from './toolbar.tsx';

const Preview = lazy(() => import('./preview/preview.tsx'));
const ImportForm = lazy(() => import('./import-form.tsx'));

export interface FormEditorProps {
  /** the form as the change has it */
  own: Definition;
  /** as it is in force; null: it is new */
  current: string | null;
  /** everything that would be in force, the form among it */
  definitions: readonly Definition[];
  /** what definitions may use of the server */
  told: Told;
  readOnly?: boolean;
  /** the text after an act */
  onChange(source: string): void;
}

export default function FormEditor(props: FormEditorProps) {
  const { own, onChange } = props;
  const { say } = useSpeech();
  const [text, setText] = useState(own.source);
  const [opened, setOpened] = useState(() => formIn(own.source));
  const [turn, setTurn] = useState(0);
  if (own.source !== text) {
    setText(own.source);
    setOpened(formIn(own.source));
    setTurn(turn + 1);
  }
  if ('flaw' in opened)
    return (
      <p className="note note-error">
        {say(opened.flaw ? 'formDesign.unreadable' : 'formDesign.noForm', { reason: opened.flaw })}
      </p>
    );
  const give = (source: string) => {
    setText(source);
    onChange(source);
  };
  return <Designer key={turn} {...props} read={opened} onChange={give} />;
}

/** Work on a form that could be read. */
function Designer({
  own,
  current,
  definitions,
  told,
  readOnly = false,
  read,
  onChange,
}: FormEditorProps & { read: Read }) {
  const { say, language } = useSpeech();
  const check = useCheck({ definitions, told, app: own.app ?? '' });
  const [history, setHistory] = useState<History>(() => begin(read.form));
  const [view, setView] = useState<View>('design');
  const [importing, setImporting] = useState(false);
  const { form, selected } = history.now;
  const places = useMemo(() => placesOf(form), [form]);
  const findings = useMemo(
    () => (check.found?.findings ?? []).filter(({ file }) => file === own.file),
    [check.found, own.file],
  );
  const known = useMemo(() => pathsIn(current), [current]);
  const dictionaries = check.found?.offered.definitions.dictionary ?? [];

  const latest = useRef(history);
  latest.current = history;
  const go = useCallback(
    (next: History) => {
      if (next === latest.current) return;
      latest.current = next;
      setHistory(next);
      const source = textOf(next.now.form, own.source, read.written);
      check.edit({ ...own, source });
      onChange(source);
    },
    [own, read, check, onChange],
  );
  const act = (label: string, edited: Edited | undefined) => {
    if (!edited) tell(say('formDesign.cannot'), 'error');
    else go(done(latest.current, { form: edited.form, selected: edited.at, label }));
  };
  const put = (at: Address, path: readonly string[], value: unknown) => {
    const { now } = latest.current;
    if (nodeAt(now.form, at) === undefined) return;
    go(
      done(latest.current, {
        form: set(now.form, at, path, value),
        selected: now.selected,
        label: say('formDesign.did.set'),
      }),
    );
  };
  const designing: Designing = {
    form,
    places,
    selected,
    readOnly,
    language,
    findings,
    offered: check.found?.offered,
    dictionaries,
    isNew: (path) => !known.has(path),
    act,
    put,
    select: (next) => setHistory(selecting(latest.current, next)),
  };
  const acts = { undo: () => go(undo(latest.current)), redo: () => go(redo(latest.current)) };
  const show = (element: string) => {
    const place = places.find(({ path }) => path === element);
    setView('design');
    designing.select(place ? [place.at] : []);
  };
  return (
    <DesigningContext value={designing}>
      <div className={`flow-editor fd-editor fd-${view}`}>
        <Toolbar {...acts} history={history} view={view} show={setView} importForm={() => setImporting(true)} />
        {view === 'preview' ? (
          <Suspense fallback={<Bones rows={8} />}>
            <Preview own={own} check={check} />
          </Suspense>
        ) : (
          <Work acts={acts} />
        )}
        <Problems
          findings={findings}
          elsewhere={
            check.found && !check.found.unread.includes(own.file) ? check.found.findings.length - findings.length : 0
          }
          busy={check.busy}
          failed={check.failed}
          nameOf={(element) => {
            const place = places.find(({ path }) => path === element);
            return place ? titleOf(place.node, place.key, language) : say('formDesign.whole');
          }}
          mendOf={() => undefined}
          show={({ element }) => show(element)}
          mend={() => undefined}
        />
        {importing && (
          <Suspense>
            <ImportForm
              formKey={own.key}
              take={(taken: Raw) =>
                go(done(latest.current, { form: taken, selected: [], label: say('formDesign.did.import') }))
              }
              close={() => setImporting(false)}
            />
          </Suspense>
        )}
      </div>
    </DesigningContext>
  );
}

function Work({ acts }: { acts: { undo(): void; redo(): void } }) {
  const designing = useDesigning();
  const { places, selected, findings, readOnly } = designing;
  const box = useRef<HTMLDivElement>(null);
  const dragging = useDragging(box);
  const onKeyDown = useKeys(acts);
  const [marks] = useState(() => new Marks());
  useEffect(() => {
    const severities = new Map<Address, 'error' | 'warning'>();
    for (const { element, severity } of findings) {
      const place = places.find(({ path }) => path === element);
      if (place && severities.get(place.at) !== 'error') severities.set(place.at, severity);
    }
    marks.set(selected, severities);
  }, [marks, selected, findings, places]);
  return (
    <>
      <div className="fd-side">
        {!readOnly && <Palette dragging={dragging} />}
        <Outline onKeyDown={onKeyDown} />
      </div>
      <Canvas box={box} marks={marks} sources={SOURCES} dragging={dragging} onKeyDown={onKeyDown} />
      <Panel>
        <Reliance />
      </Panel>
    </>
  );
}

/** Paths of the form that is in force: what is among them has a name that others know. */
function pathsIn(current: string | null): ReadonlySet<string> {
  const read = current === null ? undefined : formIn(current);
  return new Set(read && 'form' in read ? placesOf(read.form).map(({ path }) => path) : []);
}
