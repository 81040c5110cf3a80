import type { Calendar, Limit, LimitUnit } from '../kernel/calendar.ts';
import type { Text } from '../subjects/define.ts';
import type { Explanation } from './explanation.ts';
import type { Shape } from './shape.ts';

/** Codes as stored in `obligation.verdict`. */
export const verdicts = { pending: 1, met: 2, late: 3, overdue: 4, excused: 5, unknown: 6 } as const;
export type VerdictName = keyof typeof verdicts;
export type Verdict = (typeof verdicts)[VerdictName];

/** Codes as stored in `obligation.severity`: 瑕疵, 一般, 严重. */
export const severities = { flaw: 1, ordinary: 2, serious: 3 } as const;
export type SeverityName = keyof typeof severities;
export type Severity = (typeof severities)[SeverityName];

/** One source of law. `status`: confirmed, partly, unconfirmed, local (legal/catalogue: ✔ ◐ ✖ LOCAL). */
export interface Basis {
  document: string;
  /** 文号: 公通字〔2015〕32号. */
  number?: string;
  article?: string;
  quote?: string;
  status: string;
}

export type ParamKind = 'limit' | 'int' | 'ratio' | 'money';

/** A parameter as the file declares it. The catalogue stores `values` as rows of `rule_param` without a unit. */
export interface ParamDeclaration {
  name: string;
  kind: ParamKind;
  /** Of a limit: static, an override may change the number alone. '' for the other kinds. */
  unit: LimitUnit | '';
  /** `key` is '' for a parameter without keys. */
  values: { key: string; amount: number }[];
}

/** An example of the file as written: facts by name, instants as text in the bureau's zone. */
export interface Example {
  it: string;
  given: Record<string, unknown>;
  /** When it is judged, as text; far in the future unless told. */
  now?: string;
  /** Feeds that did not deliver, each with the interval: { dispatch: ['2026-01-05 07:00', '2026-01-05 09:00'] }. */
  down?: Record<string, [from: string, to: string]>;
  /** 'met' | 'late' | … | 'nothing', or { late: '9m' }, or a list with one for each occurrence. */
  gives: unknown;
}

/**
 * A row as rules see it in memory: facts by name beside its `id`. Instants are Dates, dates 'YYYY-MM-DD', choices their
 * codes, people and units rows of their own, to-one facts the row they point to, parts and relations lists of rows.
 * null, undefined and an absent key are the same: missing.
 */
export interface FactRow {
  readonly id: string | number;
  readonly [fact: string]: unknown;
}

/** A subject with its parts, and with the related rows that rules read of it. Its `id` is its uuid. */
export interface SubjectFacts extends FactRow {
  readonly id: string;
}

/** A row of `rule_param`. */
export interface ParamRow {
  rule: string;
  name: string;
  key: string;
  unitId: number | null;
  /** 'YYYY-MM-DD' or '-infinity', in force from this local date … */
  fromOn: string;
  /** … to the day before this one. */
  toOn: string | null;
  amount: number;
}

/** A row of `feed_interval`; `to` null: it still delivers. */
export interface FeedInterval {
  feed: string;
  unitId: number | null;
  from: Date;
  to: Date | null;
}

/** A row of `excuse` of the rule in question. It counts while `until` is null or later than now. */
export interface Excuse {
  rule: string;
  subjectId: string;
  occurrence: string;
  until: Date | null;
}

/** What judging in memory needs beside the facts. */
export interface JudgeContext {
  now: Date;
  calendar: Calendar;
  /** IANA name; the bureau's unless told. */
  zone?: string;
  params: readonly ParamRow[];
  feeds: readonly FeedInterval[];
  excuses?: readonly Excuse[];
  /** The unit's ancestors with itself, the root first; [] for an unknown unit. */
  path(unitId: number): readonly number[];
  /** Its short name, for explanations. */
  unitName?(unitId: number): string | null;
}

/** One duty as judged; the same columns as `CompiledRule.sql` returns. */
export interface JudgedObligation {
  subjectId: string;
  /** Id of the part (or related row); `noOccurrence` where there is one duty per subject. */
  occurrence: string;
  unitId: number | null;
  personId: number | null;
  openedAt: Date;
  /** null: no limit is known (verdict unknown), or the clock stands still in an open pause (pending). */
  dueAt: Date | null;
  warnAt: Date | null;
  metAt: Date | null;
  verdict: Verdict;
  severity: Severity;
}

/** A rule of the catalogue, typed, checked and printed. */
export interface CompiledRule {
  code: string;
  version: number;
  /** Name of the subject type. */
  subject: string;
  /** The list that has one duty per row ('dispatches'), or null. */
  part: string | null;
  title: Text;
  status: 'enacted' | 'trial';
  severity: Severity;
  needs: string[];
  absorbs: string[];
  basis: Basis[];
  says: Text;
  note?: string;
  params: ParamDeclaration[];
  examples: Example[];
  /** Local dates; `to` is the first day on which it is no longer in force. */
  inForce: { from: string; to?: string };
  warn?: Limit;
  /** Every table.fact, link and person or unit column that it reads: 'alarm.priority', 'alarm_dispatch.sentAt', 'link.1', 'person.kind'. Sorted. */
  reads: string[];
  /** Ways back from a changed subject of another type to the subjects that are judged by what lies beyond it. */
  reaches: { type: string; sql: string }[];
  /** What is followed from a subject when it is judged in memory. */
  shape: Shape;
  /** Accepted, though worth a second look: a missing fact takes the second branch. */
  warnings: string[];
  /**
   * SELECT subject_id uuid, occurrence uuid, unit_id int, person_id int, opened_at, due_at, warn_at, met_at,
   * verdict smallint, severity smallint. $1 uuid[] of subject ids, $2 timestamptz now.
   */
  sql: string;
  /** The same over every subject: $1 timestamptz now is the only parameter. Uses the calendar as arrays. */
  sqlAll: string;
  /** As `sqlAll`, only what is late or overdue, filtered before anything else is computed. */
  brokenSql: string;
  /** One row: obligations, pending, met, late, overdue, excused, unknown (bigint). $1 timestamptz now. */
  countSql: string;
  /** The same in memory, in the order of the occurrences. */
  judge(subject: SubjectFacts, context: JudgeContext): JudgedObligation[];
  /** Why the duty of one occurrence (`noOccurrence`: of the subject) is judged as it is, or why there is none. */
  explain(subject: SubjectFacts, occurrence: string, context: JudgeContext): Explanation;
  /** `says` filled in for one duty of this subject. */
  sentence(subject: SubjectFacts, duty: JudgedObligation, context: JudgeContext): Text;
}
