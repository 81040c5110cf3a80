import { may, type Standing } from '../access/actor.ts';
import { sightOf } from '../access/masks.ts';
import { notFound } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import { standings } from './guard.ts';
import { tableOf } from './registry.ts';
import { type Row, readParts, readReferences, recordColumns } from './rows.ts';
import { nothingShown, seenParts, seenRecord } from './sight.ts';
import { type Views, verbsOf } from './views.ts';

/** One record as the actor may see it: facts, parts, names of what it refers to, and the verbs he may perform now. */
export type SeenRecord = Row & { version: number; parts: Record<string, Row[]>; abilities: string[]; masked: string[] };

/** The raw row. @throws Problem 404 */
export async function rowOf(uow: UnitOfWork, type: SubjectType, id: string): Promise<Row> {
  const [row] = await uow.sql<Row>(
    `SELECT ${recordColumns(type, 'r')}, r.source_row AS "sourceRow" FROM ${quote(type.name)} r WHERE r.id = $1`,
    [id],
    { name: `record ${type.name}` },
  );
  if (!row) throw notFound();
  return row;
}

/** How the actor stands to the record he is about to see. @throws Problem 404 */
export async function standingTo(uow: UnitOfWork, type: SubjectType, id: string): Promise<Standing> {
  const standing = (await standings(uow, uow.actor, type, [id])).get(id);
  if (!standing || !may(uow.actor, `${type.name}.read`, standing)) throw notFound();
  return standing;
}

/**
 * Reads a record for the actor. Where sensitive facts are shown in full the ledger learns it in the same transaction,
 * so before the answer leaves. `purpose` reveals everything that the role would only see masked.
 */
export async function readRecord(
  uow: UnitOfWork,
  views: Views,
  type: SubjectType,
  id: string,
  purpose?: string,
): Promise<SeenRecord> {
  const standing = await standingTo(uow, type, id);
  const row = await rowOf(uow, type, id);
  const parts = await readParts(uow, type, id);
  const shown = nothingShown();
  const eye = {
    actor: uow.actor,
    type,
    standing,
    most: purpose === undefined ? ('sight' as const) : ('everything' as const),
  };
  const own = tableOf(type);
  const of = [
    { table: own, row },
    ...Object.entries(parts).flatMap(([name, rows]) => rows.map((one) => ({ table: tableOf(type, name), row: one }))),
  ];
  const refs = await readReferences(uow, views.registry, of);
  const record = {
    ...seenRecord(eye, row, parts, shown),
    // a source row is text like a narrative: nobody knows what stands in it
    sourceRow: purpose !== undefined || sightOf(uow.actor, 'narrative', standing) === 'full' ? row['sourceRow'] : null,
    version: Number(row['version']),
    parts: seenParts(eye, row, parts, shown),
    refs,
    abilities: verbsOf(views, uow.actor, type, standing, row),
    masked: [...shown.masked].sort(),
  };
  if (shown.full.size > 0) {
    uow.log({
      action: `${type.name}.${purpose === undefined ? 'read' : 'reveal'}`,
      objectType: type.name,
      objectId: id,
      objectVersion: Number(row['version']),
      changes: { shown: [...shown.full].sort() },
      ...(purpose !== undefined && { reason: purpose }),
    });
  }
  return record;
}
