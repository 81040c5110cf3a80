import { randomUUID } from 'node:crypto';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { Step, SubjectType } from './define.ts';
import { type FactValue, parseFacts, tableOfStep } from './input.ts';
import { columnOf, type Registry, type Table } from './registry.ts';
import type { State } from './state.ts';

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

/** A step of a batch, checked for itself: which rows it is about and which facts it leaves there. */
export interface Planned {
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

/** Checks one step against its declaration. @throws Problem 404, 422 */
export function plan(uow: UnitOfWork, registry: Registry, input: StepInput, options: RecordOptions): Planned {
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
  const salt = Object.keys(facts).some((name) => isSealed(table, name, facts)) ? randomUUID() : null;
  return { input, type, step, table, subject: input.subject ?? newId(uow.now), part, facts, seq: 0, salt };
}

/** Whether the ledger holds a commitment instead of the value: it is sensitive, or private in this very step. */
export const isSealed = (table: Table, name: string, facts: Readonly<Record<string, unknown>>): boolean => {
  const fact = table.facts[name];
  return fact?.mask !== undefined || (fact?.privateBy !== undefined && facts[fact.privateBy] === true);
};

const inTheFuture = (path: string) =>
  badInput('step.in-the-future', { zh: '时间不能晚于当前时间', en: 'An instant cannot lie in the future' }, [
    { path, zh: '时间不能晚于当前时间', en: 'lies in the future' },
  ]);

/** What this batch would do against what is there: unknown subjects and parts, second steps, doubtful order. */
export function check(state: State, one: Planned, options: RecordOptions): void {
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
  if (options.byHand && step.apart) refuseTogether(one, row, step.apart);
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

/** Whoever is complained about does not handle the complaint: an act of ours that would make it so is refused. */
function refuseTogether(
  { facts, table }: Planned,
  row: Readonly<Record<string, FactValue | undefined>>,
  apart: readonly [string, string],
): void {
  const [one, other] = apart.map((name) => facts[name] ?? row[name] ?? null);
  if (one === null || one !== other) return;
  const [first, second] = apart.map((name) => table.facts[name]?.label);
  throw conflict(
    `${table.type.name}.must-be-apart`,
    {
      zh: `“${first?.zh}”不得与“${second?.zh}”相同`,
      en: `${first?.en} and ${second?.en} must not be the same`,
    },
    { field: `facts.${apart.find((name) => name in facts) ?? apart[0]}` },
  );
}

/** Numbers are unique; a duplicate is told before the database would refuse it, by the fact's name. */
export async function refuseDuplicates(uow: UnitOfWork, planned: readonly Planned[]): Promise<void> {
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
