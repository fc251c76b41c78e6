/** Owns forms that may only be read: folded with their one-line summary, drawn when they are opened. */
import type { Answer } from '@ganwei/core/contract';
import { labelText } from '@ganwei/form/messages';
import { useState } from 'react';
import { SOURCES } from '../api/sources.ts';
import { compiled } from '../binding/compiled.ts';
import { FormView } from '../binding/form-view.tsx';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';

type Shown = Answer<'case'>['forms'][number];

const NOTHING = {};

/** At a step the process says which are open; on the page of a case only the first is (`firstOpen`). */
export function ShownForms({ forms, firstOpen = false }: { forms: readonly Shown[]; firstOpen?: boolean }) {
  return forms.map((form, index) => <Folded key={form.as} form={form} open={firstOpen ? index === 0 : form.open} />);
}

function Folded({ form, open }: { form: Shown; open: boolean }) {
  const { language, say } = useSpeech();
  const summary = form.list ? say('form.several', { n: form.list.length }) : form.summary;
  const [drawn, setDrawn] = useState(open);
  const definition = compiled(form.definition);
  return (
    <details className="card fold-card" open={open} onToggle={(event) => event.currentTarget.open && setDrawn(true)}>
      <summary>
        <h2>{labelText(definition.title, language)}</h2>
        {summary && <span className="dim">{summary}</span>}
      </summary>
      {drawn && (form.list ? <Several form={form} /> : <ReadOnly form={form} values={form.values} />)}
    </details>
  );
}

/** A form filled by several people: one after the other, with who and when. */
function Several({ form }: { form: Shown }) {
  const { language } = useSpeech();
  return form.list?.map(({ by, at, values }) => (
    <section key={`${by}${at}`} className="one-of-several">
      <h3>
        {by} <span className="dim">{momentText(at, language)}</span>
      </h3>
      <ReadOnly form={form} values={values} />
    </section>
  ));
}

function ReadOnly({ form, values }: { form: Shown; values: Shown['values'] }) {
  const { language } = useSpeech();
  return (
    <FormView
      key={language}
      form={compiled(form.definition)}
      values={values}
      access={form.access}
      scope={NOTHING}
      sources={SOURCES}
      language={language}
    />
  );
}
