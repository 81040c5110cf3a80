import { recordPath } from '../layout/links.ts';
import type { Text } from '../words/say.ts';

/** `GET /api/today` (server/figures/today.ts). */
export interface Counter {
  key: string;
  label: Text;
  count: number;
  overdue: number;
  resource: string;
  filter: Record<string, unknown>;
}

export interface Today {
  unit: { id: number; name: string; short: string };
  at: string;
  counters: Counter[];
  selfCorrectable: {
    id: string;
    number: string;
    title: string;
    sentence: string;
    person: string | null;
    until: string;
  }[];
  toSignOff: { id: string; number: string; title: string; person: string | null; dueAt: string | null }[];
  duties: {
    rule: string;
    title: Text;
    type: string;
    plural: string;
    id: string;
    person: string | null;
    dueAt: string;
    isOverdue: boolean;
  }[];
  rate: { met: number; late: number; overdue: number; owed: number; rate: number | null } | null;
  moves: { rule: string; title: Text; overdue: number }[];
}

/** The list behind a number. */
export function linkOf(counter: Counter): string {
  const filter = `filter=${encodeURIComponent(JSON.stringify(counter.filter))}`;
  if (counter.resource === 'duties') return `/figures/duties?${filter}`;
  return `/${counter.resource}?${counter.resource === 'findings' ? 'queue=all&' : ''}${filter}`;
}

export const findingPath = (id: string): string => recordPath('findings', id);
