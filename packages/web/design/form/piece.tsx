/**
 * Owns the drawing of one node of the form with the controls that staff use. Each node of the first level is a small form of its own: an edit draws
 * only its piece anew, and a piece that cannot be drawn takes nothing else with it. Rules: [FDS4] [FDS10].
 */

import type { GeneralField } from '@formily/core';
import { createSchemaField, FormProvider, useField } from '@formily/react';
import { describe, isComponent } from '@ganwei/form/components';
import { compileForm } from '@ganwei/form/dialect';
import type { CompiledForm, FieldAccess, FieldSchema, Language, Values } from '@ganwei/form/model';
import type { Raw } from '@ganwei/form/node';
import type { Address } from '@ganwei/form/places';
import {
  Component,
  type ComponentType,
  type ErrorInfo,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { type Loaded, load, open } from '../../binding/form-view.tsx';
import { PageContext } from '../../binding/page.ts';
import type { FormSources } from '../../binding/sources.ts';
import { type Fillers, pieceOf, UNSHOWN } from './drawable.ts';
import type { Marks } from './marks.ts';

export interface PieceProps {
  name: string;
  node: Raw;
  language: Language;
  sources: FormSources;
  fillers: Fillers;
  marks: Marks;
  /** address of a node that is to be seen, with a dot behind: the pane around it opens */
  revealed: Address;
}

export const Piece = memo((props: PieceProps) => (
  <Guard {...props}>
    <Drawn {...props} />
  </Guard>
));

/** A piece that fails while it is drawn says so in its place; the next edit tries again. */
class Guard extends Component<PieceProps & { children: ReactNode }, { failed: Raw | undefined }> {
  override state = { failed: undefined as Raw | undefined };

  override componentDidCatch(_: Error, __: ErrorInfo): void {
    this.setState({ failed: this.props.node });
  }

  static getDerivedStateFromError(): null {
    return null;
  }

  override render(): ReactNode {
    const { failed } = this.state;
    const { name, node, fillers, children } = this.props;
    return failed === node ? <Undrawn name={name} reason="" fillers={fillers} /> : children;
  }
}

function Undrawn({ name, reason, fillers }: { name: string; reason: string; fillers: Fillers }) {
  return (
    <div className="fd-slot" data-at={name}>
      <p className="gw-note gw-note-warning gw-span-all">{fillers.undrawn(name, reason)}</p>
    </div>
  );
}

const ACCESS: readonly FieldAccess[] = [{ path: UNSHOWN, mode: 'hidden' }];
const SCOPE: Values = {};

function Drawn({ name, node, language, sources, fillers, marks, revealed }: PieceProps) {
  const prefix = `d${useId().replace(/\W/g, '')}-`;
  const form = useMemo(() => compiledOr(name, node, fillers), [name, node, fillers]);
  const [ready, setReady] = useState<{ loaded: Loaded; failed?: undefined } | { failed: string; loaded?: undefined }>();
  useEffect(() => {
    if (typeof form === 'string') return;
    let here = true;
    load(form, sources).then(
      (loaded) => here && setReady({ loaded }),
      (error: Error) => here && setReady({ failed: error.message }),
    );
    return () => {
      here = false;
    };
  }, [form, sources]);
  const opened = useMemo(() => {
    const loaded = ready?.loaded;
    if (!loaded) return undefined;
    const props = { form: loaded.form, values: valuesOf(loaded.form), access: ACCESS, scope: SCOPE, sources, language };
    const made = open({ ...props, loaded }, prefix);
    return { ...made, SchemaField: createSchemaField({ components: slotted(loaded.components, marks) }) };
  }, [ready, sources, language, prefix, marks]);
  useEffect(() => {
    if (!opened || !revealed.startsWith(`${name}/`)) return;
    opened.page.state.reveal = `${revealed.replaceAll('/', '.')}.`;
  }, [opened, revealed, name]);
  if (typeof form === 'string') return <Undrawn name={name} reason={form} fillers={fillers} />;
  if (ready?.failed !== undefined) return <Undrawn name={name} reason={ready.failed} fillers={fillers} />;
  if (!opened) return <div className="gw-bones" aria-hidden />;
  return (
    <PageContext.Provider value={opened.page}>
      <FormProvider form={opened.formily}>
        <opened.SchemaField schema={opened.schema} />
      </FormProvider>
    </PageContext.Provider>
  );
}

/** The form, or why it is none. */
function compiledOr(name: string, node: Raw, fillers: Fillers): CompiledForm | string {
  try {
    return compileForm(pieceOf(name, node, fillers), { checked: true });
  } catch (error) {
    return (error as Error).message;
  }
}

/** One empty row in each table, so that its columns are seen. */
function valuesOf(form: CompiledForm): Values {
  const rows = (properties: Readonly<Record<string, FieldSchema>>): Values => {
    const found: Values = {};
    for (const [key, node] of Object.entries(properties)) {
      if (node.items) found[key] = [{}];
      else if (node.type === 'object' && node.properties) found[key] = rows(node.properties);
      else if (node.type === 'void' && node.properties) Object.assign(found, rows(node.properties));
    }
    return found;
  };
  return rows(form.definition.schema.properties);
}

type Components = Loaded['components'];

/** The frame of fields, and all layout, in slots that say which node they are. */
function slotted(components: Components, marks: Marks): Components {
  const wrapped = Object.entries(components).map(([name, Control]) => {
    const layout = isComponent(name) && describe(name).kind === 'layout';
    return [name, layout || name === 'FormItem' ? inSlot(Control as ComponentType<Props>, marks) : Control] as const;
  });
  return Object.fromEntries(wrapped);
}

interface Props {
  children?: ReactNode;
}

function inSlot(Control: ComponentType<Props>, marks: Marks): ComponentType<Props> {
  return (props) => {
    const field: GeneralField = useField();
    const at = field.address.segments.filter((key) => !/^\d+$/.test(String(key))).join('/');
    const mark = useSyncExternalStore(marks.subscribe, () => marks.of(at));
    return (
      <div className="fd-slot" data-at={at} data-mark={mark || undefined}>
        <Control {...props} />
      </div>
    );
  };
}
