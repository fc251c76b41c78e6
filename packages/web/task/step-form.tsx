/**
 * Owns the form to be filled on a page: follows values and sections for the page around it, shows the way
 * through long forms. Knows nothing of tasks; the start page uses it, too.
 */
import type { Answer } from '@ganwei/core/contract';
import { labelText } from '@ganwei/form/messages';
import type { Values } from '@ganwei/form/model';
import { type Ref, useMemo, useRef, useState } from 'react';
import { SOURCES, sourcesOf } from '../api/sources.ts';
import { compiled } from '../binding/compiled.ts';
import { type FormHandle, FormView } from '../binding/form-view.tsx';
import type { SectionState } from '../binding/sections.ts';
import { useSpeech } from '../kit/language.tsx';

export type ServedForm = NonNullable<Answer<'task'>['form']>;

export interface StepFormProps {
  form: ServedForm;
  /** id of the task; absent: a start */
  task?: string;
  /** what the person had saved, over the server's values */
  draft: Values | null;
  scope: Readonly<Values>;
  /** the form stands: it can be judged and sent */
  onDrawn(): void;
  /** after a change by the person */
  onChange(values: Values): void;
  ref: Ref<FormHandle>;
}

/** Sections from which on a form gets its own navigation. */
const LONG = 3;

export function StepForm({ form, task, draft, scope, onDrawn, onChange, ref }: StepFormProps) {
  const { language } = useSpeech();
  const definition = useMemo(() => compiled(form.definition), [form.definition]);
  const values = useMemo(() => ({ ...form.values, ...draft }), [form.values, draft]);
  const sources = useMemo(() => (task ? sourcesOf(task) : SOURCES), [task]);
  const [sections, setSections] = useState<readonly SectionState[]>([]);
  const own = useRef<FormHandle>(null);
  // rules fill in values while the form opens; only what follows an act of the person is a change
  const acted = useRef(false);
  const act = () => {
    acted.current = true;
  };
  const keep = (handle: FormHandle | null) => {
    own.current = handle;
    if (typeof ref === 'function') ref(handle);
    else if (ref) ref.current = handle;
    if (handle) onDrawn();
  };
  return (
    <section
      className="card"
      onPointerDownCapture={act}
      onKeyDownCapture={act}
      // dictation, and what the browser fills in by itself
      onInputCapture={act}
      aria-labelledby="step-form"
    >
      <h2 id="step-form">{labelText(definition.title, language)}</h2>
      {sections.length >= LONG && <Sections sections={sections} reveal={(address) => own.current?.reveal(address)} />}
      <FormView
        key={language}
        ref={keep}
        form={definition}
        values={values}
        access={form.access}
        scope={scope}
        sources={sources}
        language={language}
        onChange={(now) => acted.current && onChange(now)}
        onSections={setSections}
      />
    </section>
  );
}

function Sections({ sections, reveal }: { sections: readonly SectionState[]; reveal(address: string): void }) {
  const { say } = useSpeech();
  return (
    <nav className="sections" aria-label={say('form.sections')}>
      {sections.map(({ address, title, errors, done, required }) => (
        <button key={address} type="button" onClick={() => reveal(address)}>
          {title}
          {errors > 0 && <span className="count count-error">{say('form.errors', { n: errors })}</span>}
          {errors === 0 && required > 0 && (
            <span className={done === required ? 'progress progress-done' : 'progress'}>
              {done === required ? say('form.complete') : say('form.progress', { done, required })}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
