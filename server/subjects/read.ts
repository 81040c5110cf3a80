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

export interface ReadOptions {
  /** Reveals everything that the role would only see masked; the ledger keeps why. */
  purpose?: string;
  /** Known already, where the caller has just asked. */
  standing?: Standing;
  /** The request has an entry in the ledger anyway (a step just recorded). */
  isTold?: boolean;
}

/**
 * Reads a record for the actor. Where sensitive facts are shown in full the ledger learns it in the same transaction,
 * so before the answer leaves.
 */
export async function readRecord(
  uow: UnitOfWork,
  views: Views,
  type: SubjectType,
  id: string,
  options: ReadOptions = {},
): Promise<SeenRecord> {
  const { purpose } = options;
  const standing = options.standing ?? (await standingTo(uow, type, id));
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
  const verbs = verbsOf(views, uow.actor, type, standing, row);
  const record = {
    ...seenRecord(eye, row, parts, shown),
    // a source row is text like a narrative: nobody knows what stands in it
    sourceRow: purpose !== undefined || sightOf(uow.actor, 'narrative', standing) === 'full' ? row['sourceRow'] : null,
    version: Number(row['version']),
    parts: withVerbs(type, verbs, parts, seenParts(eye, row, parts, shown)),
    refs,
    abilities: verbs.filter((verb) => !isDoneInParts(type, verb, parts)),
    masked: [...shown.masked].sort(),
  };
  if (shown.full.size > 0 && !options.isTold) {
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

/** Each part says which of the actor's verbs it still waits for. */
function withVerbs(
  type: SubjectType,
  verbs: readonly string[],
  raw: Record<string, Row[]>,
  seen: Record<string, Row[]>,
): Record<string, Row[]> {
  return Object.fromEntries(
    Object.entries(seen).map(([name, rows]) => [
      name,
      rows.map((part, i) => ({
        ...part,
        abilities: verbs.filter((verb) => isOpenIn(type, verb, name, raw[name]?.[i])),
      })),
    ]),
  );
}

function isOpenIn(type: SubjectType, verb: string, part: string, row: Row | undefined): boolean {
  const step = type.steps[verb];
  return step?.part === part && !step.adds && (step.at === undefined || row?.[step.at] == null);
}

/** A step of a part that every part has behind it, or that has no part to happen to. */
function isDoneInParts(type: SubjectType, verb: string, parts: Readonly<Record<string, readonly Row[]>>): boolean {
  const step = type.steps[verb];
  if (!step?.part || step.adds) return false;
  const { part } = step;
  return !(parts[part] ?? []).some((row) => isOpenIn(type, verb, part, row));
}
