import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { locks } from '../kernel/locks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

/** Kinds of units; 'bureau' (county bureau or branch) bounds the scope of that name. */
export const unitKinds = {
  city: { zh: '市局', en: 'City bureau' },
  bureau: { zh: '县(市、区)局、分局', en: 'County bureau or branch' },
  station: { zh: '派出所', en: 'Police station' },
  brigade: { zh: '办案大队', en: 'Brigade' },
  legal: { zh: '法制部门', en: 'Legal office' },
  inspection: { zh: '督察部门', en: 'Inspection office' },
  command: { zh: '情报指挥中心', en: 'Command centre' },
  centre: { zh: '执法办案管理中心', en: 'Case-handling centre' },
  property: { zh: '涉案财物管理中心', en: 'Property centre' },
  petitions: { zh: '信访部门', en: 'Petitions office' },
  office: { zh: '其他部门', en: 'Other office' },
} as const;

export interface UnitInput {
  code: string;
  name: string;
  short: string;
  kind: string;
  parentId: number | null;
  area: 'urban' | 'suburban' | 'rural' | null;
}

export const unitColumns = `u.id, u.code, u.name, u.short, u.kind, u.parent_id AS "parentId", u.path, u.area, u.closed_at AS "closedAt"`;

/** The next number of a table that has no sequence: ids of units and people stay small and are given rarely. */
export async function nextId(uow: UnitOfWork, table: 'unit' | 'person'): Promise<number> {
  await uow.sql(`SELECT pg_advisory_xact_lock(${locks.nextNumber}, '${table}'::regclass::oid::int)`);
  const [row] = await uow.sql<{ id: number }>(`SELECT coalesce(max(id), 0) + 1 AS id FROM ${table}`);
  return row?.id ?? 1;
}

export async function createUnit(uow: UnitOfWork, input: UnitInput): Promise<number> {
  await holdTree(uow);
  await refuseSameCode(uow, input.code, 0);
  await refuseSecondTop(uow, input.parentId, 0);
  const id = await nextId(uow, 'unit');
  const path = [...(await pathOf(uow, input.parentId)), id];
  await uow.sql(
    'INSERT INTO unit (id, code, name, short, kind, parent_id, path, area) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, input.code, input.name, input.short, input.kind, input.parentId, path, input.area],
  );
  uow.log({ action: 'unit.create', objectType: 'unit', objectId: String(id), changes: { ...input } });
  return id;
}

/** Changes a unit; everything below moves along with it. Closing keeps its history. */
export async function changeUnit(uow: UnitOfWork, id: number, input: UnitInput & { closed: boolean }): Promise<void> {
  await holdTree(uow);
  await refuseSecondTop(uow, input.parentId, id);
  const [before] = await uow.sql<{ path: number[]; parent_id: number | null; kind: string; area: string | null }>(
    'SELECT path, parent_id, kind, area FROM unit WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!before) throw notFound();
  await refuseSameCode(uow, input.code, id);
  const above = await pathOf(uow, input.parentId);
  if (above.includes(id))
    throw conflict('unit.below-itself', { zh: '单位不能隶属于自己的下级', en: 'A unit cannot lie below itself' });
  await uow.sql(
    'UPDATE unit SET code = $2, name = $3, short = $4, kind = $5, parent_id = $6, area = $7, closed_at = CASE WHEN $8 THEN coalesce(closed_at, $9) END WHERE id = $1',
    [id, input.code, input.name, input.short, input.kind, input.parentId, input.area, input.closed, uow.now],
  );
  await uow.sql('UPDATE unit SET path = $2::int[] || path[$3::int:] WHERE path @> ARRAY[$1::int]', [
    id,
    above,
    before.path.length,
  ]);
  const facts = (['kind', 'area'] as const).filter((name) => before[name] !== input[name]).map((one) => `unit.${one}`);
  if (facts.length > 0) uow.changed([{ type: 'unit', id: String(id), facts }]);
  uow.log({ action: 'unit.change', objectType: 'unit', objectId: String(id), changes: { ...input } });
}

/** One change of the tree at a time: two that move units below one another would make a circle, or paths that lie. */
const holdTree = (uow: UnitOfWork) => uow.sql('SELECT pg_advisory_xact_lock($1)', [locks.unitTree]);

/** One bureau, one top: whoever stands over it would else be over nothing of the second. */
async function refuseSecondTop(uow: UnitOfWork, parent: number | null, except: number): Promise<void> {
  // a roster may bring several trees, each by its own file
  if (parent !== null || uow.actor.role === 'system') return;
  const top = await uow.sql('SELECT 1 FROM unit WHERE parent_id IS NULL AND id <> $1 LIMIT 1', [except]);
  const text = { zh: '请选择上级单位：最高一级单位只有一个', en: 'Choose the unit above: there is one top unit only' };
  if (top.length > 0) throw badInput('unit.second-top', text, [{ path: 'parentId', ...text }]);
}

async function pathOf(uow: UnitOfWork, parent: number | null): Promise<number[]> {
  if (parent === null) return [];
  const [row] = await uow.sql<{ path: number[] }>('SELECT path FROM unit WHERE id = $1', [parent]);
  if (!row) throw notFound();
  return row.path;
}

async function refuseSameCode(uow: UnitOfWork, code: string, except: number): Promise<void> {
  const same = await uow.sql('SELECT 1 FROM unit WHERE code = $1 AND id <> $2', [code, except]);
  if (same.length > 0)
    throw conflict(
      'unit.duplicate-code',
      { zh: `单位代码“${code}”已经存在`, en: `Unit code "${code}" exists already` },
      { field: 'code' },
    );
}
