/**
 * Owns the tools around the drawing: palette, what stands beside an element, the menu of replacements. They offer what drawable.ts says, with the words
 * of dictionary.ts. The parts of bpmn-js are found by their names there (`$inject`). Rules: [DES10] [DES11].
 */

import type { Translate } from './dictionary.ts';
import { isDrawable, PAD, PALETTE, REPLACEMENTS, type Target } from './drawable.ts';
import type { Moddle } from './moddle.ts';

/** A shape or line of the drawing, as far as it is looked at here. */
export interface Drawn {
  readonly id: string;
  readonly type: string;
  readonly businessObject: Moddle;
}

type Act = (event: unknown, element: Drawn) => unknown;
interface Entry {
  readonly group: string;
  readonly className?: string;
  readonly title?: string;
  readonly separator?: true;
  readonly action?: Readonly<Record<string, Act>>;
}
type Entries = Record<string, Entry>;

interface Tool {
  activateHand(event: unknown): void;
  activateSelection(event: unknown): void;
  start(event: unknown): void;
}
interface Create {
  start(event: unknown, shape: unknown, context?: { source: Drawn }): void;
}
interface ElementFactory {
  createShape(attributes: Target): unknown;
  createParticipantShape(): unknown;
}

class Palette {
  static readonly $inject = [
    'palette',
    'create',
    'elementFactory',
    'handTool',
    'lassoTool',
    'spaceTool',
    'globalConnect',
    'translate',
  ];
  readonly #tools: Readonly<Record<string, [icon: string, title: string, start: (event: unknown) => void]>>;
  readonly #create: Create;
  readonly #factory: ElementFactory;
  readonly #translate: Translate;

  constructor(
    palette: { registerProvider(provider: unknown): void },
    create: Create,
    factory: ElementFactory,
    hand: Tool,
    lasso: Tool,
    space: Tool,
    connect: Tool,
    translate: Translate,
  ) {
    this.#create = create;
    this.#factory = factory;
    this.#translate = translate;
    this.#tools = {
      'hand-tool': ['hand-tool', 'Activate hand tool', (event) => hand.activateHand(event)],
      'lasso-tool': ['lasso-tool', 'Activate lasso tool', (event) => lasso.activateSelection(event)],
      'space-tool': ['space-tool', 'Activate create/remove space tool', (event) => space.activateSelection(event)],
      'global-connect-tool': ['connection-multi', 'Activate global connect tool', (event) => connect.start(event)],
    };
    palette.registerProvider(this);
  }

  getPaletteEntries(): Entries {
    const entries: Entries = {};
    for (const [name, [icon, title, click]] of Object.entries(this.#tools))
      entries[name] = this.#entry('tools', icon, title, { click });
    entries['tool-separator'] = { group: 'tools', separator: true };
    const creates = (make: () => unknown) => {
      const start = (event: unknown) => this.#create.start(event, make());
      return { click: start, dragstart: start };
    };
    for (const { group, icon, title, ...target } of PALETTE)
      entries[`create.${icon}`] = this.#entry(
        group,
        icon,
        title,
        creates(() => this.#factory.createShape(target)),
      );
    const note = { type: 'bpmn:TextAnnotation' };
    entries['create.annotation'] = this.#entry(
      'artifact',
      'text-annotation',
      'Create text annotation',
      creates(() => this.#factory.createShape(note)),
    );
    entries['create.participant'] = this.#entry(
      'artifact',
      'participant',
      'Create pool/participant',
      creates(() => this.#factory.createParticipantShape()),
    );
    return entries;
  }

  #entry(group: string, icon: string, title: string, action: Entry['action']): Entry {
    return { group, className: `bpmn-icon-${icon}`, title: this.#translate(title), ...(action && { action }) };
  }
}

/** Lower than bpmn-js's own providers: it sees their entries and takes away. */
const AFTER = 400;

const APPENDED: readonly (readonly [type: string, icon: string, title: string])[] = [
  ['bpmn:UserTask', 'user-task', 'Append user task'],
  ['bpmn:ServiceTask', 'service-task', 'Append service task'],
];

class Pad {
  static readonly $inject = ['contextPad', 'popupMenu', 'create', 'elementFactory', 'autoPlace', 'translate'];
  readonly #create: Create;
  readonly #factory: ElementFactory;
  readonly #place: { append(source: Drawn, shape: unknown): void };
  readonly #translate: Translate;

  constructor(
    pad: { registerProvider(priority: number, provider: unknown): void },
    menu: { registerProvider(id: string, priority: number, provider: unknown): void },
    create: Create,
    factory: ElementFactory,
    place: { append(source: Drawn, shape: unknown): void },
    translate: Translate,
  ) {
    this.#create = create;
    this.#factory = factory;
    this.#place = place;
    this.#translate = translate;
    pad.registerProvider(AFTER, this);
    menu.registerProvider('bpmn-replace', AFTER, REPLACING);
  }

  getContextPadEntries() {
    return (entries: Entries): Entries => {
      const kept: Entries = {};
      for (const [name, entry] of Object.entries(entries)) {
        if (name === 'append.append-task') Object.assign(kept, this.#appending());
        else if (PAD.has(name)) kept[name] = entry;
      }
      return kept;
    };
  }

  #appending(): Entries {
    const entries = APPENDED.map(([type, icon, title]): [string, Entry] => {
      const make = () => this.#factory.createShape({ type });
      const action: Entry['action'] = {
        click: (_, source) => this.#place.append(source, make()),
        dragstart: (event, source) => this.#create.start(event, make(), { source }),
      };
      return [
        `append.${icon}`,
        { group: 'model', className: `bpmn-icon-${icon}`, title: this.#translate(title), action },
      ];
    });
    return Object.fromEntries(entries);
  }
}

/** Marks that a shape's menu may toggle: a boundary event need not interrupt, unless it catches an error. */
const REPLACING = {
  getPopupMenuEntries: () => (entries: Entries) =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => REPLACEMENTS.has(name))),
  getPopupMenuHeaderEntries:
    ({ businessObject }: Drawn) =>
    (entries: Entries) => {
      const { $type: type, eventDefinitions } = businessObject as unknown as {
        $type: string;
        eventDefinitions?: readonly { $type: string }[];
      };
      const event = eventDefinitions?.[0]?.$type;
      const mayToggle =
        type === 'bpmn:BoundaryEvent' &&
        isDrawable({ type, cancelActivity: false, ...(event && { eventDefinitionType: event }) });
      const toggle = entries['toggle-non-interrupting'];
      return mayToggle && toggle ? { 'toggle-non-interrupting': toggle } : {};
    },
};

/** For the list of modules of bpmn-js. */
export const TOOLS = {
  __init__: ['paletteProvider', 'flowPad'],
  paletteProvider: ['type', Palette],
  flowPad: ['type', Pad],
};
