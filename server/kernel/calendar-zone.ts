import { IANAZone } from 'luxon';
import type { Day } from './calendar-days.ts';

/** What to do with a local time that exists twice or not at all (clock change). */
export type ClockChange = 'earlier' | 'later' | 'unknown';

/** The bureau's zone unless it says otherwise. */
export const bureauZone = 'Asia/Shanghai';

/**
 * How that zone is shown: eight hours ahead, for ever. One definition in reading and showing, else a time of the summers
 * of 1986 to 1991, when China put its clocks forward, would be shown an hour later than it was typed.
 */
export const shownZone = 'Etc/GMT-8';

const msPerDay = 86_400_000;

type Offset = (ms: number) => number;

/**
 * A fixed +8 for China, as in SQL, where only that can be inlined: its summer time of 1986 to 1991 is before any record.
 */
const offsets = new Map<string, Offset>([[bureauZone, () => 8 * 3_600_000]]);

/** Milliseconds to add to UTC. Throws RangeError for a zone that is not in the IANA database. */
function offsetIn(zone: string): Offset {
  const known = offsets.get(zone);
  if (known) return known;
  const iana = IANAZone.create(zone);
  if (!iana.isValid) throw new RangeError(`unknown time zone: ${zone}`);
  const offset = remembered((ms) => Math.round(iana.offset(ms) * 60_000));
  offsets.set(zone, offset);
  return offset;
}

const quarter = 15 * 60_000;
const mostQuarters = 50_000;

/** Asking the database of zones is slow, and an import asks four times for every instant: quarters of an hour are kept. */
function remembered(offset: Offset): Offset {
  const known = new Map<number, number | null>();
  return (ms) => {
    const index = Math.floor(ms / quarter);
    let same = known.get(index);
    if (same === undefined) {
      const first = offset(index * quarter);
      // some old changes lie within a quarter
      same = first === offset((index + 1) * quarter - 1) ? first : null;
      if (known.size >= mostQuarters) known.clear();
      known.set(index, same);
    }
    return same ?? offset(ms);
  };
}

/** The date that a clock on the wall shows at this instant. */
export function localDay(at: Date, zone: string = bureauZone): Day {
  const ms = at.getTime();
  return Math.floor((ms + offsetIn(zone)(ms)) / msPerDay);
}

/** The last instant of a local day, 23:59:59.999: the later one where that exists twice. */
export function endOf(day: Day, zone: string = bureauZone): Date {
  return new Date(instants((day + 1) * msPerDay - 1, zone).at(-1)!);
}

const shape = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?$/;

/**
 * 'YYYY-MM-DD HH:mm[:ss[.SSS]]' on a wall clock of `zone` → instant. An hour that exists twice is taken as the earlier
 * or the later one; one that does not exist is read with the offset after (earlier) or before (later) the change;
 * 'unknown' gives null for both. SQL's `AT TIME ZONE` is 'later'. Throws RangeError for what is no time.
 */
export function localInstant(text: string, zone: string = bureauZone, policy: ClockChange = 'later'): Date | null {
  const local = localMs(text);
  if (local === undefined) throw new RangeError(`not a local time: ${text}`);
  const found = instants(local, zone);
  if (found.length > 1 && policy === 'unknown') return null;
  return new Date(policy === 'earlier' ? found[0]! : found.at(-1)!);
}

function localMs(text: string): number | undefined {
  const parts = shape.exec(text);
  if (!parts) return undefined;
  const ms = Date.parse(
    `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6] ?? '00'}.${(parts[7] ?? '').padEnd(3, '0')}Z`,
  );
  // the parser takes 31 February for 3 March and 24:00 for the next day
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 13) !== `${text.slice(0, 10)}T${parts[4]}`
    ? undefined
    : ms;
}

/** The instants that show this local time, in order: one; two at a clock change, whether it exists twice or never. */
function instants(local: number, zone: string): number[] {
  const offset = offsetIn(zone);
  // no zone changes its clock twice within two days; a change lies within a day of the guess
  const [before, after] = [offset(local - msPerDay), offset(local + msPerDay)];
  const found = [local - before, local - after].filter((ms) => ms + offset(ms) === local);
  const kept = found.length > 0 ? found : [local - before, local - after];
  return [...new Set(kept)].sort((a, b) => a - b);
}
