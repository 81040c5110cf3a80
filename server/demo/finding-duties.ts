import type { Tx } from '../kernel/database.ts';
import type { Planted } from './story.ts';
import { endOfWorkingDays } from './time.ts';
import type { Decided } from './truth.ts';

interface Row {
  id: string;
  rule: string;
  subject_type: string;
  subject_id: string;
  occurrence: string;
  state: string;
  urgent: boolean | null;
  raised_at: Date;
  screened_at: Date | null;
  issued_at: Date | null;
  self_corrected_at: Date | null;
  merged_at: Date | null;
  closed_at: Date | null;
  acknowledged_at: Date | null;
  explained_at: Date | null;
  signed_off_at: Date | null;
  judged_at: Date | null;
}

const earliest = (...instants: (Date | null)[]): Date | undefined =>
  instants.filter((at) => at !== null).sort((a, b) => a.getTime() - b.getTime())[0];

/**
 * The loop's own limits, from what the drivers did: a working day to screen, three to explain, two to judge. And the
 * duties that the loop excused, because it found no issue in them.
 */
export async function findingDuties(sql: Tx['sql']): Promise<{ planted: Planted[]; decided: Decided[] }> {
  const rows = await sql<Row>(
    `SELECT id, rule, subject_type, subject_id, occurrence, state, urgent, raised_at, screened_at, issued_at, self_corrected_at, merged_at, closed_at, acknowledged_at, explained_at, signed_off_at, judged_at
     FROM finding WHERE origin = 'rule'`,
  );
  const planted = rows
    .filter((row) => row.subject_type !== 'finding')
    .flatMap((row) => [
      owed(
        'FND-01',
        row.id,
        row.raised_at,
        1,
        earliest(row.screened_at, row.issued_at, row.self_corrected_at, row.merged_at, row.closed_at),
      ),
      ...(row.acknowledged_at
        ? [
            owed(
              'FND-02',
              row.id,
              row.acknowledged_at,
              row.urgent ? 1 : 3,
              earliest(row.explained_at, row.merged_at, row.closed_at, row.judged_at),
            ),
          ]
        : []),
      ...(row.signed_off_at
        ? [owed('FND-03', row.id, row.signed_off_at, 2, earliest(row.judged_at, row.merged_at, row.closed_at))]
        : []),
    ]);
  const decided = rows
    .filter((row) => row.state === 'dismissed' || row.state === 'false_alarm')
    .map(({ rule, subject_id, occurrence }) => ({ rule, subject: subject_id, occurrence }));
  return { planted, decided };
}

const owed = (rule: string, subject: string, opened: Date, workingDays: number, met: Date | undefined): Planted => ({
  rule,
  subject,
  opened,
  due: endOfWorkingDays(opened, workingDays),
  ...(met ? { met } : {}),
});
