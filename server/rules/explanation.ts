import type { MaskKind } from '../access/masks.ts';
import type { Text } from '../subjects/define.ts';
import type { SeverityName, VerdictName } from './rule.ts';

/** Who told a value, and when: the step that wrote it. */
export interface Origin {
  /** 登记到场. */
  label: Text;
  /** Instants here and below are ISO text: an explanation is stored as it is shown. */
  occurredAt: string;
  recordedAt: string;
  by: string;
  unit: string;
  /** The step corrects an earlier one. */
  corrects: boolean;
}

/** One value that the judgement read. */
export interface ReadValue {
  /** `row.fact`: what conditions refer to. */
  key: string;
  /** 派警 1 · 到场时间. */
  label: Text;
  /** null: not recorded. */
  text: Text | null;
  /** The declaration that says how it looks and who may see it; people and units have none. */
  table: string | null;
  fact: string;
  /** The record it stands in. */
  record: { type: string; id: string } | null;
  mask: MaskKind | null;
  /** What was masked or hidden says so; the text is then what may be seen. */
  masked?: boolean;
  origin: Origin | null;
}

/** A condition in words, with what it came to and the values it read. */
export interface Condition {
  text: Text;
  /** As the rule has it. */
  source: string;
  holds: boolean;
  /** Keys of `values`. */
  reads: string[];
}

/** An instant that an expression gave. */
export interface Moment {
  text: Text;
  source: string;
  at: string | null;
  reads: string[];
}

export interface ParamRead {
  name: string;
  key: string;
  /** 24小时; null: no value is known for this key. */
  text: Text | null;
  /** Where the number comes from. */
  source: 'rule' | 'bureau' | 'unit';
  unit: string | null;
  /** 'YYYY-MM-DD'; null: always. */
  since: string | null;
  until: string | null;
}

export type StepKind =
  | 'open'
  | 'first-day'
  | 'limit'
  | 'extension'
  | 'refused'
  | 'count'
  | 'skip'
  | 'worked'
  | 'pause'
  | 'no-pause'
  | 'roll'
  | 'stands'
  | 'range'
  | 'due'
  | 'unknown';

/** One line of the calendar arithmetic. */
export interface ArithmeticStep {
  kind: StepKind;
  text: Text;
  /** Where the due time stands after it. */
  at: string | null;
  /** Days without work that were passed over: first and last, and why. */
  days?: { from: string; to: string; why: Text }[];
}

export interface FeedRead {
  code: string;
  label: Text;
  delivered: boolean;
  from: string;
  to: string;
}

export interface ExceptionRead {
  kind: 'rule' | 'approved';
  text: Text;
  holds: boolean;
  until: string | null;
  reads: string[];
}

/** Why a duty is judged as it is: complete, in words, and no longer in need of the rule. */
export interface Explanation {
  rule: { code: string; version: number; title: Text; inForce: { from: string; to?: string } };
  subjectType: string;
  subjectId: string;
  occurrence: string;
  verdict: VerdictName | 'nothing';
  severity: SeverityName | null;
  judgedAt: string;
  /** One plain sentence. */
  plain: Text;
  /** What the finding says, where it is broken. */
  sentence: Text | null;
  conditions: Condition[];
  opened: Moment;
  due: { kind: 'within' | 'due' | 'require'; dueAt: string | null; latest: string | null; steps: ArithmeticStep[] };
  /** What had to be done; with `require` one condition each. */
  met: Moment | null;
  required: Condition[];
  exceptions: ExceptionRead[];
  aggravated: Condition | null;
  feeds: FeedRead[];
  params: ParamRead[];
  values: ReadValue[];
  /** More values than are listed. */
  more: number;
}
