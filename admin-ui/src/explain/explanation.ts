import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import type { Say, Text } from '../words/say.ts';

/** As server/rules/explanation.ts tells it. */
export interface ReadValue {
  key: string;
  label: Text;
  text: Text | null;
  masked?: boolean;
  record: { type: string; id: string } | null;
  origin: { label: Text; occurredAt: string; recordedAt: string; by: string; unit: string; corrects: boolean } | null;
}

export interface Condition {
  text: Text;
  source: string;
  holds: boolean;
  reads: string[];
}

export interface Moment {
  text: Text;
  source: string;
  at: string | null;
  reads: string[];
}

export interface ArithmeticStep {
  kind: string;
  text: Text;
  at: string | null;
}

export interface Explanation {
  rule: { code: string; version: number; title: Text; inForce: { from: string; to?: string } };
  subjectType: string;
  subjectId: string;
  occurrence: string;
  verdict: string;
  severity: string | null;
  judgedAt: string;
  plain: Text;
  sentence: Text | null;
  conditions: Condition[];
  opened: Moment;
  due: { kind: string; dueAt: string | null; latest: string | null; steps: ArithmeticStep[] };
  met: Moment | null;
  required: Condition[];
  exceptions: { kind: string; text: Text; holds: boolean; reads: string[] }[];
  aggravated: Condition | null;
  feeds: { code: string; label: Text; delivered: boolean; from: string; to: string }[];
  params: {
    name: string;
    key: string;
    text: Text | null;
    source: string;
    unit: string | null;
    since: string | null;
    until: string | null;
  }[];
  values: ReadValue[];
  more: number;
}

export interface DutyKey {
  rule: string;
  type: string;
  subjectId: string;
  occurrence: string;
}

export const useExplanation = ({ rule, type, subjectId, occurrence }: DutyKey) =>
  useQuery({
    queryKey: ['explanation', rule, type, subjectId, occurrence],
    queryFn: () =>
      api<Explanation>(`/duties/${encodeURIComponent(rule)}/${type}/${subjectId}/${occurrence}/explanation`),
  });

/** What was read, in words; what the reader may not see says so. */
export const wordsOf = ({ text, masked }: ReadValue, say: Say): string =>
  text ? say(text) : masked ? say('不在您的查看范围', 'not yours to see') : say('未登记', 'not recorded');
