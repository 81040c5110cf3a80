import type { Tx } from '../kernel/database.ts';
import { cellMonth } from '../rules/judge-text.ts';

/** A cell that is not what its duties say: kept and counted anew. */
export interface CellDifference {
  unitId: number;
  versionId: number;
  month: string;
  kept: { met: number; late: number; excused: number };
  counted: { met: number; late: number; excused: number };
}

const counted = `
  SELECT coalesce(unit_id, 0) AS unit_id, version_id, ${cellMonth('due_at', 'opened_at')} AS month,
    count(*) FILTER (WHERE verdict = 2) AS met, count(*) FILTER (WHERE verdict = 3) AS late, count(*) FILTER (WHERE verdict = 5) AS excused
  FROM obligation WHERE verdict IN (2, 3, 5) AND NOT trial GROUP BY 1, 2, 3`;

/** The nightly check: counts every cell anew and names the ones that differ. None should; one that does is a mistake of ours. */
export async function checkCells(tx: Tx): Promise<CellDifference[]> {
  const rows = await tx.sql<
    { unit_id: number; version_id: number; month: string } & Record<
      'met' | 'late' | 'excused' | 'met_now' | 'late_now' | 'excused_now',
      number
    >
  >(
    `SELECT unit_id, version_id, month, coalesce(c.met, 0) AS met, coalesce(c.late, 0) AS late, coalesce(c.excused, 0) AS excused,
       coalesce(n.met, 0) AS met_now, coalesce(n.late, 0) AS late_now, coalesce(n.excused, 0) AS excused_now
     FROM cell c FULL JOIN (${counted}) n USING (unit_id, version_id, month)
     WHERE (coalesce(c.met, 0), coalesce(c.late, 0), coalesce(c.excused, 0)) IS DISTINCT FROM (coalesce(n.met, 0), coalesce(n.late, 0), coalesce(n.excused, 0))
     ORDER BY 1, 2, 3`,
  );
  return rows.map((row) => ({
    unitId: row.unit_id,
    versionId: row.version_id,
    month: row.month,
    kept: { met: row.met, late: row.late, excused: row.excused },
    counted: { met: row.met_now, late: row.late_now, excused: row.excused_now },
  }));
}

/** Puts the cells right. Runs as the engine, while nobody judges: it takes the table for itself. */
export async function rebuildCells(tx: Tx): Promise<void> {
  await tx.sql('LOCK TABLE cell IN SHARE ROW EXCLUSIVE MODE');
  await tx.sql('DELETE FROM cell');
  await tx.sql(
    `INSERT INTO cell (unit_id, version_id, month, met, late, excused) SELECT * FROM (${counted}) n WHERE met + late + excused > 0`,
  );
}
