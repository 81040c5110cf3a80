import { z } from 'zod';
import { dayOf, endOf } from '../kernel/calendar.ts';
import { type Direction, type Listing, listing } from '../kernel/listing.ts';
import { lineInput } from '../kernel/text.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { Fact, SubjectType } from './define.ts';
import { findIds, Where } from './find.ts';
import { scopeOf, standings } from './guard.ts';
import { columnOf, type Table, tableOf } from './registry.ts';
import { type Row, readReferences, recordColumns, referencesIn } from './rows.ts';
import { nothingShown, seenRecord } from './sight.ts';
import { type Views, verbsOf } from './views.ts';

const int4 = z.int().min(1).max(2_147_483_647);
const several = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).max(500)]);

/** What a list of one kind of fact may be asked for; null: nothing, the fact is not for filtering. */
function filterOf(fact: Fact): z.ZodType | null {
  switch (fact.kind) {
    case 'choice':
    case 'choices':
      return several(z.enum(Object.keys(fact.options ?? {})));
    case 'flag':
      return z.boolean();
    case 'person':
    case 'persons':
    case 'unit':
      return several(int4);
    case 'subject':
    case 'uuid':
      return several(z.uuid());
    case 'text':
      return fact.mask ? null : several(z.string().max(500));
    case 'int':
      return several(z.int());
    default:
      return null;
  }
}

const instantEdges = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** The query of a subject's list: its facts, `<instant>_gte` and `_lte`, `<fact>_null`, `unitId` with all below it, `q`, `id`, `linkedTo`. */
export function listQuery(type: SubjectType) {
  const filters: Record<string, z.ZodType> = {
    q: lineInput(100, 0),
    id: several(z.uuid()),
    unitId: several(int4),
    linkedTo: several(z.uuid()),
  };
  const sortable = ['id', 'version', 'createdAt', 'updatedAt'];
  for (const [name, fact] of Object.entries(type.facts)) {
    // what some readers may not see must not be found out by asking for it
    if (fact.privateBy) continue;
    const filter = filterOf(fact);
    if (filter) filters[name] = filter.nullable();
    if (['instant', 'date', 'int', 'ratio', 'money'].includes(fact.kind)) {
      const edge = fact.kind === 'instant' || fact.kind === 'date' ? instantEdges : z.number();
      filters[`${name}_gte`] = edge;
      filters[`${name}_lte`] = edge;
    }
    filters[`${name}_null`] = z.boolean();
    if (!fact.mask && !['note', 'json', 'persons', 'choices', 'uuid'].includes(fact.kind)) sortable.push(name);
  }
  return listing(filters, sortable, [type.dated, 'DESC']);
}

function scoped(actor: Actor, type: SubjectType): Where {
  const where = new Where();
  const scope = scopeOf(actor, `${type.name}.read`, type, 'r');
  where.texts.push(scope.text);
  where.values.push(...scope.values);
  return where;
}

const column = (table: Table, name: string): string => {
  const fact = table.facts[name];
  if (!fact) throw new Error(`${table.name} has no fact ${name}`);
  return quote(columnOf(name, fact));
};

const arrayOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function addFilter(where: Where, type: SubjectType, key: string, value: unknown): void {
  const table = tableOf(type);
  if (value === undefined || key === 'q') return;
  if (key === 'id') where.add((n) => `r.id = ANY (${n}::uuid[])`, arrayOf(value));
  else if (key === 'unitId') {
    const unit = column(table, type.unit);
    where.add((n) => `r.${unit} IN (SELECT u.id FROM unit u WHERE u.path && ${n}::int[])`, arrayOf(value));
  } else if (key === 'linkedTo') {
    where.add((n) => `r.id IN (SELECT l.their_id FROM link l WHERE l.own_id = ANY (${n}::uuid[]))`, arrayOf(value));
  } else addFactFilter(where, table, key, value);
}

function addFactFilter(where: Where, table: Table, key: string, value: unknown): void {
  const [, name = key, edge] = /^(.*)_(gte|lte|null)$/.exec(key) ?? [];
  const fact = table.facts[name];
  if (!fact) return;
  const col = `r.${column(table, name)}`;
  if (edge === 'null') where.texts.push(`${col} IS ${value ? '' : 'NOT '}NULL`);
  else if (edge) {
    const type = fact.kind === 'instant' ? 'timestamptz' : fact.kind === 'date' ? 'date' : 'numeric';
    where.add((n) => `${col} ${edge === 'gte' ? '>=' : '<='} ${n}::${type}`, edgeOf(fact, edge, value));
  } else if (value === null) where.texts.push(`${col} IS NULL`);
  else if (fact.kind === 'persons' || fact.kind === 'choices') {
    where.add((n) => `${col} && ${n}::${fact.kind === 'persons' ? 'int' : 'text'}[]`, arrayOf(value));
  } else where.add((n) => `${col} = ANY (${n}::${sqlArray(fact)})`, arrayOf(value));
}

/** A bare day given for an instant is a day of the bureau: from its first instant, to its last. */
function edgeOf(fact: Fact, edge: string, value: unknown): unknown {
  if (fact.kind !== 'instant' || typeof value !== 'string' || value.length !== 10) return value;
  const day = dayOf(value);
  return edge === 'gte' ? new Date(endOf(day - 1).getTime() + 1) : endOf(day);
}

function sqlArray(fact: Fact): string {
  if (fact.kind === 'person' || fact.kind === 'unit') return 'int[]';
  if (fact.kind === 'subject' || fact.kind === 'uuid') return 'uuid[]';
  if (fact.kind === 'flag') return 'boolean[]';
  return fact.kind === 'int' ? 'bigint[]' : 'text[]';
}

const frameColumns: Record<string, string> = {
  id: 'id',
  version: 'version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

/** One page of what the actor may read, each row with its verbs and the names of what it refers to. */
export async function readList(
  uow: UnitOfWork,
  views: Views,
  type: SubjectType,
  asked: Listing,
): Promise<{ rows: Row[]; total: number }> {
  const { actor } = uow;
  const table = tableOf(type);
  const where = scoped(actor, type);
  for (const [key, value] of Object.entries(asked.filter)) addFilter(where, type, key, value);
  const [field, direction] = asked.sort;
  const order = orderOf(type, field, direction);
  const { q } = asked.filter;
  if (typeof q === 'string' && q !== '') {
    const found = await findIds(uow, type, q, where, order);
    where.add((n) => `r.id = ANY (${n}::uuid[])`, found);
  }
  const from = `FROM ${quote(table.name)} r WHERE ${where.texts.join(' AND ')}`;
  const [counted] = await uow.sql<{ total: number }>(`SELECT count(*) AS total ${from}`, where.values);
  const total = counted?.total ?? 0;
  if (total <= asked.offset) return { rows: [], total };
  const rows = await uow.sql<Row>(
    `SELECT ${recordColumns(type, 'r')} ${from} ORDER BY ${order} LIMIT ${asked.limit} OFFSET ${asked.offset}`,
    where.values,
  );
  return { rows: await dressed(uow, views, type, rows), total };
}

/** The order by date is the one of the index, newest first with ascending ids; the others put what is missing last. */
function orderOf(type: SubjectType, field: string, direction: Direction): string {
  const by = `r.${frameColumns[field] ?? column(tableOf(type), field)}`;
  if (field === type.dated) return `${by} ${direction}, r.id ${direction === 'DESC' ? 'ASC' : 'DESC'}`;
  return `${by} ${direction} NULLS LAST, r.id ${direction}`;
}

async function dressed(uow: UnitOfWork, views: Views, type: SubjectType, rows: readonly Row[]): Promise<Row[]> {
  const table = tableOf(type);
  const stands = await standings(
    uow,
    uow.actor,
    type,
    rows.map((row) => row.id),
  );
  const references = await readReferences(
    uow,
    views.registry,
    rows.map((row) => ({ table, row })),
  );
  return rows.flatMap((row) => {
    const standing = stands.get(row.id);
    if (!standing) return [];
    const seen = seenRecord({ actor: uow.actor, type, standing, most: 'glimpse' }, row, {}, nothingShown());
    return [
      {
        ...seen,
        ...Object.fromEntries(
          // in a list nobody is asked whether he is one of the few
          Object.entries(type.facts).flatMap(([name, fact]) =>
            fact.privateBy && row[fact.privateBy] === true ? [[name, null]] : [],
          ),
        ),
        refs: referencesIn(table, row, references),
        abilities: verbsOf(views, uow.actor, type, standing, row),
      },
    ];
  });
}
