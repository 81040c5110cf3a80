import { finding } from '../../server/findings/finding.ts';
import type { Tx } from '../../server/kernel/database.ts';
import { noOccurrence } from '../../server/kernel/id.ts';
import { quote } from '../../server/subjects/ddl.ts';
import type { Fact, Relation } from '../../server/subjects/define.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { columnOf, Registry, type Table, tableOf } from '../../server/subjects/registry.ts';

/** Every subject type of the application, the finding included. */
export const registry = new Registry([...subjectTypes, finding]);

/** The people of the examples, by the names that rule files use. */
export const cast: Readonly<Record<string, number>> = {
  'police-1': 1,
  'police-2': 2,
  'police-3': 3,
  'trainee-1': 21,
  'auxiliary-1': 31,
  'auxiliary-2': 32,
  'civilian-1': 41,
};
export const bureau = 1;
export const station = 11;
export const ruralStation = 12;

/** Units and people that the examples and the random histories are about. */
export async function populate(tx: Tx): Promise<void> {
  await tx.sql(
    `INSERT INTO unit (id, code, name, short, kind, parent_id, path, area) VALUES
       (1, '990102000000', '望河分局', '望河分局', 'county', NULL, '{1}', NULL),
       (11, '990102510000', '北门派出所', '北门派出所', 'station', 1, '{1,11}', 'urban'),
       (12, '990102520000', '稻溪派出所', '稻溪派出所', 'station', 1, '{1,12}', 'rural')`,
  );
  for (const [name, id] of Object.entries(cast)) {
    const kind = name.replace(/-\d$/, '');
    await tx.sql(
      'INSERT INTO person (id, number, name, kind, qualification, unit_id) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, `99${id}`, name, kind === 'trainee' ? 'police' : kind, kind === 'police' ? 'basic' : 'none', station],
    );
  }
}

/** Local time of the bureau as rule files write it. */
export function instantOf(text: string): Date {
  const at = new Date(`${text.replace(' ', 'T')}${text.includes('T') || text.includes(' ') ? '' : 'T00:00'}+08:00`);
  if (Number.isNaN(at.getTime())) throw new RangeError(`not an instant: ${text}`);
  return at;
}

let last = 0;
/** Ids in ascending order, so that occurrences come back as they were written. */
function nextId(): string {
  last += 1;
  return `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`;
}

type Given = Readonly<Record<string, unknown>>;

/** Writes the facts of an example as state rows, with its parts, related rows and what it refers to. Returns its id. */
export async function insertGiven(tx: Tx, type: string, given: Given): Promise<string> {
  const table = tableOf(registry.get(type));
  return insertRow(tx, table, table.part === null && 'unit' in table.facts ? { unit: station, ...given } : given, {
    version: 1,
    created_at: new Date(0),
    updated_at: new Date(0),
  });
}

/** Columns that are known by their ids. */
const already = Symbol('columns');

/** A row that a relation collects; one that is a part gets a subject of its own. */
async function insertRelated(tx: Tx, relation: Relation, given: Given): Promise<string> {
  const to = registry.target(relation);
  if (to.part === null) return insertGiven(tx, relation.to, given);
  const { [to.type.name]: parent, ...row } = given;
  const key = await insertGiven(tx, relation.to, (parent as Given | undefined) ?? {});
  return insertRow(tx, to, row, { [to.key]: key, seq: 1 });
}

async function insertRow(tx: Tx, table: Table, given: Given, frame: Record<string, unknown>): Promise<string> {
  const id = nextId();
  const { [already]: taken, ...facts } = given as Given & { [already]?: Record<string, unknown> };
  const columns: Record<string, unknown> = { id, ...frame, ...taken };
  const later: (() => Promise<void>)[] = [];
  for (const [name, value] of Object.entries(facts)) {
    const fact = table.facts[name];
    const relation = table.relations[name];
    if (fact)
      columns[columnOf(name, fact)] =
        fact.kind === 'subject' ? await insertGiven(tx, fact.to ?? '', value as Given) : storedOf(fact, value);
    else if (table.part === null && table.type.parts[name]) {
      const part = tableOf(table.type, name);
      for (const [i, row] of (value as Given[]).entries())
        later.push(async () => void (await insertRow(tx, part, row, { [part.key]: id, seq: i + 1 })));
    } else if (relation?.kind === 'overlapping') {
      for (const row of value as Given[]) {
        later.push(async () => {
          const their = await insertRelated(tx, relation, row);
          await tx.sql('INSERT INTO link (relation, own_id, their_id) VALUES ($1, $2, $3)', [relation.code, id, their]);
        });
      }
    } else if (relation) {
      const to = registry.target(relation);
      const pairs: (readonly [string, string])[] = relation.kind === 'same' ? [...relation.match] : [];
      for (const row of value as Given[]) {
        later.push(async () => {
          // what makes it a related row need not be said again
          const keys = Object.fromEntries(
            pairs
              .filter(([, theirs]) => !(theirs in row))
              .map(([own, theirs]) => [columnOf(theirs, to.facts[theirs]!), columns[columnOf(own, table.facts[own]!)]]),
          );
          if (relation.kind === 'many') keys[columnOf(relation.by, to.facts[relation.by]!)] = id;
          await insertRelated(tx, relation, { ...row, [already]: keys });
        });
      }
    } else throw new Error(`${table.name} has neither a fact nor a part ${name}`);
  }
  const names = Object.keys(columns);
  await tx.sql(
    `INSERT INTO ${quote(table.name)} (${names.map(quote).join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(columns),
  );
  for (const write of later) await write();
  return id;
}

function storedOf(fact: Fact, value: unknown): unknown {
  if (fact.kind === 'instant') return instantOf(String(value));
  if (fact.kind === 'person') return personOf(value);
  if (fact.kind === 'persons') return (value as unknown[]).map(personOf);
  return value;
}

const personOf = (value: unknown): number => {
  const id = typeof value === 'number' ? value : cast[String(value)];
  if (id === undefined) throw new Error(`nobody is called ${String(value)}`);
  return id;
};

/** A duty as one line, so that differences can be read. */
export interface Row {
  subject_id: string;
  occurrence: string;
  unit_id: number | null;
  person_id: number | null;
  opened_at: Date;
  due_at: Date | null;
  warn_at: Date | null;
  met_at: Date | null;
  verdict: number;
  severity: number;
}
const iso = (at: Date | null): string => at?.toISOString() ?? '–';
export const lineOf = (code: string, row: Row): string =>
  `${code} ${row.subject_id} ${row.occurrence === noOccurrence ? '·' : row.occurrence} unit ${row.unit_id} person ${row.person_id} opened ${iso(row.opened_at)} due ${iso(row.due_at)} warn ${iso(row.warn_at)} met ${iso(row.met_at)} verdict ${row.verdict} severity ${row.severity}`;

/** Undoes a transaction on purpose. */
export class Undo extends Error {}
export const undone = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
};
