import { createHash } from 'node:crypto';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { holdAgain, holdEnds, holdMoved } from './ends.ts';
import { toColumns, wholeRow } from './fold.ts';
import { type ChangedRows, relink } from './links.ts';
import {
  check,
  isSealed,
  type Planned,
  plan,
  type Recorded,
  type RecordOptions,
  refuseDuplicates,
  type StepInput,
} from './planned-step.ts';
import { type Registry, type Table, tableOf } from './registry.ts';
import { checkReplaced } from './replaced.ts';
import { readState, refold } from './state.ts';
import { matched, neighbours, referrers, touches } from './touched.ts';
import { type RowChange, type StepRow, writeRows, writeSteps } from './write.ts';

export type { Recorded, RecordOptions, StepAuthor, StepInput } from './planned-step.ts';

/**
 * The one door for steps: appends them, brings the state rows and links up to date, and says which subjects must be
 * judged. One step from a form and a thousand from an import take the same few statements.
 * @returns what was recorded, in the order of the batch; steps whose source key is known are left out
 * @throws Problem 422 bad facts or a future instant, 404 unknown subject or part, 409 a second step of a kind that
 *   happens once (`<subject>.second-<verb>`), a duplicate number, or an order that must be confirmed
 */
export async function recordSteps(
  uow: UnitOfWork,
  registry: Registry,
  batch: readonly StepInput[],
  options: RecordOptions = {},
): Promise<Recorded[]> {
  const fresh = await withoutKnown(uow, batch);
  const planned = fresh.map((input) => plan(uow, registry, input, options));
  await holdEnds(uow, registry, fresh);
  const state = await readState(uow, registry, planned);
  await holdMoved(uow, registry, planned, state);
  for (const one of planned) check(state, one, options);
  await checkReplaced(uow, planned);
  await refuseDuplicates(uow, planned);

  const corrected = new Set(planned.filter((one) => one.input.replaces).map((one) => one.subject));
  const rows = new Map<string, { table: Table; rows: Map<string, RowChange> }>();
  const rowOf = (table: Table, id: string): RowChange => {
    const of = rows.get(table.name) ?? { table, rows: new Map<string, RowChange>() };
    rows.set(table.name, of);
    const row = of.rows.get(id) ?? { id, facts: {} };
    of.rows.set(id, row);
    return row;
  };
  const steps: StepRow[] = [];
  const ids: string[] = [];
  for (const one of planned) {
    one.seq = state.next(one.subject);
    const own = rowOf(tableOf(one.type), one.subject);
    const stamp = { version: one.seq, updated_at: uow.now.toISOString() };
    if (one.step.opens && !one.input.replaces)
      own.fresh = { ...stamp, created_at: uow.now.toISOString(), source_row: one.input.source ?? null };
    else if (own.fresh) Object.assign(own.fresh, stamp);
    else own.frame = stamp;
    if (one.part) {
      const part = rowOf(one.table, one.part);
      if (one.step.adds && !one.input.replaces) part.fresh = { [one.table.key]: one.subject, seq: one.seq };
      Object.assign(part.facts, toColumns(one.table, one.facts));
    } else Object.assign(own.facts, toColumns(one.table, one.facts));
    const id = one.input.id ?? newId(uow.now);
    ids.push(id);
    steps.push(stepRow(uow, one, id));
  }

  await writeOrdered(uow, rows, registry);
  await writeSteps(uow, steps);
  for (const [table, id, folded] of await refold(uow, registry, planned, corrected)) {
    const facts = wholeRow(table, folded);
    await writeRows(uow, table, [{ id, facts: toColumns(table, facts) }]);
    // what a corrected step no longer says falls back to an earlier one: neighbours are those of the row as it is now
    state.set(table.name, id, id, facts);
  }

  // what a correction uncovers may name somebody whom neither it nor the row before it named
  if (corrected.size > 0) await holdAgain(uow, registry, planned);
  const changed: ChangedRows = new Map([...rows].map(([name, of]) => [name, new Set(of.rows.keys())]));
  const linked = await relink(uow, registry, changed, (type) => touches(planned.filter((one) => one.type === type)));
  uow.changed([
    ...planned.map((one) => ({ type: one.type.name, id: one.subject, ...(one.step.opens ? {} : touches([one])) })),
    ...linked,
    ...neighbours(planned, state),
    ...(await referrers(uow, registry, planned)),
    ...(await matched(uow, registry, planned, state)),
  ]);
  for (const [i, one] of planned.entries()) tellLedger(uow, one, ids[i] ?? '');
  return planned.map((one, i) => ({ step: ids[i] ?? '', subject: one.subject, part: one.part, seq: one.seq }));
}

async function withoutKnown(uow: UnitOfWork, batch: readonly StepInput[]): Promise<readonly StepInput[]> {
  const keys = batch.flatMap((input) => input.sourceKey ?? []);
  if (keys.length === 0) return batch;
  const rows = await uow.sql<{ source_key: string }>(
    'SELECT source_key FROM step WHERE source_key = ANY($1::text[])',
    [keys],
    { name: 'known keys' },
  );
  const known = new Set(rows.map((row) => row.source_key));
  return batch.filter((input) => {
    if (!input.sourceKey) return true;
    const isKnown = known.has(input.sourceKey);
    known.add(input.sourceKey);
    return !isKnown;
  });
}

/** The subject before its parts: parts refer to it. */
async function writeOrdered(
  uow: UnitOfWork,
  rows: ReadonlyMap<string, { table: Table; rows: Map<string, RowChange> }>,
  registry: Registry,
): Promise<void> {
  for (const type of registry.types) {
    for (const table of registry.tables(type)) {
      const of = rows.get(table.name);
      if (of) await writeRows(uow, table, [...of.rows.values()]);
    }
  }
}

/** Columns that are null are left out: a third less for the database to read. */
function stepRow(uow: UnitOfWork, one: Planned, id: string): StepRow {
  const by = one.input.by ?? {
    personId: uow.actor.personId,
    name: uow.actor.name,
    role: uow.actor.role,
    unitId: uow.actor.unitId,
    unitName: uow.actor.unitName,
  };
  return {
    id,
    subject_type: one.type.code,
    subject_id: one.subject,
    seq: one.seq,
    verb: one.step.code,
    part_id: one.part ?? undefined,
    occurred_at: one.input.occurredAt.toISOString(),
    recorded_at: uow.now.toISOString(),
    facts: one.facts,
    person_id: by.personId ?? undefined,
    person_name: by.name,
    role_name: by.role,
    unit_id: by.unitId ?? undefined,
    unit_name: by.unitName,
    replaces: one.input.replaces,
    reason: one.input.reason,
    note: one.input.note,
    source: one.input.source,
    source_key: one.input.sourceKey,
    salt: one.salt ?? undefined,
  };
}

function tellLedger(uow: UnitOfWork, one: Planned, step: string): void {
  uow.log({
    action: `${one.type.name}.${one.input.verb}`,
    objectType: one.type.name,
    objectId: one.subject,
    objectVersion: one.seq,
    occurredAt: one.input.occurredAt,
    changes: {
      step,
      ...(one.part ? { part: one.part } : {}),
      ...(one.input.replaces ? { replaces: one.input.replaces } : {}),
      facts: committed(one),
    },
    ...(one.input.reason ? { reason: one.input.reason } : {}),
    ...(one.input.by ? { by: one.input.by } : {}),
  });
}

function committed(one: Planned): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(one.facts).map(([name, value]) =>
      isSealed(one.table, name, one.facts) && value !== null
        ? [
            name,
            {
              sha256: createHash('sha256')
                .update(`${one.salt}${JSON.stringify(value)}`)
                .digest('hex'),
            },
          ]
        : [name, value],
    ),
  );
}
