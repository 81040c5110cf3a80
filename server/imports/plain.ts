import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { hashIdentity, type IdentityKey, identityNumber } from '../organisation/identity.ts';
import { identify } from '../organisation/people.ts';
import { createUnit, nextId, unitKinds } from '../organisation/units.ts';
import type { Mapping } from './mapping.ts';
import { BadCell, type Row, readText } from './values.ts';

/** Fields of the targets that are no subjects, with the words each may hold (none said: any). The first is the key. */
export const plainTargets: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  unit: {
    code: [],
    name: [],
    short: [],
    kind: Object.keys(unitKinds),
    parent: [],
    area: ['urban', 'suburban', 'rural'],
  },
  person: {
    number: [],
    name: [],
    kind: ['police', 'auxiliary', 'civilian'],
    qualification: ['none', 'basic', 'middle', 'high'],
    gender: ['male', 'female'],
    unit: [],
    phone: [],
    identity: [],
  },
};

export type PlainRow = Readonly<Record<string, string | null>>;

/** Reads the fields of a unit or a person. @throws BadCell */
export function plainReader(mapping: Mapping): (row: Row) => PlainRow {
  const fields = plainTargets[mapping.target] ?? {};
  const [key = ''] = Object.keys(fields);
  return (row) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, options]) => {
        const cell = mapping.fields[name];
        const value = cell === undefined ? null : readText(mapping, cell, row).value;
        if (name === key && value === null)
          throw new BadCell(columnOf(mapping, name), '此项不能为空 · must not be empty');
        if (value !== null && options.length > 0 && !options.includes(value))
          throw new BadCell(
            columnOf(mapping, name),
            `应为${options.join('、')}之一 · none of ${options.join(', ')}: ${value}`,
          );
        if (name === 'identity' && value !== null) return [name, identityCell(mapping, value)];
        return [name, value?.slice(0, 500) ?? null];
      }),
    );
}

/** The number itself goes into no message. */
function identityCell(mapping: Mapping, value: string): string {
  const { data, success } = identityNumber.safeParse(value);
  if (!success) throw new BadCell(columnOf(mapping, 'identity'), '公民身份号码不正确 · not an identity number');
  return data;
}

function columnOf(mapping: Mapping, field: string): string {
  const cell = mapping.fields[field];
  return typeof cell === 'string' ? cell : [cell?.column ?? field].flat().join(' ');
}

/**
 * Writes units or people; one that is there stays as it is, but for an identity that was not known. The unit above another, and the unit of a person, must be
 * there already or come first in the file. @returns how many were new @throws BadCell for a unit that nobody knows
 */
export const writePlain = (
  uow: UnitOfWork,
  mapping: Mapping,
  rows: readonly PlainRow[],
  identityKey?: IdentityKey,
): Promise<number> =>
  mapping.target === 'unit' ? writeUnits(uow, mapping, rows) : writePeople(uow, mapping, rows, identityKey);

async function writeUnits(uow: UnitOfWork, mapping: Mapping, rows: readonly PlainRow[]): Promise<number> {
  const ids = await unitIds(
    uow,
    rows.flatMap(({ code, parent }) => [code ?? '', parent ?? '']),
  );
  let made = 0;
  for (const { code, name, short, kind, parent, area } of rows) {
    if (!code || ids.has(code)) continue;
    const parentId = parent ? ids.get(parent) : null;
    if (parentId === undefined)
      throw new BadCell(columnOf(mapping, 'parent'), `没有这个上级单位 · there is no unit ${parent}`);
    const shown = name ?? code;
    ids.set(
      code,
      await createUnit(uow, {
        code,
        name: shown,
        short: short ?? shown,
        kind: kind ?? 'office',
        parentId,
        area: area as 'urban' | null,
      }),
    );
    made += 1;
  }
  return made;
}

async function writePeople(
  uow: UnitOfWork,
  mapping: Mapping,
  rows: readonly PlainRow[],
  identityKey: IdentityKey | undefined,
): Promise<number> {
  const units = await unitIds(
    uow,
    rows.map(({ unit }) => unit ?? ''),
  );
  const known = await uow.sql<{ number: string; id: number; has: boolean }>(
    'SELECT number, id, identity_hash IS NOT NULL AS has FROM person WHERE number = ANY($1)',
    [rows.map(({ number }) => number)],
  );
  const seen = new Set(known.map(({ number }) => number));
  const hashes = new Map<string, Buffer>();
  for (const { number, identity } of rows) {
    const hash = await hashIdentity(uow, identityKey, identity);
    if (number && hash) hashes.set(number, hash);
  }
  for (const { number, id, has } of known) {
    const hash = hashes.get(number);
    if (hash && !has) await identify(uow, id, hash);
  }
  const fresh = rows.flatMap(({ number, unit, ...row }) => {
    if (!number || seen.has(number)) return [];
    const unitId = units.get(unit ?? '');
    if (unitId === undefined)
      throw new BadCell(
        columnOf(mapping, 'unit'),
        unit ? `没有这个单位 · there is no unit ${unit}` : '没有单位 · has no unit',
      );
    seen.add(number);
    return [
      {
        number,
        unit_id: unitId,
        name: row['name'] ?? number,
        kind: row['kind'] ?? 'police',
        qualification: row['qualification'] ?? 'none',
        gender: row['gender'] ?? null,
        phone: row['phone'] ?? null,
        identity: hashes.get(number)?.toString('hex') ?? null,
      },
    ];
  });
  if (fresh.length === 0) return 0;
  const first = await nextId(uow, 'person');
  await uow.sql(
    `INSERT INTO person (id, number, name, kind, qualification, gender, unit_id, phone, identity_hash)
     SELECT id, number, name, kind, qualification, gender, unit_id, phone, decode(identity, 'hex')
     FROM jsonb_to_recordset($1::jsonb) AS x (id int, number text, name text, kind text, qualification text, gender text, unit_id int, phone text, identity text)`,
    [JSON.stringify(fresh.map((row, i) => ({ id: first + i, ...row })))],
  );
  for (const [i, { phone: _phone, identity: _identity, unit_id: unitId, ...told }] of fresh.entries()) {
    uow.log({
      action: 'person.create',
      objectType: 'person',
      objectId: String(first + i),
      objectVersion: 1,
      changes: { ...told, unitId },
    });
  }
  return fresh.length;
}

async function unitIds(uow: UnitOfWork, codes: readonly string[]): Promise<Map<string, number>> {
  const rows = await uow.sql<{ code: string; id: number }>('SELECT code, id FROM unit WHERE code = ANY($1)', [
    [...new Set(codes)],
  ]);
  return new Map(rows.map(({ code, id }) => [code, id]));
}
