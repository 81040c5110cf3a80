import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { checkDigit, demonstrationKey, identityHash } from '../organisation/identity.ts';
import { hashPassword, type PasswordCost } from '../organisation/password.ts';
import type { City } from './city.ts';
import { startOf } from './time.ts';
import { demoUnits } from './units.ts';

/** One password for all demonstration accounts; it exists in a demonstration database alone. */
export const demoPassword = 'Lanchuan-2026-yanshi';

/** Founds the city: units, people, posts, feeds. Idempotent: what is there stays. */
export async function foundCity(uow: UnitOfWork, city: City, cost?: PasswordCost): Promise<void> {
  const since = startOf(city.first - city.runIn - 400).toISOString();
  const paths = new Map<number, number[]>();
  for (const unit of demoUnits) paths.set(unit.id, [...(unit.parent ? (paths.get(unit.parent) ?? []) : []), unit.id]);
  await uow.sql(
    `INSERT INTO unit (id, code, name, short, kind, parent_id, path, area)
     SELECT id, code, name, short, kind, parent, ARRAY(SELECT jsonb_array_elements_text(path)::int), area
     FROM jsonb_to_recordset($1::jsonb) AS x(id int, code text, name text, short text, kind text, parent int, path jsonb, area text) ON CONFLICT DO NOTHING`,
    [JSON.stringify(demoUnits.map((unit) => ({ ...unit, path: paths.get(unit.id) })))],
  );
  const hash = await hashPassword(demoPassword, cost);
  await uow.sql(
    `INSERT INTO person (id, number, name, kind, qualification, gender, unit_id, phone, login, password_hash, demo, identity_hash)
     SELECT id, number, name, kind, qualification, gender, unit, phone, login, CASE WHEN login IS NOT NULL THEN $2 END, true, decode(identity, 'hex')
     FROM jsonb_to_recordset($1::jsonb) AS x(id int, number text, name text, kind text, qualification text, gender text, unit int, phone text, login text, identity text) ON CONFLICT DO NOTHING`,
    [
      JSON.stringify(
        city.people.map((person) => ({
          ...person,
          phone: `1990001${String(person.id).padStart(4, '0')}`,
          identity: identityHash(demonstrationKey, identityOf(person.id)).toString('hex'),
        })),
      ),
      hash,
    ],
  );
  await uow.sql(
    `INSERT INTO post (person_id, unit_id, role, from_at)
     SELECT p.id, p.unit, r.role, $2::timestamptz FROM jsonb_to_recordset($1::jsonb) AS p(id int, unit int, roles jsonb), jsonb_array_elements_text(p.roles) r(role)
     WHERE NOT EXISTS (SELECT FROM post o WHERE o.person_id = p.id AND o.role = r.role)`,
    [JSON.stringify(city.people.map(({ id, unit, roles }) => ({ id, unit, roles }))), since],
  );
  await layFeeds(uow, city, since);
}

/** An identity number that nobody has: 9901 is assigned to no place. */
function identityOf(id: number): string {
  const body = `990102${1970 + (id % 30)}${String(1 + (id % 12)).padStart(2, '0')}01${String(id % 1000).padStart(3, '0')}`;
  return body + checkDigit(body);
}

const feeds: Readonly<Record<string, string>> = {
  dispatch: '接处警系统',
  camera_dock: '执法记录仪采集站',
  device_log: '执法记录仪在线日志',
  roster: '勤务排班',
  bank: '金融机构查控反馈',
  area_recorder: '办案区同步录音录像',
};

/** Every unit has its own line to each outside system; the planned outages are the holes in it. */
async function layFeeds(uow: UnitOfWork, city: City, since: string): Promise<void> {
  // What counts as delivering for everybody gives way to a line for each unit.
  await uow.sql('DELETE FROM feed_interval WHERE unit_id IS NULL');
  await uow.sql(
    'INSERT INTO feed (code, name) SELECT key, value FROM jsonb_each_text($1::jsonb) ON CONFLICT DO NOTHING',
    [JSON.stringify(feeds)],
  );
  // A line of a bureau would count for its stations too: only units without others below have one.
  const ends = demoUnits.filter((unit) => !demoUnits.some((other) => other.parent === unit.id));
  const rows = Object.keys(feeds).flatMap((feed) =>
    ends.flatMap((unit) => {
      const holes = city.outages.filter((one) => one.feed === feed && one.unit === unit.id);
      const starts = [since, ...holes.map((one) => one.until.toISOString())];
      const stops = [...holes.map((one) => one.from.toISOString()), null];
      return starts.map((from, i) => ({ feed, unit: unit.id, from_at: from, to_at: stops[i] ?? null }));
    }),
  );
  await uow.sql(
    `INSERT INTO feed_interval (feed, unit_id, from_at, to_at)
     SELECT feed, unit, from_at, to_at FROM jsonb_to_recordset($1::jsonb) AS x(feed text, unit int, from_at timestamptz, to_at timestamptz)`,
    [JSON.stringify(rows)],
  );
}
