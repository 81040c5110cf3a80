import { createHash, randomUUID } from 'node:crypto';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { Change, UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { Step, SubjectType } from './define.ts';
import { toColumns, wholeRow } from './fold.ts';
import { type FactValue, parseFacts, tableOfStep } from './input.ts';
import { type ChangedRows, relink } from './links.ts';
import { columnOf, type Registry, type Table, tableOf } from './registry.ts';
import { readState, refold, type State } from './state.ts';
import { type RowChange, type StepRow, writeRows, writeSteps } from './write.ts';

/** Who is named on the step: the one who did it, where that is not the one who records it (import, terminal). */
export interface StepAuthor {
  personId: number | null;
  name: string;
  role: string;
  unitId: number | null;
  unitName: string;
}

export interface StepInput {
  type: string;
  /** The subject's id; for an opening step the new one (made when left out). */
  subject?: string;
  verb: string;
  /** The part's id; for a step that adds one, the new one (made when left out). */
  part?: string;
  occurredAt: Date;
  facts?: Record<string, unknown>;
  by?: StepAuthor;
  /** The step that this one corrects; `reason` is then compulsory. */
  replaces?: string;
  reason?: string;
  note?: string;
  /** Columns of the source row that have no fact. */
  source?: Record<string, unknown>;
  /** Makes the step idempotent: a second one with the same key is left out. */
  sourceKey?: string;
  /** The step's id, where the caller must know it beforehand. */
  id?: string;
}

export interface Recorded {
  step: string;
  subject: string;
  part: string | null;
  seq: number;
}

export interface RecordOptions {
  /**
   * An entry by a person: what the step requires is demanded, and an instant that is earlier than what it follows
   * needs `confirmed` and a reason. Without it the steps are facts that happened: always recorded, then judged.
   */
  byHand?: { confirmed: boolean };
}

interface Planned {
  input: StepInput;
  type: SubjectType;
  step: Step;
  table: Table;
  subject: string;
  part: string | null;
  facts: Record<string, FactValue>;
  seq: number;
  /** Set where a fact is sensitive: the ledger then holds a salted commitment to it, which survives lawful erasure. */
  salt: string | null;
}

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
  const state = await readState(uow, registry, planned);
  for (const one of planned) check(uow, state, one, options);
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
  for (const [table, id, facts] of await refold(uow, registry, planned, corrected)) {
    await writeRows(uow, table, [{ id, facts: toColumns(table, wholeRow(table, facts)) }]);
  }

  const changed: ChangedRows = new Map([...rows].map(([name, of]) => [name, new Set(of.rows.keys())]));
  const linked = await relink(uow, registry, changed);
  uow.changed([
    ...planned.map((one) => ({ type: one.type.name, id: one.subject })),
    ...linked,
    ...neighbours(planned, state),
    ...(await referrers(uow, registry, planned)),
  ]);
  planned.forEach((one, i) => tellLedger(uow, one, ids[i] ?? ''));
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

function plan(uow: UnitOfWork, registry: Registry, input: StepInput, options: RecordOptions): Planned {
  const type = registry.get(input.type);
  const step = type.steps[input.verb];
  if (!step)
    throw badInput('step.unknown-verb', { zh: '没有这个办理环节', en: `${type.name} has no step ${input.verb}` }, [
      { path: 'verb', zh: '没有这个办理环节', en: 'no such step' },
    ]);
  if (!step.opens && !input.subject) throw notFound();
  if (step.part && !step.adds && !input.part)
    throw badInput('step.part-missing', { zh: '请指明对应的记录', en: 'Say which part the step is about' }, [
      { path: 'partId', zh: '请指明对应的记录', en: 'missing' },
    ]);
  if (input.replaces && !input.reason)
    throw badInput('step.reason-missing', { zh: '更正必须说明原因', en: 'A correction needs a reason' }, [
      { path: 'reason', zh: '更正必须说明原因', en: 'missing' },
    ]);
  const table = tableOfStep(type, step);
  const given = parseFacts(type, step, input.facts, options.byHand !== undefined && !input.replaces);
  const facts: Record<string, FactValue> = { ...given, ...step.sets };
  if (step.at) facts[step.at] = input.occurredAt.toISOString();
  for (const [name, value] of Object.entries(facts)) {
    const fact = table.facts[name];
    if (fact?.kind === 'instant' && !fact.planned && typeof value === 'string' && Date.parse(value) > uow.now.getTime())
      throw inTheFuture(name === step.at ? 'occurredAt' : `facts.${name}`);
  }
  if (!step.at && input.occurredAt > uow.now) throw inTheFuture('occurredAt');
  const part = step.part ? (input.part ?? newId(uow.now)) : null;
  const salt = Object.keys(facts).some((name) => table.facts[name]?.mask) ? randomUUID() : null;
  return { input, type, step, table, subject: input.subject ?? newId(uow.now), part, facts, seq: 0, salt };
}

const inTheFuture = (path: string) =>
  badInput('step.in-the-future', { zh: '时间不能晚于当前时间', en: 'An instant cannot lie in the future' }, [
    { path, zh: '时间不能晚于当前时间', en: 'lies in the future' },
  ]);

/** What this batch would do against what is there: unknown subjects and parts, second steps, doubtful order. */
function check(uow: UnitOfWork, state: State, one: Planned, options: RecordOptions): void {
  const { input, type, step } = one;
  if ((!step.opens || input.replaces) && !state.knows(type.name, one.subject)) throw notFound();
  if (one.part && (!step.adds || input.replaces) && !state.knows(one.table.name, one.part, one.subject))
    throw notFound();
  const row = state.row(one.table.name, one.part ?? one.subject);
  if (step.at && !step.adds && !step.opens && !input.replaces && row[step.at] != null) {
    const label = step.label;
    throw conflict(
      `${type.name}.second-${input.verb.replaceAll('_', '-')}`,
      {
        zh: `“${label.zh}”已经登记过，如有错误请更正原记录`,
        en: `"${label.en}" is recorded already: correct it instead`,
      },
      { recorded: row[step.at] },
    );
  }
  if (options.byHand && !(options.byHand.confirmed && input.reason)) {
    const late = (step.after ?? []).filter(
      (name) => row[name] != null && Date.parse(String(row[name])) > input.occurredAt.getTime(),
    );
    const labels = late.map((name) => one.table.facts[name]?.label);
    if (late.length > 0) {
      throw conflict(
        'step.needs-confirmation',
        {
          zh: `“${step.label.zh}”的时间早于${labels.map((l) => `“${l?.zh}”`).join('、')}，请核对；确认无误的，请说明原因`,
          en: `${step.label.en} lies before ${labels.map((l) => l?.en).join(', ')}: confirm with a reason`,
        },
        { confirm: true, after: late },
      );
    }
  }
  state.set(one.table.name, one.part ?? one.subject, one.subject, one.facts);
}

/** Numbers are unique; a duplicate is told before the database would refuse it, by the fact's name. */
async function refuseDuplicates(uow: UnitOfWork, planned: readonly Planned[]): Promise<void> {
  const seen = new Map<string, { table: Table; name: string; values: Map<string, string> }>();
  for (const one of planned) {
    for (const [name, value] of Object.entries(one.facts)) {
      if (!one.table.facts[name]?.unique || typeof value !== 'string') continue;
      const key = `${one.table.name}.${name}`;
      const of = seen.get(key) ?? { table: one.table, name, values: new Map<string, string>() };
      seen.set(key, of);
      const holder = one.part ?? one.subject;
      if ((of.values.get(value) ?? holder) !== holder) throw duplicate(one.table, name, value);
      of.values.set(value, holder);
    }
  }
  for (const { table, name, values } of seen.values()) {
    const fact = table.facts[name];
    if (!fact) continue;
    const column = quote(columnOf(name, fact));
    const rows = await uow.sql<{ id: string; value: string }>(
      `SELECT id, ${column} AS value FROM ${quote(table.name)} WHERE ${column} = ANY($1::text[])`,
      [[...values.keys()]],
      { name: `numbers ${table.name} ${name}` },
    );
    const other = rows.find((row) => values.get(row.value) !== row.id);
    if (other) throw duplicate(table, name, other.value);
  }
}

function duplicate(table: Table, name: string, value: string) {
  const label = table.facts[name]?.label;
  return conflict(
    `${table.type.name}.duplicate-${name}`,
    { zh: `${label?.zh}“${value}”已经存在`, en: `${label?.en} "${value}" exists already` },
    { field: `facts.${name}` },
  );
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

/** A subject that refers to another (an item to its case) makes the other's duties stale, as does taking the reference away. */
function neighbours(planned: readonly Planned[], state: State): Change[] {
  return planned.flatMap((one) =>
    Object.entries(one.table.facts).flatMap(([name, fact]) => {
      if (fact.kind !== 'subject' || !fact.to) return [];
      const to = fact.to;
      const now = state.row(one.table.name, one.part ?? one.subject)[name];
      const was = state.before(one.table.name, one.part ?? one.subject)[name];
      return [now, was].flatMap((id) => (typeof id === 'string' ? [{ type: to, id }] : []));
    }),
  );
}

/** The other way round: the items of a case that changed, since their rules read the case. */
async function referrers(uow: UnitOfWork, registry: Registry, planned: readonly Planned[]): Promise<Change[]> {
  const found: Change[] = [];
  for (const type of new Set(planned.map((one) => one.type))) {
    const ids = planned.filter((one) => one.type === type && !one.step.opens).map((one) => one.subject);
    if (ids.length === 0) continue;
    for (const other of registry.types) {
      for (const [name, fact] of Object.entries(other.facts)) {
        if (fact.kind !== 'subject' || fact.to !== type.name) continue;
        const rows = await uow.sql<{ id: string }>(
          `SELECT id FROM ${quote(other.name)} WHERE ${quote(columnOf(name, fact))} = ANY($1::uuid[])`,
          [[...new Set(ids)]],
          { name: `referrers ${other.name} ${name}` },
        );
        found.push(...rows.map(({ id }) => ({ type: other.name, id })));
      }
    }
  }
  return found;
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
      one.table.facts[name]?.mask && value !== null
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
