import { forbidden, type Problem, type Text } from '../kernel/errors.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';

const parts: Readonly<Record<string, Text>> = {
  handler: { zh: '经办人', en: 'handled it' },
  custodian: { zh: '保管人', en: 'kept the property' },
  approver: { zh: '审批人', en: 'approved it' },
  reviewer: { zh: '审核人', en: 'reviewed it' },
  named: { zh: '本问题办理人', en: 'acted in this finding' },
};

/** SQLSTATE of the constraint triggers of migrations/findings/loop.sql. */
const refusedByDatabase = 'MJ403';

/** What part the actor, under any of his accounts, has in the matter; empty when he is independent. */
export async function partsOf(uow: UnitOfWork, finding: string, actor: Actor): Promise<string[]> {
  if (actor.personId === null) return [];
  const rows = await uow.sql<{ part: string }>(
    'SELECT DISTINCT part FROM finding_party WHERE finding_id = $1 AND person_id = ANY (accounts_of($2)) ORDER BY part',
    [finding, actor.personId],
    { name: 'parts of a person' },
  );
  return rows.map((row) => row.part);
}

/** The same for several people and findings at once, by `<finding> <person>`; who is independent is absent. */
export async function partsOfAll(
  uow: UnitOfWork,
  pairs: readonly { id: string; actor: Actor }[],
): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>();
  if (pairs.length === 0) return held;
  const rows = await uow.sql<{ finding_id: string; person_id: number; part: string }>(
    `SELECT DISTINCT w.finding AS finding_id, w.person AS person_id, fp.part FROM unnest($1::uuid[], $2::int[]) AS w (finding, person)
     JOIN finding_party fp ON fp.finding_id = w.finding AND fp.person_id = ANY (accounts_of(w.person)) ORDER BY fp.part`,
    [pairs.map(({ id }) => id), pairs.map(({ actor }) => actor.personId)],
    { name: 'parts of people' },
  );
  for (const row of rows) {
    const key = `${row.finding_id} ${row.person_id}`;
    held.set(key, [...(held.get(key) ?? []), row.part]);
  }
  return held;
}

/** What the person sees who may not decide. */
export function concernText(held: readonly string[]): Text {
  const words = (pick: (text: Text) => string) => held.map((part) => pick(parts[part] ?? { zh: part, en: part }));
  return {
    zh: `您是该事项的${words((text) => text.zh).join('、') || '参与人'}，依规定应当回避；请由其他审核人办理，本单位无人可办的，报请上级指派`,
    en: `You ${words((text) => text.en).join(', ') || 'took part in it'} and may not decide about it: another reviewer does, from above where there is none`,
  };
}

export const concerned = (held: readonly string[]): Problem =>
  forbidden('finding.reviewer-is-concerned', concernText(held));

/** Turns the refusal of the database into the same problem; anything else stays what it was. */
export function toldByDatabase(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === refusedByDatabase
    ? concerned([])
    : error;
}

/**
 * Who could decide instead: holders of the role in charge of the finding's unit who have no part in it, nearest office
 * first. Empty below the city means that the city's own office must take it (domain.md §2.15).
 */
export async function independentReviewers(
  uow: UnitOfWork,
  finding: string,
  roles: readonly string[],
): Promise<{ id: number; name: string; number: string; unit: string }[]> {
  return uow.sql<{ id: number; name: string; number: string; unit: string }>(
    `SELECT p.id, p.name, p.number, pu.short AS unit
     FROM finding f JOIN unit u ON u.id = f.unit_id
     JOIN post o ON o.role = ANY($2::text[]) AND o.from_at <= $3 AND (o.to_at IS NULL OR o.to_at > $3)
     JOIN person p ON p.id = o.person_id AND p.disabled_at IS NULL
     JOIN unit pu ON pu.id = o.unit_id AND (pu.id = ANY(u.path) OR pu.parent_id = ANY(u.path))
     WHERE f.id = $1 AND NOT same_human(p.id, f.judge_id)
       AND NOT EXISTS (SELECT FROM finding_party fp WHERE fp.finding_id = f.id AND fp.person_id = ANY (accounts_of(p.id)))
     GROUP BY p.id, p.name, p.number, pu.short, pu.path
     ORDER BY cardinality(pu.path) DESC, p.id LIMIT 20`,
    [finding, roles, uow.now],
    { name: 'independent reviewers' },
  );
}
