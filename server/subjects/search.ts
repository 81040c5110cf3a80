import { mayAnywhere } from '../access/actor.ts';
import { containing } from '../kernel/listing.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { listQuery, readList } from './list.ts';
import type { Views } from './views.ts';

export interface Hit {
  type: string;
  id: string | number;
  number: string | null;
  title: string | null;
  unit: string | null;
  at: string | Date | null;
}

/** How many of a kind one search shows; who wants more opens that list. */
const mostOfAKind = 8;

/** Everything that the actor may read whose number, name or text holds `q`, kind by kind. */
export async function searchEverything(uow: UnitOfWork, views: Views, q: string): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const type of views.registry.types) {
    if (!mayAnywhere(uow.actor, `${type.name}.read`)) continue;
    const asked = listQuery(type).parse({ filter: JSON.stringify({ q }), range: `[0,${mostOfAKind - 1}]` });
    const { rows } = await readList(uow, views, type, asked);
    for (const row of rows) {
      const unit = row[type.unit];
      const refs = row['refs'] as Record<string, Record<string, { short?: string }>>;
      hits.push({
        type: type.name,
        id: row.id,
        number: textOf(row[type.number]),
        title: type.title ? textOf(row[type.title]) : null,
        unit: refs['unit']?.[String(unit)]?.short ?? null,
        at: (row[type.dated] as Date | null) ?? null,
      });
    }
  }
  if (mayAnywhere(uow.actor, 'person.read')) {
    hits.push(
      ...(await uow.sql<Hit>(
        `SELECT 'person' AS type, p.id, p.number, p.name AS title, u.short AS unit, NULL AS at FROM person p JOIN unit u ON u.id = p.unit_id
          WHERE fold_text(p.name) LIKE $1 OR fold_text(p.number) LIKE $1 ORDER BY p.number LIMIT ${mostOfAKind}`,
        [containing(q)],
      )),
      ...(await uow.sql<Hit>(
        `SELECT 'unit' AS type, id, code AS number, name AS title, short AS unit, NULL AS at FROM unit
          WHERE fold_text(name) LIKE $1 OR fold_text(short) LIKE $1 OR fold_text(code) LIKE $1 ORDER BY code LIMIT ${mostOfAKind}`,
        [containing(q)],
      )),
    );
  }
  return hits;
}

const textOf = (value: unknown): string | null => (value == null ? null : String(value));
