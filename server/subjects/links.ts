import type { Change, UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import { columnOf, type Overlap, type Registry, type Table } from './registry.ts';

/** Rows that changed, by table name. */
export type ChangedRows = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Brings the table `link` up to date for every overlapping relation one of whose ends changed, and says which
 * subjects own a link that came or went. A relation is found from the declaration; a row without its person, or
 * without a start, overlaps nothing, and an interval without an end is still running (rule-language.md §0.3).
 */
export async function relink(
  uow: UnitOfWork,
  registry: Registry,
  changed: ChangedRows,
  touched: (type: SubjectType) => Pick<Change, 'facts'> = () => ({}),
): Promise<Change[]> {
  const found: Change[] = [];
  for (const overlap of registry.overlaps) {
    const own = [...(changed.get(overlap.own.name) ?? [])];
    const theirs = [...(changed.get(overlap.theirs.name) ?? [])];
    if (own.length + theirs.length === 0) continue;
    const rows = await uow.sql<{ id: string }>(relinkText(overlap), [own, theirs], {
      name: `relink ${overlap.relation.code}`,
    });
    // what a link leads to may have changed without the link
    const { facts } = touched(overlap.theirs.type);
    const type = overlap.own.type.name;
    const what = facts ? { facts: [`link.${overlap.relation.code}`, ...facts] } : {};
    found.push(...rows.map(({ id }) => ({ type, id, ...what })));
  }
  return found;
}

const texts = new Map<number, string>();

function relinkText(overlap: Overlap): string {
  const { own, relation: r, theirs } = overlap;
  const known = texts.get(r.code);
  if (known) return known;
  const column = (table: Table, name: string): string => {
    const fact = table.facts[name];
    if (!fact) throw new Error(`${table.name} has no fact ${name}`);
    return quote(columnOf(name, fact));
  };
  const several = (table: Table, name: string): boolean => table.facts[name]?.kind === 'persons';
  const people = r.people
    .map((name) => (several(own, name) ? `coalesce(o.${column(own, name)}, '{}')` : `array[o.${column(own, name)}]`))
    .join(' || ');
  const [from, until] = [`o.${column(own, r.from)}`, `o.${column(own, r.until)}`];
  const [theirFrom, theirUntil, theirPerson] = [
    `t.${column(theirs, r.theirFrom)}`,
    `t.${column(theirs, r.theirUntil)}`,
    `t.${column(theirs, r.theirPerson)}`,
  ];
  const slack = `interval '${r.slack} seconds'`;
  const longest = `interval '${r.longest} hours'`;
  // Open intervals: touching ends do not overlap. The bounds by `longest` are what an index can use, and the same from either end.
  const overlaps =
    `${theirFrom} < coalesce(${until}, ${from} + ${longest}) + ${slack} AND coalesce(${theirUntil}, ${theirFrom} + ${longest}) > ${from} - ${slack}` +
    ` AND ${theirFrom} > ${from} - ${longest} - ${slack} AND ${from} > ${theirFrom} - ${longest} - ${slack}${own.name === theirs.name ? ' AND t.id <> o.id' : ''}`;
  const isTheirs = several(theirs, r.theirPerson) ? `${theirPerson} @> array[person.p]` : `${theirPerson} = person.p`;
  // OFFSET 0: the stretch of one person's time by the index, where the planner would read and remember all of his rows
  const byOwn = `SELECT o.id AS own_id, t.id AS their_id FROM ${quote(own.name)} o
    CROSS JOIN LATERAL (SELECT DISTINCT p FROM unnest(${people}) p WHERE p IS NOT NULL) person
    CROSS JOIN LATERAL (SELECT t.id FROM ${quote(theirs.name)} t
      WHERE ${isTheirs} AND ${overlaps} OFFSET 0) t
    WHERE o.id = ANY($1::uuid[])`;
  // one branch for each fact that names people, so that its own index can be used
  const byTheirs = r.people
    .map((name) => {
      const mine = `o.${column(own, name)}`;
      if (several(theirs, r.theirPerson))
        return several(own, name) ? `${mine} && ${theirPerson}` : `${mine} = ANY(${theirPerson})`;
      return several(own, name) ? `${mine} @> array[${theirPerson}]` : `${mine} = ${theirPerson}`;
    })
    .map(
      (isOurs) => `SELECT o.id, t.id FROM ${quote(theirs.name)} t
    JOIN ${quote(own.name)} o ON ${isOurs} AND ${from} < coalesce(${theirUntil}, ${theirFrom} + ${longest}) + ${slack} AND ${overlaps}
    WHERE t.id = ANY($2::uuid[]) AND ${theirPerson} IS NOT NULL`,
    )
    .join(' UNION ');
  // OFFSET 0: each is looked up by its id, where the planner, who expects more of them, would read the whole table
  const text = `
    WITH now_linked AS (${byOwn} UNION ${byTheirs}),
    was AS (SELECT own_id, their_id FROM link WHERE relation = ${r.code} AND own_id = ANY($1::uuid[])
            UNION SELECT own_id, their_id FROM link WHERE relation = ${r.code} AND their_id = ANY($2::uuid[])),
    gone AS (DELETE FROM link l USING (SELECT * FROM was EXCEPT SELECT * FROM now_linked) g
             WHERE l.relation = ${r.code} AND l.own_id = g.own_id AND l.their_id = g.their_id RETURNING l.own_id),
    come AS (INSERT INTO link (relation, own_id, their_id)
             SELECT ${r.code}, own_id, their_id FROM (SELECT * FROM now_linked EXCEPT SELECT * FROM was) c ON CONFLICT DO NOTHING RETURNING own_id)
    SELECT DISTINCT o.id FROM (SELECT own_id FROM gone UNION SELECT own_id FROM come
                               UNION SELECT own_id FROM was WHERE their_id = ANY($2::uuid[])) touched
    CROSS JOIN LATERAL (SELECT o.${quote(own.key)} AS id FROM ${quote(own.name)} o WHERE o.id = touched.own_id OFFSET 0) o`;
  texts.set(r.code, text);
  return text;
}
