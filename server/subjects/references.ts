import { badInput, type FieldProblem } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import { scopeOf } from './guard.ts';
import type { Registry, Table } from './registry.ts';

/**
 * What a form refers to must be there: units, people, and subjects that the actor may read. Another unit's case is as
 * good as none. Imports are not asked: an unknown person is a fact there. @throws Problem 422 naming the fields
 */
export async function checkReferences(
  uow: UnitOfWork,
  registry: Registry,
  table: Table,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const wrong: FieldProblem[] = [];
  for (const [name, fact] of Object.entries(table.facts)) {
    const value = facts[name];
    if (value == null) continue;
    const ids = [...new Set([value].flat())];
    let found = ids.length;
    if (fact.kind === 'unit')
      found = await count(uow, 'SELECT count(*) AS n FROM unit WHERE id = ANY ($1::int[])', ids);
    else if (fact.kind === 'person' || fact.kind === 'persons') {
      found = await count(uow, 'SELECT count(*) AS n FROM person WHERE id = ANY ($1::int[])', ids);
    } else if (fact.kind === 'subject' && fact.to && registry.find(fact.to)) {
      const scope = scopeOf(uow.actor, `${fact.to}.read`, registry.get(fact.to), 'r', 1);
      const text = `SELECT count(*) AS n FROM ${quote(fact.to)} r WHERE r.id = ANY ($1::uuid[]) AND ${scope.text}`;
      found = await count(uow, text, ids, scope.values);
    }
    if (found < ids.length) {
      const { zh, en } = fact.label;
      wrong.push({ path: `facts.${name}`, zh: `没有找到所填的“${zh}”`, en: `${en}: there is none such` });
    }
  }
  if (wrong.length === 0) return;
  const all = (pick: 'zh' | 'en', mark: string) => wrong.map((one) => one[pick]).join(mark);
  throw badInput('step.unknown-reference', { zh: all('zh', '；'), en: all('en', '; ') }, wrong);
}

async function count(uow: UnitOfWork, text: string, ids: unknown[], more: unknown[] = []): Promise<number> {
  const [row] = await uow.sql<{ n: number }>(text, [ids, ...more]);
  return row?.n ?? 0;
}
