import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import type { SubjectRecord } from '../subjects/record.ts';

export interface Recording extends SubjectRecord {
  number: string;
  startedAt: string;
  endedAt: string | null;
  wearer: number | null;
  device?: string | null;
}

/** Files that the server links to this dispatch or shift, or to these interviews: same wearer or room, overlapping time. */
export function useRecordings(of: string | string[]) {
  const filter = { linkedTo: of };
  return useQuery({
    queryKey: ['recordings', 'of', of],
    enabled: of.length > 0,
    queryFn: () =>
      api<Recording[]>(
        `/recordings?filter=${encodeURIComponent(JSON.stringify(filter))}&sort=${encodeURIComponent('["startedAt","ASC"]')}&range=${encodeURIComponent('[0,199]')}`,
      ),
  });
}
