/**
 * Owns reading a BPMN timer: a date, a duration or a cycle, written as FEEL or as plain ISO 8601, becomes one FEEL text
 * that says when it is due and the number of further times. Never computes a due time itself.
 */
import { bare, type Element, elementOf, textOf } from './tree.ts';

const DURATION = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const CYCLE = /^R(\d*)\/([\s\S]+)$/;

export interface Timer {
  /** FEEL */
  at: string;
  /** further times after the first; -1: for ever */
  repeat: number;
}

/** The timer of an event definition; undefined if it is none, `{ wrong }` if it cannot be read. */
export function timerOf(definition: Element | undefined): Timer | { wrong: string } | undefined {
  if (definition?.$type !== 'bpmn:TimerEventDefinition') return undefined;
  const given = (['timeDate', 'timeDuration', 'timeCycle'] as const).flatMap((kind) => {
    const body = textOf(elementOf(definition, kind), 'body');
    return body === undefined ? [] : [{ kind, body }];
  });
  const [first, ...more] = given;
  if (!first) return { wrong: '定时事件没有写明时间' };
  if (more.length > 0) return { wrong: '定时事件只能写日期、时长、周期中的一种' };
  if (first.kind !== 'timeCycle') return { at: feelTime(first.body), repeat: 0 };
  const cycle = CYCLE.exec(bare(first.body));
  if (!cycle || cycle[1] === '0') return { wrong: `周期「${first.body}」须写成 R次数/时长，如 R3/P1D 或 R/P1M` };
  return { at: feelTime(cycle[2] as string), repeat: cycle[1] === '' ? -1 : Number(cycle[1]) - 1 };
}

function feelTime(body: string): string {
  const text = body.trim();
  if (DURATION.test(text)) return `duration("${text}")`;
  if (DATE.test(text)) return `date("${text}")`;
  if (MOMENT.test(text)) return `date and time("${text}")`;
  return bare(text);
}

const LITERAL =
  /^duration\(\s*"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"\s*\)$/;
const SECONDS = [365 * 86400, 30 * 86400, 7 * 86400, 86400, 3600, 60, 1];

/** Is the timer a literal duration below one minute? Of one that is worked out only running cases can tell. */
export function isTooShort({ at }: Timer): boolean {
  const [, sign, ...parts] = LITERAL.exec(at) ?? [];
  if (sign === undefined) return false;
  const seconds = parts.reduce((sum, part, unit) => sum + Number(part ?? 0) * (SECONDS[unit] as number), 0);
  return sign === '-' || seconds < 60;
}
