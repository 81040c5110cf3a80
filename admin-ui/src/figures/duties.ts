import { httpClient } from '../providers/http.ts';
import type { Text } from '../words/say.ts';

export interface DutyRow {
  rule: string;
  title: Text;
  type: string;
  id: string;
  number: string | null;
  occurrence?: string;
  unit: string | null;
  person: string | null;
  openedAt: string;
  dueAt: string | null;
  metAt: string | null;
  verdict: string;
  severity: string;
}

/** One page of the duties that a number counted. */
export async function readDuties(
  params: URLSearchParams,
  page: number,
  perPage: number,
): Promise<{ rows: DutyRow[]; total: number }> {
  const query = new URLSearchParams();
  for (const name of ['from', 'to', 'unit', 'rule', 'verdict', 'due']) {
    const value = params.get(name);
    if (value) query.set(name, value);
  }
  // a counter of 本所今日 comes with the filter of its own
  const filter = params.get('filter');
  if (filter)
    for (const [name, value] of Object.entries(JSON.parse(filter) as Record<string, unknown>))
      query.set(name === 'unitId' ? 'unit' : name, String(value));
  query.set('range', JSON.stringify([page * perPage, page * perPage + perPage - 1]));
  const { json, headers } = await httpClient(`/api/figures/rates/duties?${query.toString()}`);
  const rows = json as DutyRow[];
  return { rows, total: Number(headers.get('Content-Range')?.split('/').at(-1) ?? rows.length) };
}
