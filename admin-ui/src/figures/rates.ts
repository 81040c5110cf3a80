import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import { percentOf } from '../words/percent.ts';
import type { Text } from '../words/say.ts';

export { interval } from './interval.ts';

/** Verdicts of a month, a unit or a rule beside each other (server/figures/rates.ts). Rate = met ÷ (met + late + overdue). */
export interface Rate {
  month: string | null;
  unitId: number | null;
  unit?: string | null;
  rule: string | null;
  title?: Text | null;
  met: number;
  late: number;
  overdue: number;
  pending: number;
  excused: number;
  unknown: number;
  owed: number;
  rate: number | null;
}

export interface Span {
  from: string;
  to: string;
  unit: number | null;
  rule?: string | null;
}

export type By = 'month' | 'unit' | 'rule';

const queryOf = ({ from, to, unit, rule }: Span, by: By[]): string =>
  new URLSearchParams({
    from,
    to,
    by: by.join(','),
    ...(unit ? { unit: String(unit) } : {}),
    ...(rule ? { rule } : {}),
  }).toString();

export function useRates(span: Span, by: By[]) {
  return useQuery({
    queryKey: ['rates', span, by],
    queryFn: async () => {
      const answer = await api<Rate[] | { rates: Rate[] }>(`/figures/rates?${queryOf(span, by)}`);
      return Array.isArray(answer) ? answer : answer.rates;
    },
  });
}

/** Fewer duties than this are shown and not ranked (domain.md §7.2). */
export const tiny = 20;

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : percentOf(share);

/** '2026-11' of an instant or a day. */
export const monthOf = (text: string): string => text.slice(0, 7);

export function monthsBack(from: Date, count: number): string {
  const at = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() - count, 15));
  return at.toISOString().slice(0, 7);
}

/** What was owed: the three verdicts that a rate is made of. */
export const owedVerdicts = 'met,late,overdue';

/** The list behind a number. */
export function dutiesLink(
  span: Span,
  more: { verdict?: string; unit?: number | null; rule?: string | null; month?: string | null },
): string {
  const month = more.month ? monthOf(more.month) : null;
  const params = new URLSearchParams({ from: month ?? span.from, to: month ?? span.to });
  const unit = more.unit ?? span.unit;
  const rule = more.rule ?? span.rule;
  if (unit) params.set('unit', String(unit));
  if (rule) params.set('rule', rule);
  if (more.verdict) params.set('verdict', more.verdict);
  return `/figures/duties?${params.toString()}`;
}
