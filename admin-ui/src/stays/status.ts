import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';
import type { Say, Text } from '../words/text.ts';
import { now, span } from '../words/time.ts';

const hour = 3_600_000;

const inChinese: Say = (one: string | Text) => (typeof one === 'string' ? one : one.zh);
const inEnglish: Say = (one: string | Text, en?: string) => (typeof one === 'string' ? (en ?? one) : one.en);

/** How long somebody has been here since he was brought in; which limit that meets is told by the duties beside it. */
export function sinceArrival(stay: SubjectRecord): number | null {
  if (typeof stay.arrivedAt !== 'string') return null;
  const until = typeof stay.leftAt === 'string' ? new Date(stay.leftAt) : now();
  return until.getTime() - new Date(stay.arrivedAt).getTime();
}

/** Inside with the clock running, or gone. */
export function stayStatus(stay: SubjectRecord): Status {
  const elapsed = sinceArrival(stay) ?? 0;
  const [zh, en] = [span(elapsed, inChinese), span(elapsed, inEnglish)];
  if (stay.leftAt) return status(`已离区 · 共 ${zh}`, `Left after ${en}`, 'quiet');
  const tone = elapsed < 6 * hour ? 'calm' : 'warn';
  return stay.enteredAt
    ? status(`在区 · 到案 ${zh}`, `Inside for ${en}`, tone)
    : status(`已到案未入区 · ${zh}`, `Not in the area yet, ${en}`, 'warn');
}
