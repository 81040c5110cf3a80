import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Colours of the stations; their words come from the vocabulary. Red stays with what is over its limit. */
const stations: Record<string, Status> = {
  screening: status('待核查', 'To be screened', 'calm'),
  issued: status('待签收', 'To be acknowledged', 'calm'),
  explaining: status('待说明', 'To be explained', 'calm'),
  judging: status('待认定', 'To be judged', 'calm'),
  rectifying: status('整改中', 'Being rectified', 'warn'),
  rechecking: status('待复查', 'To be re-checked', 'warn'),
  closed: status('已销号', 'Closed', 'good'),
  dismissed: status('不成立', 'Not confirmed', 'quiet'),
  false_alarm: status('误报', 'False alarm', 'quiet'),
  merged: status('已合并', 'Merged', 'quiet'),
  objection: status('复核中', 'Under re-review', 'other'),
  suspended: status('暂缓', 'Suspended', 'quiet'),
};

export const path = ['screening', 'issued', 'explaining', 'judging', 'rectifying', 'rechecking', 'closed'] as const;

export function findingStatus(finding: SubjectRecord): Status | undefined {
  if (finding.state === 'explaining' && finding.explained) return status('待审签', 'To be signed off', 'calm');
  return stations[String(finding.state)];
}

export const stationOf = (state: string): Status | undefined => stations[state];

/** Before the verdict it is only suspected (domain.md §1.1). */
export const isJudged = (finding: SubjectRecord): boolean =>
  finding.verdict === 'confirmed' || finding.verdict === 'partly';

/** Whether something is still owed on it. */
export const isOpen = (finding: SubjectRecord): boolean =>
  !['closed', 'dismissed', 'false_alarm', 'merged'].includes(String(finding.state));

export const levels: Record<string, Status> = {
  urge: status('催办', 'Reminder', 'warn'),
  supervise: status('督办', 'Supervision order', 'bad'),
  list: status('挂牌督办', 'Listed order', 'bad'),
};

export interface Queue {
  key: string;
  label: { zh: string; en: string };
  states: string[];
}

const queue = (key: string, zh: string, en: string, states = [key]): Queue => ({ key, label: { zh, en }, states });

/** The shelves of the loop, in the order a finding passes them. */
export const queues: Queue[] = [
  queue('screening', '待核查', 'To screen'),
  queue('issued', '待签收', 'To acknowledge'),
  queue('explaining', '待说明', 'To explain'),
  queue('judging', '待认定', 'To judge'),
  queue('rectifying', '整改中', 'Rectifying'),
  queue('rechecking', '待复查', 'To re-check'),
  queue('objection', '复核中', 'Re-review'),
  queue('closed', '已销号', 'Closed'),
  queue('aside', '不成立等', 'Set aside', ['dismissed', 'false_alarm', 'merged', 'suspended']),
  queue('all', '全部', 'All', []),
];
