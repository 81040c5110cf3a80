/** The time, always an argument: this file is the only place that asks the machine for it. */
export interface Clock {
  now(): Date;
}

/** A clock for tests and for the demonstration city: it stands still until it is told otherwise. */
export interface SettableClock extends Clock {
  set(at: string | Date): void;
  /** Lets time pass; milliseconds, may be negative. */
  pass(ms: number): void;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that shows `at` until it is set again or time is passed. */
export function settableClock(at: string | Date): SettableClock {
  let current = instant(at);
  return {
    now: () => new Date(current),
    set: (next) => {
      current = instant(next);
    },
    pass: (ms) => {
      current += ms;
    },
  };
}

function instant(at: string | Date): number {
  const ms = new Date(at).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${String(at)}`);
  return ms;
}
