import type { Standing } from '../access/actor.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { facts } from './facts.ts';
import { isOneOf } from './guards.ts';
import type { FactName } from './transition.ts';

/** Health and family reasons: the officer, his unit's head and the legal office alone (domain.md §7, no. 3). */
const confidants = ['unit-head', 'legal-reviewer', 'legal-head'] as const;

/** The findings' code among the types of subjects (finding.ts). */
const findingCode = 20;

/** What a private explanation keeps to itself. */
export const privateFacts: readonly FactName[] = (Object.keys(facts) as FactName[]).filter(
  (name) => 'privateBy' in facts[name],
);

export const mayRead = (actor: Actor, standing: Standing): boolean => standing.isOwn || isOneOf(actor, confidants);

/** A row without what is private, where the actor may not read it. */
export function discreet<R extends Record<string, unknown>>(
  row: R,
  isPrivate: boolean,
  actor: Actor,
  standing: Standing,
): R {
  if (!isPrivate || mayRead(actor, standing)) return row;
  return { ...row, ...Object.fromEntries(privateFacts.filter((name) => name in row).map((name) => [name, null])) };
}

/** The files of every private explanation there ever was: a later one does not make an earlier one public. */
export async function privateFiles(uow: UnitOfWork, id: string): Promise<Set<string>> {
  const rows = await uow.sql<{ file: string }>(
    `SELECT jsonb_array_elements_text(facts -> 'explanationFiles' -> 'files') AS file FROM step
      WHERE subject_type = ${findingCode} AND subject_id = $1 AND facts ->> 'explanationPrivate' = 'true' AND jsonb_typeof(facts -> 'explanationFiles' -> 'files') = 'array'`,
    [id],
    { name: 'private files' },
  );
  return new Set(rows.map(({ file }) => file));
}
