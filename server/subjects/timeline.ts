import { maskNarrative, sightOf } from '../access/masks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import { standingTo } from './read.ts';
import { tableOf } from './registry.ts';
import { type Row, readParts, recordColumns } from './rows.ts';
import { longestFirst, minorsIn, namesOf, seenFacts } from './sight.ts';

interface StoredStep {
  id: string;
  seq: number;
  verb: number;
  part_id: string | null;
  occurred_at: Date;
  recorded_at: Date;
  facts: Record<string, unknown>;
  person_id: number | null;
  person_name: string;
  role_name: string;
  unit_id: number | null;
  unit_name: string;
  replaces: string | null;
  reason: string | null;
  note: string | null;
}

/** The steps of a record, oldest first, corrected ones included: who, when it happened, when it was recorded. */
export async function readTimeline(uow: UnitOfWork, type: SubjectType, id: string) {
  const standing = await standingTo(uow, type, id);
  const eye = { actor: uow.actor, type, standing, most: 'sight' as const };
  const rows = await uow.sql<StoredStep>(
    `SELECT id, seq, verb, part_id, occurred_at, recorded_at, facts, person_id, person_name, role_name, unit_id, unit_name, replaces, reason, note
       FROM step WHERE subject_type = $1 AND subject_id = $2 ORDER BY seq`,
    [type.code, id],
    { name: 'timeline' },
  );
  const verbs = new Map(Object.entries(type.steps).map(([verb, step]) => [step.code, { verb, step }]));
  const minors = minorsIn(await readParts(uow, type, id), await person(uow, type, id));
  // corrected steps hold names that the record no longer has
  const tableOfVerb = (code: number) => tableOf(type, verbs.get(code)?.step.part ?? null);
  const names = longestFirst(rows.flatMap((row) => namesOf(tableOfVerb(row.verb), row.facts)));
  const replacedBy = new Map(rows.flatMap((row) => (row.replaces ? [[row.replaces, row.id]] : [])));
  const note = (text: string | null): string | null => {
    if (text === null) return null;
    const sight = sightOf(uow.actor, 'narrative', standing);
    return sight === 'full' ? text : maskNarrative(text, names);
  };
  return rows.map((row) => {
    const known = verbs.get(row.verb);
    return {
      id: row.id,
      seq: row.seq,
      verb: known?.verb ?? String(row.verb),
      label: known?.step.label ?? null,
      part: known?.step.part ?? null,
      partId: row.part_id,
      occurredAt: row.occurred_at,
      recordedAt: row.recorded_at,
      facts: seenFacts(eye, tableOfVerb(row.verb), row.facts, names, minors),
      person: { id: row.person_id, name: row.person_name },
      role: row.role_name,
      unit: { id: row.unit_id, name: row.unit_name },
      replaces: row.replaces,
      replacedBy: replacedBy.get(row.id) ?? null,
      reason: note(row.reason),
      note: note(row.note),
    };
  });
}

/** The row of a record that is about one person, who may be under eighteen. */
async function person(uow: UnitOfWork, type: SubjectType, id: string): Promise<Row | undefined> {
  if (!type.facts['ageClass']) return undefined;
  const [row] = await uow.sql<Row>(
    `SELECT ${recordColumns(type, 'r')} FROM ${quote(tableOf(type).name)} r WHERE r.id = $1`,
    [id],
    { name: `person of ${type.name}` },
  );
  return row;
}
