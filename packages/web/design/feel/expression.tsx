/**
 * Owns the field of an expression: names and functions are completed, slips of the pen are said while one types, what the check has found stands below.
 * Rules: [DES23] [DES24].
 */
import { Input } from 'antd';
import { type KeyboardEvent, type SyntheticEvent, useId, useMemo, useRef, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Name } from '../check/told.ts';
import { type Offer, offersFor, taken, wordBefore } from './completion.ts';
import { slipIn } from './reading.ts';
import { useDraft } from './use-draft.ts';

export interface ExpressionProps {
  id?: string;
  value: string;
  set(text: string): void;
  /** signatures of functions */
  functions: readonly string[];
  names(): Promise<readonly Name[]>;
  /** a text with `{= … }`: only what is inside is an expression */
  template?: boolean;
  disabled?: boolean;
  label?: string;
  placeholder?: string;
}

export function Expression(props: ExpressionProps) {
  const { id, value, set, functions, names, template, disabled, label, placeholder } = props;
  const { say } = useSpeech();
  const { draft, type, commit, onKeyDown } = useDraft(value, set);
  const [known, setKnown] = useState<readonly Name[]>([]);
  const [caret, setCaret] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const list = useId();
  const slip =
    template || functions.length === 0 || draft.trim() === '' ? '' : slipIn(draft.replace(/^\s*=\s*/, ''), functions);
  const word = caret === undefined ? '' : wordBefore(draft, caret);
  const offers = useMemo(() => (word === '' ? [] : offersFor(word, known, functions)), [word, known, functions]);
  const take = (offer: Offer) => {
    const next = taken(draft, caret ?? draft.length, word, offer);
    type(next.text);
    setCaret(undefined);
    requestAnimationFrame(() => {
      const area = box.current?.querySelector('textarea');
      area?.setSelectionRange(next.caret, next.caret);
    });
  };
  const keys = (event: KeyboardEvent) => {
    const offer = offers[chosen];
    if (offers.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
      event.preventDefault();
    } else if (offer && (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) {
      take(offer);
      event.preventDefault();
    } else if (offers.length > 0 && event.key === 'Escape') {
      setCaret(undefined);
      event.preventDefault();
      event.stopPropagation();
    } else onKeyDown(event);
  };
  const place = (event: SyntheticEvent<HTMLTextAreaElement>) => event.currentTarget.selectionStart;
  return (
    <div className="expression" ref={box}>
      <Input.TextArea
        {...(id !== undefined && { id })}
        className="expression-text"
        autoSize={{ minRows: 1, maxRows: 10 }}
        size="small"
        spellCheck={false}
        value={draft}
        disabled={disabled ?? false}
        aria-label={label}
        placeholder={placeholder}
        status={slip ? 'error' : ''}
        aria-invalid={slip !== ''}
        aria-autocomplete="list"
        aria-controls={offers.length > 0 ? list : undefined}
        aria-activedescendant={offers.length > 0 ? `${list}-${chosen}` : undefined}
        onFocus={() => void names().then(setKnown)}
        onChange={(event) => {
          type(event.target.value);
          setCaret(place(event as unknown as SyntheticEvent<HTMLTextAreaElement>));
          setChosen(0);
        }}
        onKeyDown={keys}
        onBlur={() => {
          setCaret(undefined);
          commit();
        }}
      />
      {offers.length > 0 && (
        <div className="offers" id={list} role="listbox" aria-label={say('flow.offers')}>
          {offers.map((offer, index) => (
            <div
              key={offer.text}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(offer);
              }}
            >
              <span>{offer.text}</span>
              <small>{offer.note}</small>
            </div>
          ))}
        </div>
      )}
      {slip && <p className="finding finding-error">{slip}</p>}
    </div>
  );
}
