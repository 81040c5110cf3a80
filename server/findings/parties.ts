import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import type { SubjectType } from '../subjects/define.ts';
import { columnOf, type Registry, type Table } from '../subjects/registry.ts';
import { settled } from './states.ts';

/** How somebody had a part in the matter: it keeps him from deciding about it. */
export type PartyRole = 'handler' | 'custodian' | 'approver' | 'reviewer' | 'named';

const custodians: readonly string[] = ['custodian', 'keeper'];
/** Steps by which somebody reviewed or approved; whoever recorded any other step handled the matter. */
const reviews: readonly string[] = ['review', 'review_downgrade'];
const approvals: readonly string[] = [
  'extend',
  'suspend',
  'decide',
  'approve',
  'approve_summons',
  'discuss',
  'fast_track',
  'defer_detention',
];

/**
 * Fills `finding_party` for new findings: everybody whom the subject, its parts and the case it belongs to name, and
 * everybody who recorded one of their steps. One statement for all findings of a subject type.
 */
export async function fillParties(
  uow: UnitOfWork,
  registry: Registry,
  type: SubjectType,
  findings: readonly string[],
): Promise<void> {
  if (findings.length === 0) return;
  await uow.sql(
    `WITH matter AS (
       SELECT f.id AS finding, f.subject_id AS id, ${type.code}::int AS type FROM finding f WHERE f.id = ANY($1::uuid[])
       ${around(registry, type)}
     ), party AS (${people(registry, type).join(' UNION ALL ')})
     INSERT INTO finding_party (finding_id, person_id, part)
     SELECT DISTINCT party.finding, p.id, party.part FROM party JOIN person p ON p.id = party.person
     UNION SELECT f.id, p.id, 'handler' FROM finding f JOIN person p ON p.id = f.person_id WHERE f.id = ANY($1::uuid[])
     ON CONFLICT DO NOTHING`,
    [findings],
    { name: `finding parties ${type.name}` },
  );
}

/**
 * Independence follows the matter: whoever became its lead, reviewer, keeper or approver after the finding was raised has
 * a part in it as well. Nobody is ever taken off the list.
 */
export async function followParties(
  uow: UnitOfWork,
  registry: Registry,
  findings: readonly { id: string; finding: { subjectType?: unknown } }[],
): Promise<void> {
  const byType = new Map<string, string[]>();
  for (const { id, finding } of findings) {
    const type = String(finding.subjectType ?? '');
    byType.set(type, [...(byType.get(type) ?? []), id]);
  }
  for (const [name, ids] of byType) {
    const type = registry.find(name);
    if (type) await fillParties(uow, registry, type, ids);
  }
}

/** The same for open findings about subjects that have just changed. */
export async function followChanges(
  uow: UnitOfWork,
  registry: Registry,
  type: SubjectType,
  subjects: readonly string[],
): Promise<void> {
  if (type.name === 'finding') return;
  const open = await uow.sql<{ id: string }>(
    'SELECT id FROM finding WHERE subject_id = ANY($1::uuid[]) AND NOT state = ANY($2::text[])',
    [subjects, settled],
    { name: 'open findings of subjects' },
  );
  await fillParties(
    uow,
    registry,
    type,
    open.map(({ id }) => id),
  );
}

/** Adds people who took a hand-over in the loop itself. */
export async function addParties(
  uow: UnitOfWork,
  parties: readonly { finding: string; person: number; part: PartyRole }[],
): Promise<void> {
  if (parties.length === 0) return;
  await uow.sql(
    'INSERT INTO finding_party (finding_id, person_id, part) SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[]) ON CONFLICT DO NOTHING',
    [parties.map((one) => one.finding), parties.map((one) => one.person), parties.map((one) => one.part)],
    { name: 'add parties' },
  );
}

/** The subjects that the finding's subject belongs to (the case of an item, of an alarm): one step up. */
const around = (registry: Registry, type: SubjectType): string =>
  owners(registry, type)
    .map(
      ({ column, owner }) =>
        `UNION ALL SELECT f.id, s.${quote(column)}, ${owner.code} FROM finding f JOIN ${quote(type.name)} s ON s.id = f.subject_id WHERE f.id = ANY($1::uuid[]) AND s.${quote(column)} IS NOT NULL`,
    )
    .join('\n');

const owners = (registry: Registry, type: SubjectType) =>
  Object.entries(type.facts).flatMap(([name, fact]) => {
    const owner = fact.kind === 'subject' && fact.to && fact.to !== type.name ? registry.find(fact.to) : undefined;
    return owner ? [{ column: columnOf(name, fact), owner }] : [];
  });

function people(registry: Registry, type: SubjectType): string[] {
  const types = [type, ...owners(registry, type).map(({ owner }) => owner)];
  return [...new Set(types)].flatMap((one) => [
    ...registry.tables(one).flatMap((table) => named(table)),
    recorders(one),
  ]);
}

/** Everybody whom a fact of the row names. */
const named = (table: Table): string[] =>
  Object.entries(table.facts).flatMap(([name, fact]) => {
    if (fact.kind !== 'person' && fact.kind !== 'persons') return [];
    const column = `t.${quote(columnOf(name, fact))}`;
    const person = fact.kind === 'persons' ? `unnest(${column})` : column;
    const part: PartyRole = custodians.includes(name) ? 'custodian' : 'handler';
    return [
      `SELECT m.finding, ${person} AS person, '${part}' AS part FROM matter m JOIN ${quote(table.name)} t ON t.${quote(table.key)} = m.id WHERE m.type = ${table.type.code}`,
    ];
  });

function recorders(type: SubjectType): string {
  const codes = (verbs: readonly string[]): string =>
    `(${[0, ...verbs.flatMap((verb) => type.steps[verb]?.code ?? [])].join(', ')})`;
  return `SELECT m.finding, s.person_id, CASE WHEN s.verb IN ${codes(reviews)} THEN 'reviewer' WHEN s.verb IN ${codes(approvals)} THEN 'approver' ELSE 'handler' END
    FROM matter m JOIN step s ON s.subject_id = m.id AND s.subject_type = ${type.code} WHERE m.type = ${type.code} AND s.person_id IS NOT NULL`;
}
