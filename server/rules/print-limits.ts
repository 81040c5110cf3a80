import type { Limit, LimitUnit } from '../kernel/calendar.ts';
import type { RuleTree } from './analyse.ts';
import { span, type TermPrinter } from './print-terms.ts';
import { costly, quoted } from './sql-text.ts';
import { unitsOf } from './tree.ts';

/** A due time as SQL, and how far it may still move in an unpublished year. */
export interface Due {
  due: string;
  /** Equal to `due` where a calendar has no say. */
  latest: string;
  /** LATERAL items that both refer to. */
  laterals: string[];
}

type Within = Extract<RuleTree['bound'], { kind: 'within' }>;

/** The due time of a limit: extensions first, then pauses, then rolling (rule-language.md §0.9). */
export function printDue(printer: TermPrinter, bound: Within, opened: string): Due {
  const { mode } = printer.frame;
  const at = (pauses: string | null, more: string): string =>
    printer.limit(bound.limit, (unit, n) => dueOf(opened, unit, `${n}${more}`, pauses, bound.rolls, mode));
  const dated = [...unitsOf(bound.limit)].some(
    (unit) => unit === 'wd' || (bound.rolls && (unit === 'd' || unit === 'mo')),
  );
  if (!dated && !bound.pauses && !bound.extends) {
    const due = at(null, '');
    return costly(due)
      ? { due: 'd.due', latest: 'd.due', laterals: [`(SELECT ${due} AS due OFFSET 0) d`] }
      : { due, latest: due, laterals: [] };
  }

  // each level computes once what the next needs more than once
  const pauses = bound.pauses ? 'y.pauses' : null;
  const levels = [
    `(SELECT ${bound.pauses ? printer.pauses(bound.pauses) : 'NULL::tstzmultirange'} AS pauses, ${bound.extends ? printer.approvals(bound.extends) : 'NULL::timestamptz[]'} AS approved OFFSET 0) w`,
  ];
  const extends_ = bound.extends;
  const counted = extends_
    ? count(extends_.times, (k) => at(bound.pauses ? 'w.pauses' : null, times(k, by(printer, extends_.by))))
    : '0';
  levels.push(`(SELECT w.pauses, ${counted} AS k FROM ${levels[0]} OFFSET 0) y`);
  const more = extends_ ? times('y.k', by(printer, extends_.by)) : '';
  levels.push(`(SELECT ${at(pauses, more)} AS due, y.pauses, y.k FROM ${levels[1]} OFFSET 0) y`);
  if (!dated) return { due: 'd.due', latest: 'd.due', laterals: [`(SELECT y.due FROM ${levels[2]} OFFSET 0) d`] };
  const latest = printer.limit(
    bound.limit,
    (unit, n) => `due_latest(${opened}, ${n}${more}, ${quoted(unit)}, ${pauses ?? 'NULL'}, ${bound.rolls})`,
  );
  const published = `${opened} > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span)`;
  return {
    due: 'd.due',
    latest: 'd.latest',
    laterals: [
      `(SELECT y.due, CASE WHEN ${published} THEN y.due ELSE ${latest} END AS latest FROM ${levels[2]} OFFSET 0) d`,
    ],
  };
}

const by = (printer: TermPrinter, limit: NonNullable<Within['extends']>['by']): string =>
  printer.limit(limit, (_unit, n) => n);
const times = (k: string, n: string): string => (k === '0' ? '' : ` + ${k} * ${n}`);

/** How many extensions count: each must be approved by the due time that the ones before it reached. */
function count(most: number, due: (k: string) => string): string {
  const from = (k: number): string =>
    k === most ? String(k) : `CASE WHEN w.approved[${k + 1}] <= ${due(String(k))} THEN ${from(k + 1)} ELSE ${k} END`;
  return from(0);
}

function dueOf(
  opened: string,
  unit: LimitUnit,
  n: string,
  pauses: string | null,
  rolls: boolean,
  mode: 'few' | 'many',
): string {
  const plain = unpaused(opened, unit, n, rolls, mode);
  return pauses
    ? `CASE WHEN ${pauses} IS NULL THEN ${plain} ELSE due_paused(${opened}, ${n}, ${quoted(unit)}, ${pauses}, ${rolls}) END`
    : plain;
}

function unpaused(opened: string, unit: LimitUnit, n: string, rolls: boolean, mode: 'few' | 'many'): string {
  const day = `local_day(${opened})`;
  switch (unit) {
    case 'm':
    case 'h':
      return `(${opened} + ${/^\w+$/.test(n) ? span(unit, n) : span(unit, `(${n})`)})`;
    case 'd':
      return `end_of(${rolled(`(${day} + ${n})`, rolls, mode)})`;
    case 'mo':
      return `end_of(${rolled(`add_months(${day}, ${n})`, rolls, mode)})`;
    case 'wd':
      if (mode === 'few') return `end_of(add_working_days(${day}, ${n}))`;
      return `end_of(coalesce((SELECT array_agg(c.day ORDER BY c.ordinal) FROM calendar_day c WHERE c.working)[(SELECT array_agg(c.ordinal ORDER BY c.day) FROM calendar_day c)[${index(day)}] + ${n}], add_working_days(${day}, ${n})))`;
  }
}

/** Over a whole table the calendar is an array, made once; for a few rows it is asked by index. */
function rolled(day: string, rolls: boolean, mode: 'few' | 'many'): string {
  if (!rolls) return day;
  if (mode === 'few') return `roll_forward(${day})`;
  return `coalesce((SELECT array_agg(c.next_working ORDER BY c.day) FROM calendar_day c)[${index(day)}], roll_forward(${day}))`;
}

const index = (day: string): string => `${day} - (SELECT first_day FROM calendar_span) + 1`;

/** When to warn: minutes and hours before the due time, days of 24 hours, months and working days as `before`. */
export function printWarn(due: string, warn: Limit): string {
  const n = String(warn.n);
  if (warn.unit === 'd') return `(${due} - interval '${warn.n * 24} hours')`;
  if (warn.unit === 'm' || warn.unit === 'h') return `(${due} - ${span(warn.unit, n)})`;
  const day = `local_day(${due})`;
  if (warn.unit === 'mo') return `end_of(add_months(${day}, -${n}))`;
  return `end_of(nth_working_day(working_ordinal(${day}) - ${n} + CASE WHEN roll_forward(${day}) = ${day} THEN 0 ELSE 1 END))`;
}
