import type pg from 'pg';

/** A duty found broken, as every contender must find it: instants in milliseconds. */
export interface Broken {
  rule: string;
  subject: string;
  occurrence: string;
  opened: number;
  due: number;
  met: number | null;
}

/** What the rules below read of an alarm, a case and its dispatches; instants in milliseconds. */
export interface AlarmRow {
  id: string;
  priority: string | null;
  disposition: string | null;
  area: string | null;
  received: number | null;
  reported: number | null;
  handled: number | null;
  complex: boolean | null;
  intake: string | null;
  feedback: string | null;
  no_case: number | null;
  answered: number | null;
  re_reports: number | null;
  dispatches: DispatchRow[];
}

export interface DispatchRow {
  id: string;
  alarm_id: string;
  on_scene: boolean | null;
  sent: number | null;
  arrived: number | null;
  handled: number | null;
  fed_back: number | null;
  delay_reported: number | null;
}

/** The rules that all contenders judge: two of the alarm, two of each dispatch; limits by area, days that roll. */
export const contested = ['ALM-02', 'ALM-03', 'ALM-04a', 'ALM-09'] as const;

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Reads the state rows as a program would that judges outside the database. */
export async function loadRows(client: pg.Client): Promise<AlarmRow[]> {
  const { rows } = await client.query<AlarmRow>(
    `SELECT a.id, a.priority, a.disposition, a.area, ${ms('a.received_at')} AS received, ${ms('a.reported_at')} AS reported,
       ${ms('a.handled_at')} AS handled, a.complex, a.intake_category AS intake, a.feedback_category AS feedback, a.re_reports,
       CASE WHEN a.no_case_reason IS NOT NULL THEN ${ms('a.no_case_at')} END AS no_case,
       ${ms('least(c.accepted_at, c.filed_at, c.refused_at, c.on_spot_at, c.merged_at, c.transferred_at)')} AS answered
     FROM alarm a LEFT JOIN "case" c ON c.id = a.case_id`,
  );
  const sent = await client.query<DispatchRow>(
    `SELECT id, alarm_id, on_scene, ${ms('sent_at')} AS sent, ${ms('arrived_at')} AS arrived, ${ms('handled_at')} AS handled,
       ${ms('fed_back_at')} AS fed_back, ${ms('delay_reported_at')} AS delay_reported FROM alarm_dispatch`,
  );
  const byId = new Map<string, AlarmRow>();
  for (const row of rows) {
    row.dispatches = [];
    byId.set(row.id, row);
  }
  for (const row of sent.rows) byId.get(row.alarm_id)?.dispatches.push(row);
  return rows;
}

/** The duties of the contested rules with their terms computed, before anything is compared. */
export interface Duty {
  rule: (typeof contested)[number];
  alarm: AlarmRow;
  occurrence: string;
  onScene: boolean | null;
  opened: number;
  due: number;
  met: number | null;
  excused: boolean;
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const east = 8 * hour;
const limits: Readonly<Record<string, number>> = { urban: 8 * minute, suburban: 15 * minute, rural: 30 * minute };
const none = '00000000-0000-0000-0000-000000000000';

/** `next` holds for each day since 1970 the first working day from it on. */
export function dutiesOf(alarm: AlarmRow, next: ReadonlyMap<number, number>): Duty[] {
  const duties: Duty[] = [];
  const base = { alarm, excused: false };
  const sent = leastOf(alarm.dispatches.map((one) => one.sent));
  if (alarm.received !== null)
    duties.push({
      ...base,
      rule: 'ALM-02',
      occurrence: none,
      onScene: null,
      opened: alarm.received,
      due: alarm.received + 3 * minute,
      met: sent === null || alarm.reported === null ? null : Math.max(sent, alarm.reported),
    });
  const handled = alarm.handled ?? greatestOf(alarm.dispatches.map((one) => one.handled));
  if (handled !== null) {
    const days = alarm.complex || alarm.intake === 'criminal' || alarm.feedback === 'criminal';
    const last = Math.floor((handled + east) / day) + 3;
    const answered = leastOf([alarm.answered, alarm.no_case]);
    duties.push({
      ...base,
      rule: 'ALM-09',
      occurrence: none,
      onScene: null,
      opened: handled,
      due: days ? ((next.get(last) ?? last) + 1) * day - east - 1 : handled + 24 * hour,
      met: answered === null ? null : Math.max(answered, handled),
    });
  }
  for (const one of alarm.dispatches) {
    const of = { ...base, occurrence: one.id, onScene: one.on_scene };
    const limit = limits[alarm.area ?? ''];
    if (one.sent !== null && limit !== undefined)
      duties.push({
        ...of,
        rule: 'ALM-03',
        opened: one.sent,
        due: one.sent + limit,
        met: one.arrived,
        excused: one.delay_reported !== null && (one.arrived === null || one.delay_reported <= one.arrived),
      });
    if (one.handled !== null)
      duties.push({ ...of, rule: 'ALM-04a', opened: one.handled, due: one.handled + 24 * hour, met: one.fed_back });
  }
  return duties;
}

const leastOf = (values: readonly (number | null)[]): number | null =>
  values.reduce((least, value) => (value === null ? least : least === null ? value : Math.min(least, value)), null);
const greatestOf = (values: readonly (number | null)[]): number | null =>
  values.reduce((most, value) => (value === null ? most : most === null ? value : Math.max(most, value)), null);

/** Alarms that need nobody on the scene. */
export const offScene = ['withdrawn', 'by_phone', 'duplicate', 'diverted'];
export const caseLike = ['criminal', 'public_order'];

export async function workingDays(client: pg.Client): Promise<Map<number, number>> {
  const { rows } = await client.query<{ day: number; next: number }>(
    `SELECT day - date '1970-01-01' AS day, next_working - date '1970-01-01' AS next FROM calendar_day`,
  );
  return new Map(rows.map((row) => [row.day, row.next]));
}

/** Writes what was found with its evidence, as a back-test does. */
export async function writeBroken(client: pg.Client, broken: readonly Broken[]): Promise<void> {
  await client.query('DROP TABLE IF EXISTS bench_peer');
  await client.query(
    'CREATE TEMP TABLE bench_peer (rule text, subject uuid, occurrence uuid, opened timestamptz, due timestamptz, met timestamptz)',
  );
  await client.query(
    `INSERT INTO bench_peer SELECT r, s, o, to_timestamp(p / 1000), to_timestamp(d / 1000), to_timestamp(m / 1000)
     FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::float8[], $5::float8[], $6::float8[]) AS x(r, s, o, p, d, m)`,
    [
      broken.map((one) => one.rule),
      broken.map((one) => one.subject),
      broken.map((one) => one.occurrence),
      broken.map((one) => one.opened),
      broken.map((one) => one.due),
      broken.map((one) => one.met),
    ],
  );
}
