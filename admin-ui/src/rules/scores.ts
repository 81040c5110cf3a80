import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';

/** How a rule did: what it raised in 30 days, and the share of it that people confirmed. */
export interface Score {
  rule: string;
  fired30: number | null;
  precision: number | null;
  /** Below the precision budget: somebody may put it back on trial. */
  proposed: boolean;
}

/** By code; empty where nothing has been counted yet. */
export function useScores(): Map<string, Score> {
  const { data } = useQuery({
    queryKey: ['rules', 'scoreboard'],
    queryFn: () => api<unknown>('/rules/scoreboard').catch(() => []),
    retry: false,
  });
  const rows = Array.isArray(data) ? (data as (Partial<Score> & { code?: string })[]) : [];
  return new Map(
    rows.map((row) => {
      const rule = row.rule ?? row.code ?? '';
      return [
        rule,
        { rule, fired30: row.fired30 ?? null, precision: row.precision ?? null, proposed: row.proposed === true },
      ];
    }),
  );
}
