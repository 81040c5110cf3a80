import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Warning } from '../rules/judge.ts';
import type { Registry } from '../subjects/registry.ts';
import { shortInstant } from './notices.ts';

/**
 * 临期预警: tells whoever owes a duty that it falls due soon, and the legal officer of his unit (domain.md §2.3, level
 * 0). One statement for the batch; the same warning is told once. The loop's own duties stand in the to-dos already.
 */
export async function warnOwners(uow: UnitOfWork, registry: Registry, warnings: readonly Warning[]): Promise<void> {
  const told = warnings.filter((one) => one.subjectType !== 'finding' && one.rule.state === 'enacted');
  if (told.length === 0) return;
  const texts = told.map(({ rule: { rule }, dueAt }) => ({
    zh: `临期预警：${rule.title.zh}，应于${shortInstant(dueAt)}前办理`,
    en: `Due soon: ${rule.title.en}, by ${shortInstant(dueAt)}`,
  }));
  await uow.sql(
    `WITH w AS (
       SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[]) AS w (person, unit, text, link, cause)
     ), target AS (
       SELECT person, text, link, cause FROM w WHERE person IS NOT NULL
       UNION
       SELECT o.person_id, w.text, w.link, w.cause FROM w
       JOIN post o ON o.unit_id = w.unit AND o.role = 'unit-legal-officer' AND o.from_at <= $6 AND (o.to_at IS NULL OR o.to_at > $6)
     )
     INSERT INTO notice (id, person_id, text, link, at, cause)
     SELECT gen_random_uuid(), t.person, t.text::jsonb, t.link, $6, t.cause || ' ' || t.person FROM target t
     JOIN person p ON p.id = t.person AND p.disabled_at IS NULL ON CONFLICT (cause) DO NOTHING`,
    [
      told.map((one) => one.personId),
      told.map((one) => one.unitId),
      texts.map((text) => JSON.stringify(text)),
      told.map((one) => `/${registry.get(one.subjectType).plural}/${one.subjectId}`),
      told.map((one) => `due ${one.rule.id} ${one.subjectId} ${one.occurrence} ${one.dueAt.getTime()}`),
      uow.now,
    ],
    { name: 'warn owners' },
  );
}
