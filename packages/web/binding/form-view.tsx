/**
 * Owns an open form on a page: loads what it needs, connects Formily with the binding, and offers the page around it what it
 * must know: values, complaints, the first wrong place, the parts of the form. Values belong to Formily from the moment the
 * form is open; to begin anew with other values give the view another React key. Styles are in binding.css.
 */
import { createForm, onFormValuesChange } from '@formily/core';
import { createSchemaField, FormProvider } from '@formily/react';
import { autorun } from '@formily/reactive';
import type { Calendar } from '@ganwei/calendar/calendar';
import type { FieldError } from '@ganwei/core/refusal';
import { permissionsOf } from '@ganwei/form/access';
import { submittable, toFormilySchema } from '@ganwei/form/formily';
import type { CompiledForm, DictionaryEntry, FieldAccess, Language, Values } from '@ganwei/form/model';
import { same } from '@ganwei/form/settle';
import { Button } from 'antd';
import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { needsCalendar } from './compiled.ts';
import { lookupsOf } from './control.tsx';
import { domId, newState, type Page, PageContext, type PageState } from './page.ts';
import { componentsFor } from './registry.ts';
import { type SectionState, sectionsOf } from './sections.ts';
import type { FormSources } from './sources.ts';
import { say } from './texts.ts';
import './binding.css';

export interface FormHandle {
  /** shows and returns every complaint; empty: the form may be submitted */
  validate(): Promise<FieldError[]>;
  /** what would be sent now */
  values(): Values;
  /** opens the pane of the first complaint on the page and puts the cursor there */
  focusFirstError(): void;
  /** opens the pane of the field at this path and puts the cursor there; '' does nothing */
  focus(path: string): void;
  /** shows the server's complaints at their fields; returns those whose field is not on the page */
  setServerErrors(errors: readonly FieldError[]): FieldError[];
  /** scrolls to a part of the form */
  reveal(address: string): void;
}

export interface FormViewProps {
  form: CompiledForm;
  /** what the server projected, or the first values */
  values: Values;
  access: readonly FieldAccess[];
  /** actor, today, now, case, other forms */
  scope: Readonly<Values>;
  sources: FormSources;
  language?: Language;
  /** after each change, at most once per frame */
  onChange?(values: Values): void;
  /** Ctrl+Enter in the form, or a submit button inside; the values have passed validation */
  onSubmit?(values: Values): void;
  onSections?(sections: readonly SectionState[]): void;
  ref?: Ref<FormHandle>;
}

export function FormView(props: FormViewProps) {
  const { form, sources, language = 'zh-CN' } = props;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let current = true;
    setFailed(false);
    load(form, sources).then(
      (ready) => current && setLoaded(ready),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [form, sources, attempt]);
  if (failed) {
    return (
      <div className="gw-failed" role="alert">
        {say(language, 'loadFailed')}
        <Button onClick={() => setAttempt(attempt + 1)}>{say(language, 'retry')}</Button>
      </div>
    );
  }
  if (!loaded || loaded.form !== form)
    return <div className="gw-bones" role="status" aria-label={say(language, 'loading')} />;
  return <OpenForm {...props} language={language} loaded={loaded} />;
}

export interface Loaded {
  form: CompiledForm;
  components: Awaited<ReturnType<typeof componentsFor>>;
  dictionaries: ReadonlyMap<string, readonly DictionaryEntry[]>;
  /** what FEEL functions need on this side */
  world: { calendar?: Calendar };
}

/** Everything a form needs before it can be drawn. */
export async function load(form: CompiledForm, sources: FormSources): Promise<Loaded> {
  const entries = form.dictionaries.map(async (key) => [key, await sources.dictionary(key)] as const);
  const calendar = needsCalendar(form) ? sources.calendar() : undefined;
  const [components, dictionaries, days] = await Promise.all([componentsFor(form), Promise.all(entries), calendar]);
  return { form, components, dictionaries: new Map(dictionaries), world: days ? { calendar: days } : {} };
}

function OpenForm(props: FormViewProps & { language: Language; loaded: Loaded }) {
  const { loaded, onSubmit, ref } = props;
  const latest = useRef(props);
  latest.current = props;
  const prefix = `f${useId().replace(/\W/g, '')}-`;
  // opened once: later props do not take away what the person has typed
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const opened = useMemo(() => open(latest.current, prefix), [loaded]);
  const { formily, page, schema, SchemaField } = opened;
  const box = useRef<HTMLFormElement>(null);

  useEffect(() => {
    let frame = 0;
    formily.addEffects('form-view', () => {
      onFormValuesChange(() => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => latest.current.onChange?.(submittable(formily)));
      });
    });
    let before: readonly SectionState[] = [];
    const stop = autorun(() => {
      const now = sectionsOf(page, formily);
      if (same(now, before)) return;
      before = now;
      queueMicrotask(() => latest.current.onSections?.(now));
    });
    return () => {
      cancelAnimationFrame(frame);
      stop();
      formily.removeEffects('form-view');
    };
  }, [formily, page]);

  const handle = useMemo(() => makeHandle(opened, () => box.current), [opened]);
  useImperativeHandle(ref, () => handle, [handle]);

  const submit = async () => {
    if (!onSubmit) return;
    if ((await handle.validate()).length > 0) handle.focusFirstError();
    else onSubmit(handle.values());
  };
  return (
    <PageContext.Provider value={page}>
      <FormProvider form={formily}>
        <form
          ref={box}
          className="gw-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            if (event.ctrlKey || event.metaKey) void submit();
            else if (event.target instanceof HTMLInputElement) event.preventDefault();
          }}
        >
          <div className="gw-grid gw-columns-2">
            <SchemaField schema={schema} />
          </div>
        </form>
      </FormProvider>
    </PageContext.Provider>
  );
}

/** What draws a form: the designer draws parts of forms with it. */
export function open(props: FormViewProps & { language: Language; loaded: Loaded }, prefix: string) {
  const { form, access, scope, values, sources, language, loaded } = props;
  const state: PageState = newState();
  const opened = structuredClone(values);
  const { dictionaries, world } = loaded;
  const options = { access, scope, opened, language, world };
  const page: Page = {
    form,
    sources,
    language,
    state,
    prefix,
    dictionaries,
    permissions: permissionsOf(form, access),
    options: { ...options, lookups: lookupsOf({ dictionaries, state }) },
  };
  return {
    page,
    formily: createForm({ values: structuredClone(values) }),
    schema: toFormilySchema(form, page.options),
    SchemaField: createSchemaField({ components: loaded.components }),
  };
}

type Opened = ReturnType<typeof open>;

function makeHandle({ formily, page }: Opened, box: () => HTMLElement | null): FormHandle {
  const validate = async () => {
    page.state.attempted = true;
    const judge = () =>
      formily.validate().then(
        () => true,
        () => false,
      );
    // A form that has only just appeared may still be building its rows: a complaint is believed when it is made twice.
    if (!(await judge())) {
      await new Promise((drawn) => setTimeout(drawn, 4 * FRAME));
      await judge();
    }
    const found = formily
      .queryFeedbacks({ type: 'error' })
      .flatMap(({ path, messages = [], code }) =>
        messages.map((message) => ({ path: String(path), code: String(code ?? 'rule'), message: String(message) })),
      );
    for (const [path, running] of Object.entries(page.state.uploads)) {
      if (running > 0) found.push({ path, code: 'uploading', message: say(page.language, 'uploading') });
    }
    return found;
  };
  const reveal = (address: string) => {
    page.state.reveal = '';
    page.state.reveal = `${address}.`;
  };
  const focus = (place: HTMLElement) => {
    const address = formily
      .query(place.dataset.path ?? '')
      .take()
      ?.address.toString();
    if (address) reveal(address);
    onceThere(shown(place), () => {
      place.scrollIntoView({ block: 'center' });
      place.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
    });
  };
  return {
    validate,
    values: () => submittable(formily),
    setServerErrors(errors) {
      page.state.server = {};
      const elsewhere: FieldError[] = [];
      for (const error of errors) {
        if (formily.query(error.path).take()?.display === 'visible') page.state.server[error.path] = error.message;
        else elsewhere.push(error);
      }
      return elsewhere;
    },
    focus(path) {
      const place = path && box()?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`);
      if (place) focus(place);
    },
    focusFirstError() {
      const drawn = () =>
        box()?.querySelector<HTMLElement>('.gw-complaint .gw-error')?.closest<HTMLElement>('[data-path]');
      // what is not drawn, e.g. on another page of a table, is brought there first
      onceThere(drawn, focus, () => {
        const [hidden] = formily.queryFeedbacks({ type: 'error' }).filter((one) => (one.messages ?? []).length > 0);
        if (hidden?.address) reveal(String(hidden.address));
        // it is known to come: a slow machine may take its time to draw a page of rows
        onceThere(drawn, focus, undefined, 300);
      });
    },
    reveal(address) {
      reveal(address);
      const target = formily.fields[address];
      if (!target) return;
      const inside = box()?.querySelector<HTMLElement>(`[data-path="${CSS.escape(target.path.toString())}"]`);
      const place = inside ?? box()?.querySelector<HTMLElement>(`#${CSS.escape(domId(page, target))}`);
      if (place) onceThere(shown(place), () => place.scrollIntoView({ block: 'start' }));
    },
  };
}

/** Milliseconds of a frame. */
const FRAME = 16;

/** Complaints and panes appear a few frames after the state they follow; what has not come by then will not come. */
function onceThere<T>(
  find: () => T | null | undefined,
  act: (found: T) => void,
  missed?: () => void,
  frames = 30,
): void {
  let left = frames;
  const beat = setInterval(() => {
    const found = find();
    left -= 1;
    if (!found && left > 0) return;
    clearInterval(beat);
    if (found) act(found);
    else missed?.();
  }, FRAME);
}

const shown = (element: HTMLElement) => () => (element.getClientRects().length > 0 ? element : null);

const FOCUSABLE = 'input:not([tabindex="-1"]), textarea, button, [role="switch"], [tabindex="0"]';
