/**
 * Owns the drawing on the screen: bpmn-js with our tools, opened with a text and saved as one. Pages see the selection, ask for changes and steps back,
 * and are told when anything moved; each change of settings is one step of undo. The bpmn.io mark stays where it is. Rules: [DES13] [DES22].
 */
import { moddleDescriptor } from '@ganwei/process/lint/descriptors';
import { elementOf, isA, listOf } from '@ganwei/process/lint/tree';
import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import minimap from 'diagram-js-minimap';
import { ArrangeHandler } from './arranging.ts';
import { COPYING } from './copying.ts';
import { translating } from './dictionary.ts';
import type { Change, Create, Moddle } from './moddle.ts';
import { type Drawn, TOOLS } from './tools.ts';
import { type Part, TreeEdits, type Modeling as TreeModeling } from './tree/edits.ts';
import { knowLines } from './tree/lines.ts';
import { ComposeHandler, WriteHandler, type Writing } from './writing.ts';

export type { Drawn } from './tools.ts';

interface Shape extends Drawn {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly labelTarget?: Shape;
  readonly parent?: Shape;
  readonly waypoints?: readonly { x: number; y: number }[];
}

/** The parts of bpmn-js that are used, by their names. */
interface Parts {
  eventBus: {
    on(events: readonly string[], listener: () => void): void;
    once(event: string, listener: (parsed: Parsed) => void): void;
    fire(event: string): void;
  };
  commandStack: {
    registerHandler(command: string, handler: unknown): void;
    execute(command: string, context: unknown): void;
    undo(): void;
    redo(): void;
    canUndo(): boolean;
    canRedo(): boolean;
  };
  canvas: {
    zoom(to?: number | 'fit-viewport', at?: 'auto'): number;
    viewbox(box?: Box): Box & { readonly inner: Box; readonly scale: number };
    getRootElement(): Drawn;
    getRootElements(): Drawn[];
    setRootElement(root: Drawn): void;
    findRoot(element: string | Drawn): Drawn | undefined;
    addMarker(element: string, marker: string): void;
    removeMarker(element: string, marker: string): void;
    focus(): void;
  };
  elementRegistry: { get(id: string): Shape | undefined; getAll(): Shape[] };
  selection: { get(): Shape[]; select(elements: unknown): void };
  modeling: {
    updateProperties(element: Drawn, properties: Readonly<Record<string, unknown>>): void;
    setColor(elements: readonly Drawn[], colours: { fill?: string; stroke?: string }): void;
  };
  bpmnFactory: { create: Create };
  editorActions: { trigger(action: string, options?: unknown): void };
  minimap: { toggle(): void; isOpen(): boolean };
}
/** What the reader of the text says when it is through; nothing where it has failed. */
interface Parsed {
  readonly warnings?: readonly { readonly message: string }[];
}

/** [DES71] The text has what the drawing does not hold: saved from the drawing it would be without it. */
export class WouldLose extends Error {
  override readonly name = 'WouldLose';
  readonly what: readonly string[];

  constructor(what: readonly string[]) {
    super(what.join(' '));
    this.what = what;
  }
}

/** Elements, attributes and references that the reader has left out. */
const unreadIn = ({ warnings = [] }: Parsed): string[] =>
  warnings.map(({ message }) => /<([^>\s]+)/.exec(message)?.[1] ?? message.split('\n', 1)[0] ?? '');

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WRITE = 'settings.write';
const ARRANGE = 'flow.arrange';
const COMPOSE = 'flow.compose';

/** Shapes that have others inside them on the same page; a phase that is closed is a page of its own. */
const isNest = ({ type, id }: Shape): boolean => type === 'bpmn:SubProcess' && !id.endsWith('_plane');

const MOVED = [
  'selection.changed',
  'elements.changed',
  'commandStack.changed',
  'import.done',
  'root.set',
  'minimap.toggle',
];
const READABLE = 0.75;
/** Pixels that the palette takes, and that are left at the other sides. */
const PALETTE = 120;
const RIM = 28;
/** … and above, for the way back out of a phase */
const TOP = 72;

export interface CanvasOptions {
  readonly container: HTMLElement;
  readonly readOnly: boolean;
  /** the language of the page now */
  speaks(): 'zh-CN' | 'en-US';
}

export class FlowCanvas {
  readonly readOnly: boolean;
  readonly #drawing: Modeler | NavigatedViewer;
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #opened = false;
  /** pages that have been fitted into the window; after that they stay as they were left */
  readonly #seen = new Set<string>();
  #marked: readonly string[] = [];

  constructor({ container, readOnly, speaks }: CanvasOptions) {
    this.readOnly = readOnly;
    const translate = { translate: ['value', translating(speaks)] };
    const options = { container, moddleExtensions: { ganwei: moddleDescriptor() } };
    this.#drawing = readOnly
      ? new NavigatedViewer({ ...options, additionalModules: [translate, minimap] })
      : new Modeler({ ...options, additionalModules: [translate, minimap, TOOLS, COPYING] });
    if (!readOnly) {
      this.#part('commandStack').registerHandler(WRITE, WriteHandler);
      this.#part('commandStack').registerHandler(ARRANGE, ArrangeHandler);
      this.#part('commandStack').registerHandler(COMPOSE, ComposeHandler);
    }
    this.#part('eventBus').on(MOVED, () => this.#moved());
    this.#part('eventBus').on(['root.set'], () => this.#seen.has(this.#root()) || this.fit());
  }

  /** Draws a text; answers with what it could not read. Throws Error where it is no BPMN. */
  async open(xml: string): Promise<readonly string[]> {
    this.#opened = false;
    const unread: string[] = [];
    this.#part('eventBus').once('import.parse.complete', (parsed) => unread.push(...unreadIn(parsed)));
    const { warnings } = await this.#drawing.importXML(xml).catch((error: Error) => {
      throw unread.length > 0 ? new WouldLose(unread) : error;
    });
    if (unread.length > 0) throw new WouldLose(unread);
    knowLines(this.#drawing.getDefinitions() as unknown as Moddle);
    this.#opened = true;
    this.fit();
    return warnings.map((warning) => (typeof warning === 'string' ? warning : String((warning as Error).message)));
  }

  /** The text of what is drawn now. */
  async save(): Promise<string> {
    const { xml } = await this.#drawing.saveXML({ format: true });
    return xml ?? '';
  }

  close(): void {
    this.#drawing.destroy();
  }

  // ---- being told ----------------------------------------------------------------------------------------------------

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** Another number when anything has moved. */
  version = (): number => this.#version;

  #moved(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Told of each change of the drawing or its settings, also when it is taken back; not of a selection, and not of the opening. */
  onEdit(listener: () => void): () => void {
    let here = true;
    this.#part('eventBus').on(['commandStack.changed'], () => here && this.#opened && listener());
    return () => {
      here = false;
    };
  }

  /** The words of the tools are said anew. */
  speakAgain(): void {
    this.#part('eventBus').fire('i18n.changed');
  }

  // ---- what is there -------------------------------------------------------------------------------------------------

  /** The selected elements, a label standing for what it names; where nothing is selected, the process (or the phase whose page is open). */
  selected(): readonly Drawn[] {
    const chosen = this.#part('selection').get();
    if (chosen.length === 0) return [this.#page()];
    return [...new Set(chosen.map((shape) => shape.labelTarget ?? shape))];
  }

  /** In a drawing of pools the process stands behind the first of them. */
  #page(): Drawn {
    const root = this.#part('canvas').getRootElement();
    const process = isA(root.businessObject, 'bpmn:Collaboration')
      ? elementOf(listOf(root.businessObject, 'participants')[0], 'processRef')
      : root.businessObject;
    return { ...root, id: root.id, type: root.type, businessObject: (process ?? root.businessObject) as Moddle };
  }

  /** The process that is drawn. */
  process(): Moddle {
    let at: Moddle = this.#page().businessObject;
    while (!isA(at, 'bpmn:Process') && at.$parent) at = at.$parent as Moddle;
    return at;
  }

  definitions(): Moddle {
    return this.process().$parent as Moddle;
  }

  /** Is the whole of the page shown small in a corner? */
  get hasMap(): boolean {
    return this.#part('minimap').isOpen();
  }

  toggleMap(): void {
    this.#part('minimap').toggle();
  }

  find(id: string): Drawn | undefined {
    return this.#part('elementRegistry').get(id);
  }

  // ---- changing ------------------------------------------------------------------------------------------------------

  create: Create = (type, values) => this.#part('bpmnFactory').create(type, values);

  /** One step of undo; `elements` are drawn anew. */
  write(changes: readonly Change[], elements: readonly Drawn[]): void {
    if (changes.length > 0) this.#part('commandStack').execute(WRITE, { changes, elements } satisfies Writing);
  }

  /** Members of BPMN itself: name, id, default. Labels and references follow. */
  update(element: Drawn, properties: Readonly<Record<string, unknown>>): void {
    this.#part('modeling').updateProperties(this.find(element.id) ?? element, properties);
  }

  /**
   * What is done in the tree, in one step of undo; what it makes is selected then. `called`: the name of new steps; `find`: a shape or line by its
   * id, which must be there.
   */
  edit(called: string, run: (edits: TreeEdits, find: (id: string) => Part) => Part | undefined): void {
    const edits = new TreeEdits(this.#part('modeling') as unknown as TreeModeling, called);
    const find = (id: string): Part => this.find(id) as unknown as Part;
    let made: Part | undefined;
    const context = {
      run: () => {
        made = run(edits, find);
      },
    };
    this.#part('commandStack').execute(COMPOSE, context);
    if (made) this.show(made.id);
  }

  paint(fill: string | undefined): void {
    const chosen = this.#part('selection').get();
    this.#part('modeling').setColor(chosen, fill === undefined ? {} : { fill });
  }

  /** Draws the page that is open anew, in one step of undo. False: it has pools or opened phases, whose insides it would tear apart. */
  async arrange(): Promise<boolean> {
    const page = this.#page().businessObject;
    const shapes = this.#part('elementRegistry').getAll();
    const nested = shapes.some(({ parent, labelTarget }) => !labelTarget && parent?.type && isNest(parent));
    if (nested || isA(this.#part('canvas').getRootElement().businessObject, 'bpmn:Collaboration')) return false;
    const { arrange } = await import('../layout/arrange.ts');
    this.#part('commandStack').execute(ARRANGE, await arrange(page));
    this.fit();
    return true;
  }

  /** undo, redo, copy, paste, selectElements, find, removeSelection … as bpmn-js calls them */
  trigger(action: string, options?: unknown): void {
    this.#part('editorActions').trigger(action, options);
  }

  canUndo = (): boolean => !this.readOnly && this.#part('commandStack').canUndo();
  canRedo = (): boolean => !this.readOnly && this.#part('commandStack').canRedo();

  // ---- looking -------------------------------------------------------------------------------------------------------

  zoom(by: number): void {
    const canvas = this.#part('canvas');
    canvas.zoom(canvas.zoom() * by, 'auto');
  }

  #root(): string {
    return this.#part('canvas').getRootElement().id;
  }

  /** All of the page that is open, beside the palette, and never larger than it is drawn. */
  fit(): void {
    const canvas = this.#part('canvas');
    if (!this.#opened) return;
    this.#seen.add(this.#root());
    canvas.zoom('fit-viewport', 'auto');
    const { inner, scale } = canvas.viewbox();
    if (inner.width === 0) return;
    const [left, top, rim] = [this.readOnly ? RIM : PALETTE, TOP, RIM].map((pixels) => pixels / scale) as [
      number,
      number,
      number,
    ];
    const { x, y, width, height } = inner;
    canvas.viewbox({ x: x - left, y: y - top, width: width + left + rim, height: height + top + rim });
    if (canvas.zoom() > 1) canvas.zoom(1);
  }

  /** Opens the page an element is drawn on, selects it, and brings it into sight at a readable size. False: it is not drawn. */
  show(id: string): boolean {
    const canvas = this.#part('canvas');
    const shape = this.#part('elementRegistry').get(id);
    const own = canvas.getRootElements().find((root) => root.businessObject.id === id);
    const root = shape ? canvas.findRoot(id) : own;
    if (!root) return false;
    if (root !== canvas.getRootElement()) canvas.setRootElement(root);
    this.#part('selection').select(shape && shape !== root ? shape : null);
    if (shape && shape !== root) this.#centre(shape);
    return true;
  }

  #centre(shape: Shape): void {
    const canvas = this.#part('canvas');
    if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
    const { width, height } = canvas.viewbox();
    const points = shape.waypoints;
    const half = points?.[Math.floor(points.length / 2)];
    const middle = half ?? { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
    canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
  }

  /** Elements with findings, each with the marker of the worst. */
  mark(marks: ReadonlyMap<string, 'error' | 'warning'>): void {
    const canvas = this.#part('canvas');
    for (const entry of this.#marked) {
      const [id = '', marker = ''] = entry.split(' ');
      if (this.find(id)) canvas.removeMarker(id, marker);
    }
    const shown = [...marks].filter(([id]) => this.find(id)).map(([id, severity]) => `${id} has-${severity}`);
    for (const entry of shown) {
      const [id = '', marker = ''] = entry.split(' ');
      canvas.addMarker(id, marker);
    }
    this.#marked = shown;
  }

  #part<K extends keyof Parts>(name: K): Parts[K] {
    return this.#drawing.get<Parts[K]>(name);
  }
}
