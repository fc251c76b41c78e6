/**
 * Owns what arranges fields and holds no value: sections, grids, folding panels, notes. Folding is the browser's own
 * <details>, so that it works with the keyboard, in print and in page search. Tabs are in tabs.tsx.
 */
import type { GeneralField } from '@formily/core';
import { Schema } from '@formily/json-schema';
import { observer, RecursionField, useField, useFieldSchema, useForm } from '@formily/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { domId, type Page, usePage } from './page.ts';
import { say } from './texts.ts';

interface LayoutProps {
  children?: ReactNode;
  columns?: number;
  description?: string;
}

export const Section = observer(({ children, columns = 2, description }: LayoutProps) => {
  const page = usePage();
  const field = useField();
  const id = domId(page, field);
  const text = description ?? field.description;
  const Heading = field.address.segments.length > 1 ? 'h3' : 'h2';
  return (
    <section className="gw-section" id={id} aria-labelledby={field.title ? `${id}-title` : undefined}>
      {field.title && (
        <Heading className="gw-section-title" id={`${id}-title`}>
          {field.title}
        </Heading>
      )}
      {text && <p className="gw-help">{text}</p>}
      <div className={`gw-grid gw-columns-${columns}`}>{children}</div>
    </section>
  );
});

export const Grid = ({ children, columns = 2 }: LayoutProps) => (
  <div className={`gw-grid gw-columns-${columns} gw-span-all`}>{children}</div>
);

/** Stands outside its own panes, which Collapse and Tabs draw themselves. */
export const Pane = ({ children, columns = 2 }: LayoutProps) => (
  <div className={`gw-grid gw-columns-${columns}`}>{children}</div>
);

export const Collapse = observer(() => {
  const schema = useFieldSchema();
  return (
    <div className="gw-collapse">
      {Schema.getOrderProperties(schema).map(({ schema: pane, key }) => (
        <Fold key={key} name={String(key)} pane={pane} />
      ))}
    </div>
  );
});

const Fold = observer(({ name, pane }: { name: string; pane: Schema }) => {
  const page = usePage();
  const parent = useField();
  const address = `${parent.address}.${name}`;
  const own = useOwnField(address);
  const details = useRef<HTMLDetailsElement>(null);
  const revealed = page.state.reveal.startsWith(`${address}.`);
  useEffect(() => {
    if (revealed && details.current) details.current.open = true;
  }, [revealed]);
  const errors = useErrorCount(page, address);
  const hidden = own !== undefined && own.display !== 'visible';
  return (
    <details ref={details} className="gw-fold" open={pane['x-component-props']?.open !== false} hidden={hidden}>
      <summary>
        {pane.title}
        <ErrorBadge count={errors} page={page} />
      </summary>
      <RecursionField schema={pane} name={name} />
    </details>
  );
});

interface NoteProps {
  text?: string;
  tone?: 'plain' | 'info' | 'warning' | 'success';
}

export const Note = observer(({ text = '', tone = 'plain' }: NoteProps) => (
  <p className={`gw-note gw-note-${tone} gw-span-all`}>{text}</p>
));

/** How many complaints are shown below an address; for observers. */
export function useErrorCount(page: Page, address: string): number {
  const form = useForm();
  if (!page.state.attempted) return 0;
  const inside = form.queryFeedbacks({ type: 'error', address: `${address}.**` });
  return inside.filter((one) => (one.messages ?? []).length > 0).length;
}

export function useOwnField(address: string): GeneralField | undefined {
  return useForm().fields[address];
}

export function ErrorBadge({ count, page }: { count: number; page: Page }) {
  if (count === 0) return null;
  return (
    <span className="gw-badge" title={say(page.language, 'errors', { n: count })}>
      <span aria-hidden="true">{count}</span>
      <span className="gw-hidden">{say(page.language, 'errors', { n: count })}</span>
    </span>
  );
}
