import { withClient } from '../../../server/kernel/roles.ts';
import type { SubjectType } from '../../../server/subjects/define.ts';
import { columnOf, type Registry, type Table, tableOf } from '../../../server/subjects/registry.ts';
import { people } from '../../support/bureau.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { Relation } from './oracle.ts';

/** Somebody without an account, whose records are nobody's own. */
export const nobodysPerson = 100;

/** The records of each subject, by what they are to an account. */
export const records = ['16', '17', '10', '22', 'own 22', 'absent', 'concerned 16'] as const;
export type RecordName = (typeof records)[number];

/** One's own matter concerns everybody; only findings concern people by way of a table of their own besides. */
export const recordsOf = (type: SubjectType): readonly RecordName[] =>
  type.name === 'finding' ? records : records.filter((name) => name !== 'concerned 16');

export function relationOf(type: SubjectType, name: RecordName): Relation | null {
  if (name === 'absent') return null;
  const isOwn = name === 'own 22';
  const state = type.name === 'finding' ? 'screening' : '*';
  const unit = Number(name.split(' ').at(-1));
  return { unit, isOwn, isConcerned: isOwn || name === 'concerned 16', state };
}

/** The id of a planted record; one's own is another for each account. */
export function idOf(type: SubjectType, name: RecordName, login: string): string {
  const person = name === 'own 22' ? (people[login]?.[0] ?? 0) : 0;
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  return `0193${digits(type.code, 4)}-0000-7000-8000-${digits(records.indexOf(name), 4)}${digits(person, 8)}`;
}

export const numberOf = (type: SubjectType, name: RecordName, login: string): string =>
  `M${type.code}-${records.indexOf(name)}-${name === 'own 22' ? login : 'x'}`;

/** Writes them straight into the tables: whoever may record them is no part of the question. */
export async function plant(db: TestDatabase, registry: Registry): Promise<void> {
  await withClient(db.superUrl, async (client) => {
    await client.query(
      `INSERT INTO person (id, number, name, kind, qualification, unit_id) VALUES ($1, '990100', '无名', 'police', 'basic', 16)`,
      [nobodysPerson],
    );
    const insert = (table: string, row: Record<string, unknown>) =>
      client.query(
        `INSERT INTO "${table}" (${Object.keys(row).map((name) => `"${name}"`)}) VALUES (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
        Object.values(row),
      );
    for (const type of registry.types) {
      const own = tableOf(type);
      for (const name of recordsOf(type).filter((one) => one !== 'absent')) {
        for (const login of name === 'own 22' ? Object.keys(people) : ['']) {
          const id = idOf(type, name, login);
          const relation = relationOf(type, name);
          const [mine] = type.own;
          const person = people[login]?.[0];
          await insert(own.name, {
            id,
            version: 1,
            created_at: '2026-11-22Z',
            updated_at: '2026-11-22Z',
            [column(own, type.number)]: numberOf(type, name, login),
            [column(own, type.unit)]: relation?.unit,
            [column(own, type.dated)]: '2026-11-22Z',
            ...(type.name === 'finding' && { state: 'screening', subject_type: 'item', severity: 'ordinary' }),
            ...(person && mine && !mine.includes('.') && value(own, mine, person)),
          });
          if (person && mine?.includes('.')) {
            const [part = '', fact = ''] = mine.split('.');
            const table = tableOf(type, part);
            await insert(table.name, { id, [table.key]: id, seq: 1, ...value(table, fact, person) });
          }
        }
      }
    }
    await client.query(
      `INSERT INTO finding_party (finding_id, person_id, part) SELECT f.id, p.id, 'handler' FROM finding f, person p WHERE f.number LIKE 'M%-${records.indexOf('concerned 16')}-x'`,
    );
    // as raising does: whoever a finding is about has a part in it
    await client.query(
      `INSERT INTO finding_party (finding_id, person_id, part) SELECT id, person_id, 'handler' FROM finding WHERE person_id IS NOT NULL ON CONFLICT DO NOTHING`,
    );
  });
}

const value = (table: Table, fact: string, person: number): Record<string, unknown> => ({
  [column(table, fact)]: table.facts[fact]?.kind === 'persons' ? [person] : person,
});

function column(table: Table, name: string): string {
  const fact = table.facts[name];
  if (!fact) throw new Error(`${table.name} has no fact ${name}`);
  return columnOf(name, fact);
}
