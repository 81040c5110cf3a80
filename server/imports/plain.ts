import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Mapping } from './mapping.ts';
import { BadCell, type Row } from './values.ts';

/**
 * Writes units or people. A unit is known by its code and a person by the number: one that is there stays as it is.
 * @returns how many were new
 */
export async function writePlain(
  uow: UnitOfWork,
  mapping: Mapping,
  batch: readonly { row: Row; line: number }[],
): Promise<number> {
  const rows = batch.map(({ row }) =>
    Object.fromEntries(Object.entries(mapping.fields).map(([name, cell]) => [name, fieldOf(mapping, cell, row)])),
  );
  const known = new Map<string, Record<string, string | null>>();
  const key = mapping.target === 'unit' ? 'code' : 'number';
  for (const row of rows) {
    const value = row[key];
    if (!value) throw new BadCell(key, `缺少${key === 'code' ? '单位代码' : '警号'} · there is no ${key}`);
    if (!known.has(value)) known.set(value, row);
  }
  const text = mapping.target === 'unit' ? unitText : personText;
  const [{ n } = { n: 0 }] = await uow.sql<{ n: number }>(text, [JSON.stringify([...known.values()])]);
  return n;
}

function fieldOf(mapping: Mapping, cell: Mapping['fields'][string], row: Row): string | null {
  if (typeof cell === 'string') return row[cell]?.trim() || null;
  if (cell.column === undefined) return cell.value === undefined ? null : String(cell.value);
  const raw = [cell.column]
    .flat()
    .map((column) => row[column]?.trim() ?? '')
    .filter(Boolean)
    .join(' ');
  const translated = cell.translate ? mapping.translations[cell.translate]?.[raw] : raw || undefined;
  return translated === undefined ? (cell.otherwise === undefined ? null : String(cell.otherwise)) : String(translated);
}

const unitText = `
  WITH given AS (SELECT *, row_number() OVER () AS n FROM jsonb_to_recordset($1::jsonb) AS x(code text, name text, short text, kind text, parent text, area text)
                 WHERE code NOT IN (SELECT code FROM unit)),
  numbered AS (SELECT g.*, (SELECT coalesce(max(id), 0) FROM unit) + g.n AS id, p.id AS parent_id, p.path AS parent_path FROM given g LEFT JOIN unit p ON p.code = g.parent),
  written AS (INSERT INTO unit (id, code, name, short, kind, parent_id, path, area)
    SELECT id, code, coalesce(name, code), coalesce(short, name, code), coalesce(kind, 'station'), parent_id, coalesce(parent_path, '{}') || id::int, area FROM numbered RETURNING 1)
  SELECT count(*) AS n FROM written`;

const personText = `
  WITH given AS (SELECT *, row_number() OVER () AS n FROM jsonb_to_recordset($1::jsonb) AS x(number text, name text, kind text, qualification text, unit text)
                 WHERE number NOT IN (SELECT number FROM person)),
  numbered AS (SELECT g.*, (SELECT coalesce(max(id), 0) FROM person) + g.n AS id, u.id AS unit_id FROM given g LEFT JOIN unit u ON u.code = g.unit),
  written AS (INSERT INTO person (id, number, name, kind, qualification, unit_id)
    SELECT id, number, coalesce(name, number), coalesce(kind, 'police'), coalesce(qualification, 'none'), coalesce(unit_id, (SELECT min(id) FROM unit)) FROM numbered RETURNING 1)
  SELECT count(*) AS n FROM written`;
