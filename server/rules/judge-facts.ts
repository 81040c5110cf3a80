import type { Tx } from '../kernel/database.ts';
import { quote } from '../subjects/ddl.ts';
import type { Fact, Relation } from '../subjects/define.ts';
import { columnOf, type Registry, type Table, tableOf } from '../subjects/registry.ts';
import { parentFact } from './language.ts';
import { matching } from './print-rows.ts';
import type { CompiledRule, FactRow, SubjectFacts } from './rule.ts';
import { merged, type Shape, wholeShape } from './shape.ts';

type Raw = Record<string, unknown> & { id: string };
/** `within`: the row of the subject that a part was found in. */
type Build = (raw: Raw, within?: object) => FactRow;

/**
 * Reads subjects as rules see them in memory (FactRow): for sentences, for what a finding keeps, and for comparison
 * with SQL. What is followed from them is what `rules` read; without rules, all that lies near.
 */
export async function loadSubjects(
  tx: Tx,
  registry: Registry,
  type: string,
  ids: readonly string[],
  rules?: readonly CompiledRule[],
): Promise<SubjectFacts[]> {
  const loader = new Loader(tx, registry);
  const table = tableOf(registry.get(type));
  const rows = await tx.sql<Raw>(`SELECT * FROM ${quote(table.name)} WHERE id = ANY($1::uuid[]) ORDER BY id`, [ids], {
    name: `facts ${table.name}`,
  });
  const mine = rules?.filter((rule) => rule.subject === type);
  const build = await loader.prepare(
    table,
    rows,
    mine ? merged(mine.map(({ shape }) => shape)) : wholeShape(registry, table),
  );
  await loader.readPeople();
  return rows.map((row) => build(row) as SubjectFacts);
}

/** Gathers rows table by table first, whatever their number, and builds objects once all are there. */
class Loader {
  private readonly tx: Tx;
  private readonly registry: Registry;
  private readonly personIds = new Set<number>();
  private readonly people = new Map<number, FactRow>();
  private readonly units = new Map<number, FactRow>();

  constructor(tx: Tx, registry: Registry) {
    this.tx = tx;
    this.registry = registry;
  }

  /** Reads everything that rows of this table lead to in this shape, and returns what makes objects of them. */
  async prepare(table: Table, rows: readonly Raw[], shape: Shape): Promise<Build> {
    const lists: [name: string, of: Map<string, { raw: Raw; build: Build }[]>][] = [];
    const single: [name: string, column: string, of: Map<string, { raw: Raw; build: Build }>][] = [];
    const ids = rows.map((row) => row.id);
    for (const [name, fact] of Object.entries(table.facts)) this.notePeople(columnOf(name, fact), fact, rows);
    for (const [name, below] of Object.entries(shape)) {
      const relation = table.relations[name];
      const fact = table.facts[name] ?? (name === table.type.name ? parentFact(table) : undefined);
      if (fact) {
        const found = await this.referred(fact, columnOf(name, fact), rows);
        if (!found) continue;
        const build = await this.prepare(found.table, found.rows, below);
        single.push([name, columnOf(name, fact), new Map(found.rows.map((raw) => [raw.id, { raw, build }]))]);
      } else if (relation) lists.push([name, await this.relation(table, relation, ids, below)]);
      else {
        const of = tableOf(table.type, name);
        const text = `SELECT *, ${quote(of.key)} AS own_id FROM ${quote(of.name)} WHERE ${quote(of.key)} = ANY($1::uuid[]) ORDER BY seq, id`;
        lists.push([name, await this.group(of, text, ids, below, `facts in ${of.name}`)]);
      }
    }
    return (raw, within) => {
      const row: Record<string, unknown> = { id: raw.id };
      if (within && parentFact(table)) row[table.type.name] = within;
      Object.assign(row, {
        ...Object.fromEntries(
          Object.entries(table.facts).map(([name, fact]) => [name, this.value(fact, raw[columnOf(name, fact)])]),
        ),
        ...Object.fromEntries(
          single.map(([name, column, of]) => [
            name,
            raw[column] == null ? null : built(of.get(String(raw[column])), String(raw[column])),
          ]),
        ),
        ...Object.fromEntries(
          lists.map(([name, of]) => {
            const within = name in table.relations ? undefined : row;
            return [name, (of.get(raw.id) ?? []).map((one) => one.build(one.raw, within))];
          }),
        ),
      });
      return row as FactRow;
    };
  }

  /** The subjects that these rows refer to by one fact. */
  private async referred(
    fact: Fact,
    column: string,
    rows: readonly Raw[],
  ): Promise<{ table: Table; rows: Raw[] } | undefined> {
    const type = this.registry.find(fact.to ?? '');
    if (!type) return undefined;
    const table = tableOf(type);
    const wanted = [...new Set(rows.flatMap((row) => (row[column] as string | null) ?? []))];
    if (wanted.length === 0) return { table, rows: [] };
    const text = `SELECT * FROM ${quote(table.name)} WHERE id = ANY($1::uuid[])`;
    const found = await this.tx.sql<Raw>(text, [wanted], { name: `facts to ${table.name}` });
    // what is not here yet has no facts, but others may point to it already
    const absent = wanted.filter((id) => !found.some((row) => row.id === id)).map((id) => ({ id }));
    return { table, rows: [...found, ...absent] };
  }

  private async relation(
    own: Table,
    relation: Relation,
    ids: readonly string[],
    shape: Shape,
  ): Promise<Map<string, { raw: Raw; build: Build }[]>> {
    if (!this.registry.find(relation.to)) return new Map();
    const theirs = this.registry.target(relation);
    const text = `SELECT t.*, o.id AS own_id FROM ${quote(own.name)} o`;
    if (relation.kind === 'same') {
      const pairs = matching(relation, own, 'o', theirs, 't');
      return this.group(
        theirs,
        `${text} JOIN ${quote(theirs.name)} t ON ${pairs} WHERE o.id = ANY($1::uuid[]) ORDER BY t.id`,
        ids,
        shape,
        `facts same ${own.name} ${theirs.name} ${relation.match.flat().join(' ')}`,
      );
    }
    if (relation.kind === 'many') {
      const fact = theirs.facts[relation.by];
      if (!fact) throw new Error(`${theirs.name} has no fact ${relation.by}`);
      const column = quote(columnOf(relation.by, fact));
      return this.group(
        theirs,
        `SELECT *, ${column} AS own_id FROM ${quote(theirs.name)} WHERE ${column} = ANY($1::uuid[]) ORDER BY id`,
        ids,
        shape,
        `facts by ${theirs.name} ${relation.by}`,
      );
    }
    return this.group(
      theirs,
      `SELECT t.*, l.own_id FROM link l JOIN ${quote(theirs.name)} t ON t.id = l.their_id WHERE l.relation = ${relation.code} AND l.own_id = ANY($1::uuid[]) ORDER BY t.id`,
      ids,
      shape,
      `facts linked ${relation.code}`,
    );
  }

  private async group(
    table: Table,
    text: string,
    ids: readonly string[],
    shape: Shape,
    name: string,
  ): Promise<Map<string, { raw: Raw; build: Build }[]>> {
    const rows = ids.length === 0 ? [] : await this.tx.sql<Raw & { own_id: string }>(text, [ids], { name });
    const build = await this.prepare(table, rows, shape);
    const groups = new Map<string, { raw: Raw; build: Build }[]>();
    for (const raw of rows) groups.set(raw.own_id, [...(groups.get(raw.own_id) ?? []), { raw, build }]);
    return groups;
  }

  private notePeople(column: string, fact: Fact, rows: readonly Raw[]): void {
    if (fact.kind !== 'person' && fact.kind !== 'persons') return;
    for (const row of rows) for (const id of [row[column] ?? []].flat() as number[]) this.personIds.add(id);
  }

  async readPeople(): Promise<void> {
    const units = await this.tx.sql<{ id: number }>('SELECT id, name, short, kind, area FROM unit', [], {
      name: 'units in facts',
    });
    for (const unit of units) this.units.set(unit.id, { ...unit });
    const people = await this.tx.sql<{
      id: number;
      number: string;
      name: string;
      kind: string;
      qualified: boolean;
      unit_id: number;
    }>(
      `SELECT id, number, name, kind, kind = 'police' AND qualification <> 'none' AS qualified, unit_id FROM person WHERE id = ANY($1::int[])`,
      [[...this.personIds]],
      { name: 'people in facts' },
    );
    for (const { unit_id, ...person } of people) this.people.set(person.id, { ...person, unit: this.unit(unit_id) });
  }

  private unit = (id: number): FactRow => this.units.get(id) ?? { id };
  private person = (id: number): FactRow => this.people.get(id) ?? { id };

  private value(fact: Fact, stored: unknown): unknown {
    if (stored == null) return null;
    if (fact.kind === 'person') return this.person(Number(stored));
    if (fact.kind === 'persons') return (stored as number[]).map(this.person);
    if (fact.kind === 'unit') return this.unit(Number(stored));
    if (fact.kind === 'subject') return { id: String(stored) };
    return stored;
  }
}

const built = (one: { raw: Raw; build: Build } | undefined, id: string): FactRow => (one ? one.build(one.raw) : { id });
