import { notFound } from '../../kernel/errors.ts';
import { noOccurrence } from '../../kernel/id.ts';
import { asEngine, type UnitOfWork } from '../../kernel/unit-of-work.ts';
import { quote } from '../../subjects/ddl.ts';
import { standingTo } from '../../subjects/read.ts';
import { columnOf, type Registry } from '../../subjects/registry.ts';
import type { StoredRule } from '../catalogue-store.ts';
import { fillOrigins } from '../explain-origins.ts';
import { seenBy } from '../explain-record.ts';
import type { Explanation } from '../explanation.ts';
import { judgeContext } from '../judge-explain.ts';
import { loadSubjects } from '../judge-facts.ts';
import type { CompiledRule, FactRow, ParamRow } from '../rule.ts';

/** What a text says of one record, though it judges nothing yet. */
export interface Preview {
  subject: { type: string; id: string; number: string | null };
  /** One for each duty; where there is none, why not. */
  told: Explanation[];
}

/** Judges one record by a rule that need not be stored. @throws Problem 404 for a record that the actor may not read */
export async function preview(
  uow: UnitOfWork,
  registry: Registry,
  rule: CompiledRule,
  wanted: string,
): Promise<Preview> {
  const type = registry.get(rule.subject);
  const { id, number } = await subjectOf(uow, registry, rule.subject, wanted.trim());
  const standing = await standingTo(uow, type, id);
  const told = await asEngine(uow, async () => {
    const [subject] = await loadSubjects(uow, registry, rule.subject, [id], [rule]);
    if (!subject) throw notFound();
    const context = await judgeContext(uow, [{ rule } as StoredRule], uow.now, [id]);
    const lent = { ...context, params: [...context.params, ...missingParams(rule, context.params)] };
    const duties = rule.judge(subject, lent).map(({ occurrence }) => occurrence);
    const parts = rule.part === null ? [] : ((subject[rule.part] as FactRow[] | undefined) ?? []);
    const shown = duties.length > 0 ? duties : parts.length > 0 ? parts.map((part) => String(part.id)) : [noOccurrence];
    const all = shown.slice(0, 20).map((occurrence) => rule.explain(subject, occurrence, lent));
    await fillOrigins(uow, registry, all);
    return all;
  });
  const seen: Explanation[] = [];
  for (const one of told) seen.push(await seenBy(uow, registry, { type, subjectId: id }, standing, one));
  return { subject: { type: rule.subject, id, number }, told: seen };
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
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wanted);
  const [row] = await uow.sql<{ id: string; number: string | null }>(
    `SELECT id, ${column} AS number FROM ${quote(type.name)} WHERE ${isId ? 'id = $1::uuid' : `${column} = $1`} LIMIT 1`,
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
