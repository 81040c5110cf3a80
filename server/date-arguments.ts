import { dayOf, localInstant } from './kernel/calendar.ts';

/** An instant of the command line: local time of the bureau, or with its offset; null for what is none, such as 31 June. */
export function instantArgument(text: string): Date | null {
  const [, day = '', offset] =
    /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (!isDay(day)) return null;
  try {
    const at = offset ? new Date(text.replace(' ', 'T')) : localInstant(text.replace('T', ' '));
    return at && !Number.isNaN(at.getTime()) ? at : null;
  } catch {
    return null;
  }
}

/** Whether a text of the command line is a day that exists, as 2026-10-31. */
export function isDay(text: string | undefined): text is string {
  try {
    return dayOf(text ?? '') !== undefined;
  } catch {
    return false;
  }
}
