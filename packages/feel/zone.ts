/**
 * Owns what a named time zone (`Europe/Paris`) means: its offset from UTC at an instant, from the tables that come with JavaScript.
 * It never reads the zone or the clock of the machine.
 */

const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      format = null;
    }
    if (formats.size < 1000) formats.set(zone, format);
  }
  return format;
}

export const isZone = (zone: string): boolean =>
  /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(zone) && formatOf(zone) !== null;

/** Minutes east of UTC at this instant (epoch milliseconds). The zone must be one. */
export function zoneOffset(zone: string, instant: number): number {
  const name =
    formatOf(zone)
      ?.formatToParts(instant)
      .find((part) => part.type === 'timeZoneName')?.value ?? '';
  const m = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  return m?.[1] ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) : 0;
}

/** The same for a wall clock (milliseconds read as if UTC); in the hour that a change of clocks repeats, the earlier one. */
export function wallOffset(zone: string, local: number): number {
  const before = zoneOffset(zone, local - 24 * 60 * MINUTE);
  const there = local - before * MINUTE;
  return zoneOffset(zone, there) === before ? before : zoneOffset(zone, local - zoneOffset(zone, there) * MINUTE);
}
