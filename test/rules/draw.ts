import fc from 'fast-check';
import type { Tx } from '../../server/kernel/database.ts';
import type { CompiledRule, Excuse, FactRow, FeedInterval, ParamRow, SubjectFacts } from '../../server/rules/rule.ts';
import { quote } from '../../server/subjects/ddl.ts';
import type { Fact, Relation } from '../../server/subjects/define.ts';
import { columnOf, type Registry, type Table, tableOf } from '../../server/subjects/registry.ts';

/** Draws values as it goes. */
export type Draw = fc.GeneratorValue;

/** People and units, as `drawWorld` writes them: a bureau with two stations, one of them with a squad below it. */
const units: (FactRow & { path: number[] })[] = [
  { id: 1, name: '分局', short: '分局', kind: 'county', area: null, path: [1] },
  { id: 11, name: '甲派出所', short: '甲所', kind: 'station', area: 'urban', path: [1, 11] },
  { id: 12, name: '乙派出所', short: '乙所', kind: 'station', area: 'rural', path: [1, 12] },
  { id: 111, name: '甲所一队', short: '一队', kind: 'squad', area: 'urban', path: [1, 11, 111] },
];
const people: FactRow[] = [
  ['police', 'basic'],
  ['police', 'none'],
  ['police', 'high'],
  ['auxiliary', 'none'],
  ['auxiliary', 'basic'],
  ['civilian', 'none'],
].map(([kind, qualification], i) => {
  const unit = units[i % units.length]!;
  return {
    id: i + 1,
    name: `民警${i + 1}`,
    kind,
    qualification,
    qualified: kind === 'police' && qualification !== 'none',
    unit,
  };
});

export const pathOf = (id: number): readonly number[] => units.find((unit) => unit.id === id)?.path ?? [];

/** Writes the people and units once. */
export async function writePeople(tx: Tx): Promise<void> {
  for (const { id, name, short, kind, area, path } of units) {
    await tx.sql('INSERT INTO unit (id, code, name, short, kind, area, path) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      id,
      String(id),
      name,
      short,
      kind,
      area,
      path,
    ]);
  }
  for (const { id, name, kind, qualification, unit } of people) {
    await tx.sql(
      'INSERT INTO person (id, number, name, kind, qualification, unit_id) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, String(id), name, kind, qualification, (unit as FactRow).id],
    );
  }
}

export interface World {
  subjects: SubjectFacts[];
  params: ParamRow[];
  feeds: FeedInterval[];
  excuses: Excuse[];
  now: Date;
  /** Rows to insert, table by table, in an order that satisfies references. */
  rows: { table: Table; columns: Record<string, unknown>; facts: FactRow }[];
  links: { relation: number; own: string; their: string }[];
}

const hour = 3_600_000;
const day = 24 * hour;
/** Distances at which limits lie, and the moments around them. */
const steps = [
  0,
  60_000,
  3 * 60_000,
  8 * 60_000,
  15 * 60_000,
  30 * 60_000,
  hour,
  2 * hour,
  24 * hour,
  3 * day,
  7 * day,
  30 * day,
  60 * day,
  90 * day,
];
const jitters = [0, 0, 0, 1, -1, 1000, -1000, 5000, 5001, 4 * hour];
/** A spring festival, a golden week, the last published days, an unpublished year, the edges of local days. */
const bases = [
  '2026-02-13T02:00:00Z',
  '2025-09-28T15:59:59.999Z',
  '2025-12-31T15:59:59.999Z',
  '2025-12-31T16:00:00Z',
  '2026-03-31T08:30:00.123Z',
  '2026-11-30T16:00:00Z',
  '2027-01-28T03:00:00Z',
  '2015-11-30T16:00:00Z',
  '2024-02-29T04:00:00Z',
];

let last = 0;
const nextId = (): string => {
  last += 1;
  return `00000000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`;
};

/** A world for one rule: only facts that it reads are drawn (others say nothing), values that its text names more often. */
export function drawWorld(
  g: Draw,
  registry: Registry,
  rule: CompiledRule,
  text: string,
  size: number,
  complete = false,
): World {
  const world: World = { subjects: [], params: [], feeds: [], excuses: [], now: new Date(0), rows: [], links: [] };
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, { max: values.length - 1 })]!;
  const chance = (percent: number): boolean => g(fc.nat, { max: 99 }) < percent;
  const missing = complete ? 0 : pick([0, 10, 35]);
  let base = Date.parse(pick(bases));
  const moment = (): Date => new Date(base + pick(steps) + (chance(30) ? pick(steps) : 0) + pick(jitters));
  const read = new Set(rule.reads);
  const reads = (table: Table, fact: string): boolean => read.has(`${table.name}.${fact}`);

  const options = (fact: Fact): string => {
    const all = Object.keys(fact.options ?? {});
    const named = all.filter((one) => text.includes(`'${one}'`));
    return pick(named.length > 0 && chance(75) ? named : all);
  };
  // named twice now and then; not where CEL looks on, which would count them twice
  const drawnPeople = (): FactRow[] => {
    const drawn = Array.from({ length: g(fc.nat, { max: 3 }) }, () => pick(people));
    return complete ? [...new Set(drawn)] : drawn;
  };
  const value = (fact: Fact): unknown => {
    switch (fact.kind) {
      case 'instant':
        return moment();
      case 'date':
        return moment().toISOString().slice(0, 10);
      case 'choice':
        return options(fact);
      case 'choices':
        return Array.from({ length: g(fc.nat, { max: 3 }) }, () => options(fact));
      case 'flag':
        return chance(50);
      case 'int':
        return g(fc.integer, { min: -2, max: 4 });
      case 'ratio':
        return pick([0, 0.1, 0.2, 0.3, 0.95, 1, 2.5]);
      case 'money':
        return pick([0, 0.1, 0.2, 0.3, 500, 999.99, 1000, 1000.01]);
      case 'person':
        return pick(people);
      case 'persons':
        return drawnPeople();
      case 'unit':
        return pick(units);
      default:
        return pick(['甲', "o'brien", 'back\\slash', '', 'x" y']);
    }
  };
  const stored = (fact: Fact, drawn: unknown): unknown => {
    if (fact.kind === 'persons') return (drawn as FactRow[]).map(({ id }) => id);
    return ['person', 'unit', 'subject'].includes(fact.kind) ? (drawn as FactRow).id : drawn;
  };

  const pools = new Map<string, FactRow[]>();
  /** Subjects of another type that several of ours point to. */
  const pool = (type: string): FactRow[] => {
    const found = pools.get(type);
    if (found) return found;
    const rows: FactRow[] = [];
    pools.set(type, rows);
    const count = 1 + g(fc.nat, { max: 3 });
    for (let i = 0; i < count; i += 1) rows.push(row(tableOf(registry.get(type)), {}));
    return rows;
  };

  const row = (table: Table, given: Record<string, unknown>): FactRow => {
    const id = nextId();
    const facts: Record<string, unknown> = { id };
    const columns: Record<string, unknown> =
      table.part === null ? { id, version: 1, created_at: new Date(0), updated_at: new Date(0) } : { id };
    for (const [name, fact] of Object.entries(table.facts)) {
      if (name in given) {
        facts[name] = given[name];
        columns[columnOf(name, fact)] = stored(fact, given[name]);
      } else if (reads(table, name) && !chance(missing) && fact.kind !== 'json' && fact.kind !== 'uuid') {
        // a type that points to itself (a repeated complaint) has nobody to point to until its first row is there
        const others = fact.kind === 'subject' ? pool(fact.to ?? '') : [];
        if (fact.kind === 'subject' && others.length === 0) continue;
        const drawn = fact.unique ? id : fact.kind === 'subject' ? pick(others) : value(fact);
        facts[name] = drawn;
        columns[columnOf(name, fact)] = stored(fact, drawn);
      }
    }
    for (const relation of Object.values(table.relations)) relate(table, relation, id, facts);
    world.rows.push({ table, columns, facts: facts as FactRow });
    if (table.part === null) {
      for (const name of Object.keys(table.type.parts)) {
        const part = tableOf(table.type, name);
        if (![...read].some((one) => one.startsWith(`${part.name}.`))) continue;
        facts[name] = Array.from({ length: g(fc.nat, { max: 3 }) }, (_, i) => {
          const made = row(part, {});
          const own = world.rows.findLast((one) => one.columns.id === made.id)!;
          Object.assign(own.columns, { [part.key]: id, seq: i + 1 });
          own.facts = Object.assign(made, { [table.type.name]: facts });
          return made;
        });
      }
    }
    return facts as FactRow;
  };

  const later: (() => void)[] = [];
  /** Rows for a relation to find; what it finds is worked out at the end, from all that there is. */
  const relate = (table: Table, relation: Relation, id: string, facts: Record<string, unknown>): void => {
    const to = registry.target(relation);
    if (relation.kind === 'overlapping') {
      if (!read.has(`link.${relation.code}`)) return;
      const pooled = pool(relation.to);
      const rows = to.part === null ? pooled : pooled.flatMap((one) => (one[to.part!] ?? []) as FactRow[]);
      for (const their of rows)
        if (chance(60)) world.links.push({ relation: relation.code, own: id, their: String(their.id) });
      return;
    }
    if (relation.kind === 'same') {
      if (relation.match.every(([, theirs]) => read.has(`${to.name}.${theirs}`))) pool(relation.to);
      return;
    }
    // only what points to the subject itself is drawn: deeper chains would never end
    if (table.name !== rule.subject || !read.has(`${to.name}.${relation.by}`)) return;
    later.push(() => {
      const count = g(fc.nat, { max: 3 });
      for (let i = 0; i < count; i += 1) row(to, { [relation.by]: facts });
    });
  };

  const table = tableOf(registry.get(rule.subject));
  for (let i = 0; i < size; i += 1) {
    if (chance(30)) base = Date.parse(pick(bases));
    world.subjects.push(row(table, {}) as SubjectFacts);
    for (const run of later.splice(0)) run();
  }
  relateAll(registry, world);
  // to-one facts of ours may have filled pools of our own type: they are rows, not subjects of this world
  const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);
  for (const { name, values } of rule.params) {
    for (const { key, amount } of values) {
      if (!chance(3))
        world.params.push({
          rule: rule.code,
          name,
          key,
          unitId: null,
          fromOn: pick(['-infinity', rule.inForce.from]),
          toOn: null,
          amount,
        });
      if (chance(15))
        world.params.push({
          rule: rule.code,
          name,
          key,
          unitId: pick(units).id as number,
          fromOn: pick(['-infinity', dayText(base)]),
          toOn: pick([null, dayText(base + 40 * day)]),
          amount: pick([amount, amount + 1, amount * 2, 0]),
        });
      if (chance(10))
        world.params.push({
          rule: rule.code,
          name,
          key,
          unitId: null,
          fromOn: dayText(base + day),
          toOn: pick([null, dayText(base + 3 * day)]),
          amount: amount + 1,
        });
    }
  }
  world.params = [
    ...new Map(world.params.map((one) => [`${one.name} ${one.key} ${one.unitId} ${one.fromOn}`, one])).values(),
  ];
  for (const feed of rule.needs) {
    if (chance(50))
      world.feeds.push({ feed, unitId: null, from: new Date('2000-01-01T00:00:00Z'), to: pick([null, moment()]) });
    for (let i = g(fc.nat, { max: 3 }); i > 0; i -= 1) {
      const from = moment();
      world.feeds.push({
        feed,
        unitId: pick([null, 1, 11, 12, 111]),
        from,
        to: pick([null, new Date(from.getTime() + pick(steps.slice(1)))]),
      });
    }
  }
  world.now = pick([moment(), moment(), new Date('2028-06-01T00:00:00Z')]);
  return world;
}

/** What each relation finds, by its definition: every row is held against every other. */
function relateAll(registry: Registry, world: World): void {
  const same = (a: unknown, b: unknown): boolean => a != null && b != null && keyOf(a) === keyOf(b);
  const keyOf = (value: unknown): unknown =>
    value instanceof Date
      ? value.getTime()
      : typeof value === 'object' && value !== null
        ? (value as FactRow).id
        : value;
  for (const { table, facts } of world.rows) {
    for (const [name, relation] of Object.entries(table.relations)) {
      const to = registry.target(relation);
      const linked = new Set(
        relation.kind === 'overlapping'
          ? world.links.filter((one) => one.relation === relation.code && one.own === facts.id).map((one) => one.their)
          : [],
      );
      const found = world.rows.filter(
        (one) =>
          one.table.name === to.name &&
          (relation.kind === 'many'
            ? same(one.facts[relation.by], facts)
            : relation.kind === 'overlapping'
              ? linked.has(String(one.facts.id))
              : one.facts !== facts && relation.match.every(([own, theirs]) => same(facts[own], one.facts[theirs]))),
      );
      Object.assign(facts, { [name]: found.map((one) => one.facts) });
    }
  }
}

/** Excuses are for duties that there are; they are drawn once the duties are known. */
export function drawExcuses(
  g: Draw,
  rule: CompiledRule,
  duties: readonly { subjectId: string; occurrence: string }[],
  now: Date,
): Excuse[] {
  return duties
    .filter(() => g(fc.nat, { max: 9 }) === 0)
    .map(({ subjectId, occurrence }) => ({
      rule: rule.code,
      subjectId,
      occurrence,
      until: [null, new Date(now.getTime() + 1), now][g(fc.nat, { max: 2 })]!,
    }));
}

/** Inserts a world: a statement a table. */
export async function writeWorld(tx: Tx, registry: Registry, world: World): Promise<void> {
  const tables = new Map<string, { table: Table; rows: Record<string, unknown>[] }>();
  for (const { table, columns } of world.rows) {
    const group = tables.get(table.name) ?? { table, rows: [] };
    tables.set(table.name, group);
    group.rows.push(columns);
  }
  const order = registry.types.flatMap((type) => registry.tables(type)).map(({ name }) => name);
  for (const { table, rows } of [...tables.values()].sort(
    (a, b) => order.indexOf(a.table.name) - order.indexOf(b.table.name),
  )) {
    const text = `INSERT INTO ${quote(table.name)} SELECT * FROM jsonb_populate_recordset(NULL::${quote(table.name)}, $1::jsonb)`;
    await tx.sql(text, [JSON.stringify(rows)]);
  }
  for (const { relation, own, their } of world.links)
    await tx.sql('INSERT INTO link (relation, own_id, their_id) VALUES ($1, $2, $3)', [relation, own, their]);
  for (const { rule, name, key, unitId, fromOn, toOn, amount } of world.params) {
    await tx.sql(
      'INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, to_on, amount) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [rule, name, key, unitId, fromOn, toOn, amount],
    );
  }
  for (const { feed, unitId, from, to } of world.feeds)
    await tx.sql('INSERT INTO feed_interval (feed, unit_id, from_at, to_at) VALUES ($1, $2, $3, $4)', [
      feed,
      unitId,
      from,
      to,
    ]);
}
