import { notFound } from '../../kernel/errors.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';

/** The bureau or branch that answers for a unit and issues papers to it. */
export interface Office {
  /** 澜川市公安局望河分局 */
  name: string;
  /** First six digits of its code, in numbers of registers. */
  area: string;
  /** The unit itself, by full name. */
  unit: string;
}

/** @throws Problem 404 when there is no such unit */
export async function officeOf(uow: UnitOfWork, unitId: number): Promise<Office> {
  const [row] = await uow.sql<Office>(
    `SELECT a.name, left(a.code, 6) AS area, u.name AS unit FROM unit u JOIN unit a ON a.id = ANY(u.path)
     WHERE u.id = $1 ORDER BY a.kind IN ('bureau', 'city') DESC, cardinality(a.path) DESC LIMIT 1`,
    [unitId],
    { name: 'office that issues' },
  );
  if (!row) throw notFound();
  return row;
}
