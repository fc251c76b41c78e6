/**
 * Owns the editor of a flow: drawing, panel and problems side by side. It is given a text and gives one with every change; the page around it loads, saves and publishes.
 * A text that it has not given itself is drawn anew. Rules: [DES13] [DES22] [DES30].
 */
import './words.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-codes.css';
import './icons.css';
import './flow.css';
import { flawOf } from '@ganwei/process/foreign/flaw';
import { type Element, elementOf, everyElement, isA, textOf } from '@ganwei/process/lint/tree';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Say, useSpeech } from '../../kit/language.tsx';
import type { Definition, Found, Told } from '../check/told.ts';
import { useCheck } from '../check/use-check.ts';
import { FlowCanvas, WouldLose } from './canvas.ts';
import { type Directory, type Editing, EditingContext } from './editing.ts';
import { mendOf } from './findings.ts';
import type { Moddle } from './moddle.ts';
import { Panel } from './panel/panel.tsx';
import { Problems } from './problems.tsx';
import { Toolbar, type View } from './toolbar.tsx';
import { TreeView } from './tree/tree-view.tsx';

export interface FlowEditorProps {
  /** the flow as the change has it; a text that did not come from here is drawn, and nothing before it can be taken back */
  flow: Definition;
  /** everything that would be in force, the flow among it: the check holds them against one another */
  definitions: readonly Definition[];
  /** what definitions may use of the server */
  told: Told;
  readOnly?: boolean;
  /** who there is */
  directory?: Directory | undefined;
  usesOf?: Editing['usesOf'];
  /** something has been changed: its text follows */
  onEdit?(): void;
  /** the text after a change, a moment after the last one */
  onChange(source: string): void;
}

/** Below this width a drawing is too small to work on. */
const NARROW = 700;

/** Milliseconds after the last change before the text is handed on. */
const PAUSE = 200;

export default function FlowEditor({
  flow,
  definitions,
  told,
  readOnly = false,
  directory,
  usesOf,
  onEdit,
  onChange,
}: FlowEditorProps) {
  const { say, language } = useSpeech();
  const check = useCheck({ definitions, told, app: flow.app ?? '' });
  const [canvas, setCanvas] = useState<FlowCanvas>();
  const [failed, setFailed] = useState<Error>();
  const [view, setView] = useState<View>(() => (window.innerWidth < NARROW ? 'tree' : 'drawing'));
  const box = useRef<HTMLDivElement>(null);
  /** what is drawn */
  const text = useRef(flow.source);
  const now = useRef({ language, onEdit, onChange, edit: check.edit });
  now.current = { language, onEdit, onChange, edit: check.edit };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one text, one drawing
  useEffect(() => {
    if (!box.current) return;
    const drawn = new FlowCanvas({ container: box.current, readOnly, speaks: () => now.current.language });
    const give = (source: string) => {
      text.current = source;
      now.current.edit({ ...flow, source });
      now.current.onChange(source);
    };
    const stop = following(drawn, () => now.current.onEdit?.(), give);
    let here = true;
    drawn.open(flow.source).then(
      () => here && setCanvas(drawn),
      (error: Error) => here && setFailed(error),
    );
    return () => {
      here = false;
      void stop().finally(() => drawn.close());
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the text is another
  useEffect(() => {
    if (!canvas || flow.source === text.current) return;
    text.current = flow.source;
    canvas.open(flow.source).then(() => {
      setFailed(undefined);
      check.edit(flow);
    }, setFailed);
  }, [canvas, flow.source]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said anew when the language is another
  useEffect(() => canvas?.speakAgain(), [canvas, language]);
  return (
    <div className="flow-editor" data-language={language}>
      {canvas ? <Toolbar canvas={canvas} view={view} show={setView} /> : <div className="flow-toolbar" />}
      <section
        ref={box}
        className="flow-canvas"
        aria-label={say('flow.drawing')}
        inert={view === 'tree' || failed !== undefined}
      />
      {failed && <p className="note note-error flow-failed">{whyFailed(failed, say)}</p>}
      {canvas && !failed && <Sides {...{ canvas, flow, told, check, view, directory, usesOf }} />}
    </div>
  );
}

/** [DES71] Where and why a text cannot be drawn. */
function whyFailed(error: Error, say: Say): string {
  if (error instanceof WouldLose) {
    const what = [...new Set(error.what)];
    return say('flow.wouldLose', { what: what.slice(0, 5).join('、') + (what.length > 5 ? '…' : '') });
  }
  if (/^no (diagram|process)/.test(error.message)) return say('flow.noDrawing');
  const [, line, said] = /line: (\d+)[\s\S]*nested error: (.*)/.exec(error.message) ?? [];
  if (line === undefined || said === undefined) return say('flow.unreadable', { reason: error.message });
  return say('flow.unreadableAt', { line: Number(line) + 1, flaw: say(`flow.flaw.${flawOf(said)}`, { said }) });
}

/** Says at once that something was changed, and hands the text on when the drawing has rested; what has not been handed on yet goes when it is left. */
function following(canvas: FlowCanvas, edited: () => void, give: (source: string) => void): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hand = async () => {
    timer = undefined;
    give(await canvas.save());
  };
  const stop = canvas.onEdit(() => {
    edited();
    clearTimeout(timer);
    timer = setTimeout(() => void hand(), PAUSE);
  });
  return async () => {
    stop();
    if (timer === undefined) return;
    clearTimeout(timer);
    await hand();
  };
}

interface SidesProps {
  canvas: FlowCanvas;
  flow: Definition;
  told: Told;
  check: ReturnType<typeof useCheck>;
  view: View;
  directory: Directory | undefined;
  usesOf: Editing['usesOf'];
}

/** Panel and problems, drawn anew when anything moves. */
function Sides({ canvas, flow, told, check, view, directory, usesOf }: SidesProps) {
  const { say } = useSpeech();
  const version = useSyncExternalStore(canvas.subscribe, canvas.version);
  const { found, busy, failed } = check;
  const own = useMemo(() => (found?.findings ?? []).filter(({ file }) => file === flow.file), [found, flow.file]);
  useEffect(() => canvas.mark(marksOf(own)), [canvas, own]);
  const services = useMemo(() => new Map(told.services), [told]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for all that the canvas holds
  const editing = useMemo<Editing>(() => {
    const elements = canvas.selected();
    const ids = elements.map((element) => String(element.businessObject.id));
    const [first] = elements;
    const left = first && isA(first.businessObject, 'bpmn:SequenceFlow');
    const source = first?.businessObject.sourceRef as Moddle | undefined;
    const node = String((left ? source?.id : first?.businessObject.id) ?? '');
    return {
      sheet: canvas,
      elements,
      offered: found?.offered,
      services,
      findings: own.filter(({ element }) => ids.includes(element)),
      names: () => check.names({ app: flow.app ?? '', process: flow.key, node, left: left ?? false }),
      directory,
      usesOf,
    };
  }, [canvas, version, found, own, services, check, flow, directory, usesOf]);
  const nodes = useMemo(() => nodesOf(canvas, version), [canvas, version]);
  const show = ({ element }: Found) => {
    if (!canvas.show(element)) canvas.show(String(canvas.process().id));
  };
  return (
    <EditingContext value={editing}>
      {view === 'tree' && <TreeView canvas={canvas} selected={editing.elements.map(({ id }) => id)} />}
      <Panel />
      <Problems
        findings={own}
        elsewhere={found && !found.unread.includes(flow.file) ? found.findings.length - own.length : 0}
        busy={busy}
        failed={failed}
        nameOf={(element) => nodes.get(element)?.title || say('flow.unnamed')}
        mendOf={(finding) => {
          const node = nodes.get(finding.element)?.node;
          return node && !canvas.readOnly ? mendOf(finding, node) : undefined;
        }}
        show={show}
        mend={({ changes, elements }) =>
          canvas.write(
            changes,
            elements.flatMap((id) => canvas.find(id) ?? []),
          )
        }
      />
    </EditingContext>
  );
}

/** Its name; a line without one by what it joins. */
function titleOf(element: Element): string {
  const ends = [elementOf(element, 'sourceRef'), elementOf(element, 'targetRef')];
  const joined = ends.map((end) => textOf(end, 'name') ?? '').join(' → ');
  return textOf(element, 'name') ?? (ends[0] ? joined : '');
}

/** Elements of the file by their ids; the version stands for the state of the drawing they are read from. */
function nodesOf(canvas: FlowCanvas, _version: number): ReadonlyMap<string, { title: string; node: Moddle }> {
  const found = new Map<string, { title: string; node: Moddle }>();
  for (const element of everyElement(canvas.process()))
    if (element.id !== undefined) found.set(element.id, { title: titleOf(element), node: element as Moddle });
  return found;
}

function marksOf(findings: readonly Found[]): ReadonlyMap<string, 'error' | 'warning'> {
  const marks = new Map<string, 'error' | 'warning'>();
  for (const { element, severity } of findings) if (marks.get(element) !== 'error') marks.set(element, severity);
  return marks;
}
