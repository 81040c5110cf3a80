import { notFound } from '../../kernel/errors.ts';
import { noOccurrence } from '../../kernel/id.ts';
import { asEngine, type UnitOfWork } from '../../kernel/unit-of-work.ts';
import { quote } from '../../subjects/ddl.ts';
import type { Text } from '../../subjects/define.ts';
import { authorise } from '../../subjects/guard.ts';
import { columnOf, type Registry, tableOf } from '../../subjects/registry.ts';
import type { StoredRule } from '../catalogue-store.ts';
import { judgeContext } from '../judge-explain.ts';
import { loadSubjects } from '../judge-facts.ts';
import { type CompiledRule, type FactRow, type ParamRow, type VerdictName, verdicts } from '../rule.ts';

/** What a text says of one record, though it judges nothing yet. */
export interface Preview {
  subject: { type: string; id: string; number: string | null };
  duties: PreviewDuty[];
}

export interface PreviewDuty {
  occurrence: string | null;
  verdict: VerdictName;
  openedAt: Date;
  dueAt: Date | null;
  metAt: Date | null;
  sentence: Text | null;
  /** What was read, by the names people know. */
  read: { name: string; label: Text; value: unknown }[];
}

const names = Object.fromEntries(Object.entries(verdicts).map(([name, code]) => [code, name])) as Record<
  number,
  VerdictName
>;

/** Judges one record by a rule that need not be stored. The actor must be allowed to read the record. @throws Problem 404 */
export async function preview(
  uow: UnitOfWork,
  registry: Registry,
  rule: CompiledRule,
  wanted: string,
): Promise<Preview> {
  const { id, number } = await subjectOf(uow, registry, rule.subject, wanted.trim());
  await authorise(uow, registry, `${rule.subject}.read`, { type: rule.subject, id });
  return asEngine(uow, async () => {
    const [subject] = await loadSubjects(uow, registry, rule.subject, [id]);
    if (!subject) throw notFound();
    const context = await judgeContext(uow, [{ rule } as StoredRule], uow.now, [id]);
    const lent = { ...context, params: [...context.params, ...missingParams(rule, context.params)] };
    const duties = rule.judge(subject, lent).map((duty): PreviewDuty => {
      const verdict = names[duty.verdict] ?? 'unknown';
      const isBroken = verdict === 'late' || verdict === 'overdue';
      const part =
        rule.part === null ? null : (subject[rule.part] as FactRow[]).find((row) => row.id === duty.occurrence);
      return {
        occurrence: duty.occurrence === noOccurrence ? null : duty.occurrence,
        verdict,
        openedAt: duty.openedAt,
        dueAt: duty.dueAt,
        metAt: duty.metAt,
        sentence: isBroken ? rule.sentence(subject, duty, lent) : null,
        read: [
          ...valuesRead(registry, rule, null, subject),
          ...(part ? valuesRead(registry, rule, rule.part, part) : []),
        ],
      };
    });
    return { subject: { type: rule.subject, id, number }, duties };
  });
}

/** By id or by the number that people know; what the actor may not read is not told apart from nothing. */
async function subjectOf(
  uow: UnitOfWork,
  registry: Registry,
  name: string,
  wanted: string,
): Promise<{ id: string; number: string | null }> {
  const type = registry.get(name);
  const fact = type.facts[type.number];
  const column = fact ? quote(columnOf(type.number, fact)) : 'NULL::text';
  const [row] = await uow.sql<{ id: string; number: string | null }>(
    `SELECT id, ${column} AS number FROM ${quote(type.name)} WHERE ${/^[0-9a-f-]{36}$/i.test(wanted) ? 'id = $1::uuid' : `${column} = $1`} LIMIT 1`,
    [wanted],
  );
  if (!row) throw notFound();
  return row;
}

/** The text's own values where the database has none yet. */
function missingParams(rule: CompiledRule, stored: readonly ParamRow[]): ParamRow[] {
  return rule.params.flatMap(({ name, values }) =>
    values
      .filter(({ key }) => !stored.some((row) => row.name === name && row.key === key && row.unitId === null))
      .map(({ key, amount }) => ({
        rule: rule.code,
        name,
        key,
        unitId: null,
        fromOn: '-infinity',
        toOn: null,
        amount,
      })),
  );
}

/** Facts that the rule reads of a row. What is masked elsewhere is said to be there and not shown. */
function valuesRead(registry: Registry, rule: CompiledRule, part: string | null, row: FactRow): PreviewDuty['read'] {
  const table = part === null ? tableOf(registry.get(rule.subject)) : tableOf(registry.get(rule.subject), part);
  return Object.entries(table.facts).flatMap(([name, fact]) => {
    if (!rule.reads.includes(`${table.name}.${name}`)) return [];
    const value = row[name];
    const shown = value != null && fact.mask ? '…' : plain(value);
    return [{ name: part ? `${part}.${name}` : name, label: fact.label, value: shown ?? null }];
  });
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const row = value as FactRow;
  return row['name'] ?? row['number'] ?? null;
}
