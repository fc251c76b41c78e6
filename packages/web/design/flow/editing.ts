/**
 * Owns what the controls of the panel share: the drawing they write to, what is selected, what the check has found and what may be chosen. A control
 * never sees bpmn-js, so a test can give it a sheet without a screen.
 */
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import type { AttributeDescriptor, Words } from '@ganwei/process/lint/descriptors';
import type { ServiceSignature } from '@ganwei/release/service';
import { createContext, useContext, useEffect, useState } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import type { Choice, Found, Name, Offered } from '../check/told.ts';
import type { Finds } from '../feel/phrasing.ts';
import type { Change, Create, Moddle } from './moddle.ts';
import type { Drawn } from './tools.ts';

/** What is written on. */
export interface Sheet {
  readonly readOnly: boolean;
  create: Create;
  /** one step of undo */
  write(changes: readonly Change[], elements: readonly Drawn[]): void;
  update(element: Drawn, properties: Readonly<Record<string, unknown>>): void;
  find(id: string): Drawn | undefined;
  process(): Moddle;
  definitions(): Moddle;
}

/** A question who would get a step today, and its answer. */
export type AssignedToday = Answer<'assignedToday'>;
export type Asked = Omit<ParsedBody<'assignedToday'>, 'app' | 'flow'>;

/** [DES42] [DES72] What only the server knows, which has the directory. */
export interface Directory {
  people: Finds;
  units: Finds;
  /** who would get a step today */
  assigned(question: Asked): Promise<AssignedToday>;
}

/** A person with his unit, to be chosen. */
export const optionOf = ({ id, name, unit }: AssignedToday['starter']): Choice => ({
  value: id,
  label: unit ? `${name}（${unit}）` : name,
});

export interface Editing {
  readonly sheet: Sheet;
  /** at least one; several are changed together */
  readonly elements: readonly Drawn[];
  /** undefined until the first check has ended */
  readonly offered: Offered | undefined;
  readonly services: ReadonlyMap<string, ServiceSignature>;
  /** about the selected elements */
  readonly findings: readonly Found[];
  /** names that expressions of the selected element may use */
  names(): Promise<readonly Name[]>;
  /** left out where nothing can be asked: what is shown cannot be changed */
  readonly directory?: Directory | undefined;
  /** where it is shown in which places a name of the flow is used, and renamed; left out where there is no change around it */
  readonly usesOf?: ((name: string) => string) | undefined;
}

/** What each control of a setting is given. */
export interface ControlProps {
  id: string;
  /** name of the settings element, and of the attribute */
  settings: string;
  name: string;
  attribute: AttributeDescriptor;
  value: string;
  set(text: string): void;
  placeholder: string | undefined;
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('outside of a flow');
  return editing;
}

/** The one element, or the first of several. */
export const useElement = (): Drawn => useEditing().elements[0] as Drawn;

/** Names that expressions of the one element may use; none until they are known. */
export function useNames(): readonly Name[] {
  const { names } = useEditing();
  const { id } = useElement();
  const [known, setKnown] = useState<readonly Name[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for the selected element
  useEffect(() => {
    let here = true;
    void names().then((found) => here && setKnown(found));
    return () => {
      here = false;
    };
  }, [id]);
  return known;
}

/** Words of the table of settings in the language of the page. */
export function useWord(): (words: Words) => string {
  const { language } = useSpeech();
  return ({ zh, en }) => (language === 'zh-CN' ? zh : en);
}
