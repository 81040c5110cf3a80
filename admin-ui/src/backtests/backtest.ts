import { useQuery } from '@tanstack/react-query';
import type { Explanation } from '../explain/explanation.ts';
import { api } from '../providers/http.ts';
import { type Status, status } from '../subjects/Status.tsx';
import type { Text } from '../words/say.ts';

export interface Counts {
  opened: number;
  pending: number;
  met: number;
  late: number;
  overdue: number;
  excused: number;
  unknown: number;
}

export interface Bar {
  month?: string;
  unitId?: number;
  unit?: string;
  tried: Counts;
  inForce: Counts;
}

export interface Summary {
  id: string;
  code: string;
  version: number | null;
  title: Text;
  from: string;
  to: string;
  unitIds: number[] | null;
  asOf: string;
  state: string;
  judged: number;
  total: number;
  progress: number;
  lastError: string | null;
  by: string;
  createdAt: string;
}

export interface Backtest extends Summary {
  seed: string;
  subject: string;
  compared: boolean;
  tried: Counts;
  inForce: Counts | null;
  difference: { newly: number; gone: number; same: number } | null;
  advice: { level: string; text: Text } | null;
  months: Bar[];
  units: Bar[];
  sample: { number: string | null; unit: string | null; explanation: Explanation }[];
}

export interface BrokenDuty {
  id: string;
  type: string;
  occurrence: string;
  number: string | null;
  unit: string | null;
  openedAt: string;
  dueAt: string | null;
  metAt: string | null;
  verdict: string;
  severity: number;
}

export const runStates: Record<string, Status> = {
  queued: status('排队中', 'Queued', 'quiet'),
  running: status('进行中', 'Running', 'calm'),
  done: status('已完成', 'Done', 'good'),
  failed: status('未完成', 'Failed', 'bad'),
  cancelled: status('已中止', 'Cancelled', 'quiet'),
};

export const isMoving = (state: string): boolean => state === 'queued' || state === 'running';
export const broken = (counts: Counts): number => counts.late + counts.overdue;

/** Asked again every second as long as it runs. */
export const useBacktest = (id: string) =>
  useQuery({
    queryKey: ['backtest', id],
    queryFn: () => api<Backtest>(`/backtests/${id}`),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? 1000 : false),
  });

export const useBacktests = () =>
  useQuery({
    queryKey: ['backtests'],
    queryFn: () => api<Summary[]>(`/backtests?range=${encodeURIComponent('[0,49]')}`),
    refetchInterval: ({ state }) => (state.data?.some((run) => isMoving(run.state)) ? 2000 : false),
  });
