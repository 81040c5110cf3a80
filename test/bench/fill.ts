import type pg from 'pg';
import type { City } from '../../server/demo/city.ts';

export interface Filled {
  alarms: number;
  dispatches: number;
  recordings: number;
  cases: number;
}

/** Local time of the bench: alarms lie in the year before it. */
export const benchNow = new Date('2026-10-31T00:00:00+08:00');

/**
 * Fills the state tables with alarms in the mix of the demonstration city (domain.md §5), set by set: a year of them,
 * whatever their number. No steps, no ledger: it is the judging that is measured here. The same seed gives the same rows.
 */
export async function fillAlarms(client: pg.Client, city: City, alarms: number): Promise<Filled> {
  await client.query('SELECT setseed(0.7)');
  await stations(client, city);
  await client.query(draw.replaceAll('$1', String(alarms)));
  await client.query(dispatches);
  await client.query('ANALYZE alarm_draw');
  await client.query('ANALYZE dispatch_draw');
  const cases = await client.query(caseRows);
  await client.query('CREATE INDEX ON dispatch_draw (alarm_id)');
  await client.query(alarmRows);
  const sent = await client.query(dispatchRows);
  await client.query(recordings);
  await client.query(recordingRows);
  const links = await client.query(linkRows);
  await client.query('DROP TABLE alarm_draw, dispatch_draw, recording_draw, station_draw');
  for (const table of [
    'alarm',
    'alarm_dispatch',
    'recording',
    'link',
    '"case"',
    'unit',
    'person',
    'rule_param',
    'feed_interval',
  ])
    await client.query(`VACUUM (ANALYZE) ${table}`);
  return { alarms, dispatches: sent.rowCount ?? 0, recordings: links.rowCount ?? 0, cases: cases.rowCount ?? 0 };
}

/** One row for each alarm a day of a station, so that a draw among the rows is a draw by weight. */
async function stations(client: pg.Client, city: City): Promise<void> {
  const rows = city.stations.flatMap((unit) =>
    Array.from({ length: Math.max(unit.alarms, 1) }, () => ({
      id: unit.id,
      area: unit.area,
      leads: city.crews(unit.id).map(({ lead }) => lead.id),
      mates: city.crews(unit.id).map(({ lead, members }) => (members[1] ?? lead).id),
    })),
  );
  await client.query(
    `CREATE TEMP TABLE station_draw AS SELECT row_number() OVER () AS n, x.id, x.area,
       ARRAY(SELECT jsonb_array_elements_text(x.leads)::int) AS leads, ARRAY(SELECT jsonb_array_elements_text(x.mates)::int) AS mates
     FROM jsonb_to_recordset($1::jsonb) AS x(id int, area text, leads jsonb, mates jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** Ids in the order of time, as the application makes them; the kind keeps those of one instant apart. */
const idOf = (at: string, kind: string, n: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${at}) * 1000)::bigint), 12, '0') || '7${kind}8' || lpad(to_hex(${n}), 15, '0'))::uuid`;

const seconds = (sql: string): string => `make_interval(secs => floor(${sql}))`;
/** A draw by weights in a thousand, of one random number. */
const drawn = (random: string, weights: readonly (readonly [string, number])[]): string => {
  let sum = 0;
  const cases = weights.slice(0, -1).map(([name, weight]) => {
    sum += weight;
    return `WHEN ${random} < ${sum / 1000} THEN '${name}'`;
  });
  return `CASE ${cases.join(' ')} ELSE '${weights.at(-1)?.[0]}' END`;
};

const draw = `
CREATE TEMP TABLE alarm_draw AS
SELECT a.*, ${idOf('a.at', '001', 'a.g')} AS id,
  random() < CASE a.category WHEN 'criminal' THEN 1 WHEN 'public_order' THEN 1 WHEN 'traffic' THEN .8 WHEN 'dispute' THEN .85 WHEN 'aid' THEN .6 WHEN 'complaint' THEN .5 ELSE .25 END AS scene,
  ${drawn('a.r3', [
    ['case', 600],
    ['none', 350],
    ['forgotten', 50],
  ])} AS outcome
FROM (
  SELECT b.*, s.id AS unit_id, s.area, s.leads, s.mates,
    b.r1 < CASE b.category WHEN 'criminal' THEN .7 WHEN 'public_order' THEN .6 WHEN 'traffic' THEN .15 WHEN 'dispute' THEN .12 WHEN 'aid' THEN .06 ELSE 0 END AS urgent
  FROM (
    SELECT g, timestamptz '${benchNow.toISOString()}' - interval '365 days' * (1 - (g + random()) / ($1::int + 1)) AS at, random() AS r1, random() AS r2, random() AS r3, random() AS r4,
      1 + floor(random() * (SELECT count(*) FROM station_draw))::int AS n,
      ${drawn('random_of', [
        ['criminal', 45],
        ['public_order', 105],
        ['traffic', 170],
        ['dispute', 210],
        ['aid', 300],
        ['complaint', 30],
        ['other', 140],
      ])} AS category
    FROM (SELECT g, random() AS random_of FROM generate_series(1, $1::int) g) one
  ) b JOIN station_draw s ON s.n = b.n
) a`;

/** Limits kept nearly always; a few exactly at the limit, a second over it, or well over: as the city is told. */
const dispatches = `
CREATE TEMP TABLE dispatch_draw AS
SELECT e.*, ${idOf('e.sent_at', '002', 'e.g * 2 + e.seq')} AS id, e.arrived_at + e.stay AS handled_at,
  CASE e.feedback WHEN 'soon' THEN e.arrived_at + e.stay + ${seconds('240 + random() * 11760')}
    WHEN 'at' THEN e.arrived_at + e.stay + interval '24 hours' WHEN 'over' THEN e.arrived_at + e.stay + interval '24 hours 1 second'
    WHEN 'late' THEN e.arrived_at + e.stay + interval '24 hours' + ${seconds('2400 + random() * 87600')} END AS fed_back_at
FROM (
  SELECT d.*, d.sent_at + CASE d.way WHEN 'at' THEN ${seconds('d.most')} WHEN 'over' THEN ${seconds('d.most + 1')}
      WHEN 'well' THEN ${seconds('least(d.most - 30, d.usual * (0.5 + random()))')} ELSE ${seconds('d.most + 30 + random() * 670')} END AS arrived_at,
    CASE WHEN d.manner = 'hole' THEN ${seconds('2700 + random() * 900')} ELSE ${seconds('720 + random() * 1380')} END AS stay
  FROM (
    SELECT a.g, a.id AS alarm_id, a.unit_id, s.seq,
      CASE a.area WHEN 'urban' THEN 480 WHEN 'suburban' THEN 900 ELSE 1800 END AS most,
      CASE a.area WHEN 'urban' THEN 300 WHEN 'suburban' THEN 480 ELSE 900 END AS usual,
      a.leads[1 + floor(random() * cardinality(a.leads))::int] AS officer, a.mates[1 + floor(random() * cardinality(a.mates))::int] AS mate,
      a.at + CASE WHEN a.urgent THEN CASE WHEN random() < .96 THEN ${seconds('15 + random() * 145')} WHEN random() < .25 THEN interval '180 seconds' WHEN random() < .27 THEN interval '181 seconds' ELSE ${seconds('210 + random() * 510')} END
        ELSE ${seconds('20 + random() * 220')} END AS sent_at,
      CASE WHEN a.urgent THEN ${drawn('r.way', [
        ['well', 900],
        ['at', 10],
        ['over', 8],
        ['late', 52],
        ['excused', 30],
      ])} ELSE 'well' END AS way,
      ${drawn('r.manner', [
        ['full', 892],
        ['late_on', 30],
        ['early_off', 20],
        ['hole', 16],
        ['missing', 24],
        ['exempt', 12],
        ['stranger', 6],
      ])} AS manner,
      ${drawn('r.feedback', [
        ['soon', 968],
        ['at', 5],
        ['over', 5],
        ['late', 16],
        ['never', 6],
      ])} AS feedback
    FROM alarm_draw a
    CROSS JOIN LATERAL (SELECT seq FROM generate_series(1, CASE WHEN a.urgent AND a.r4 < .08 THEN 2 ELSE 1 END) seq) s
    CROSS JOIN LATERAL (SELECT random() AS way, random() AS manner, random() AS feedback, a.g, s.seq) r
    WHERE a.scene OR a.urgent
  ) d
) e`;

const handled = '(SELECT max(d.handled_at) FROM dispatch_draw d WHERE d.alarm_id = a.id)';

const caseRows = `
INSERT INTO "case" (id, version, created_at, updated_at, number, kind, unit_id, reported_at, accepted_at, filed_at)
SELECT ${idOf('a.at', '003', 'a.g')}, 1, a.at, a.at, 'BENCH-' || a.g, CASE a.category WHEN 'criminal' THEN 'criminal' ELSE 'public_order' END, a.unit_id, a.at,
  CASE WHEN a.category <> 'criminal' THEN a.at + ${seconds('3600 + a.r1 * 86400 * CASE WHEN a.r2 < .95 THEN .9 ELSE 3 END')} END,
  CASE WHEN a.category = 'criminal' THEN a.at + ${seconds('3600 + a.r1 * 86400 * CASE WHEN a.r2 < .95 THEN 2 ELSE 9 END')} END
FROM alarm_draw a WHERE a.category IN ('criminal', 'public_order') AND a.outcome = 'case'`;

const alarmRows = `
INSERT INTO alarm (id, version, created_at, updated_at, number, channel, intake_category, feedback_category, topic, priority, area, caller, caller_phone,
  caller_unknown, place, narrative, unit_id, received_by_id, received_at, reported_at, handled_at, disposition, case_id, case_linked_at, no_case_at, no_case_reason)
SELECT a.id, 9, a.at, a.at, 'B' || lpad(a.g::text, 11, '0'), 'call_110', a.category, CASE WHEN a.category = 'criminal' AND a.r2 < .03 THEN 'dispute' ELSE a.category END,
  (ARRAY['家庭纠纷', '车辆剐蹭', '电动自行车被盗', '走失求助', '噪声扰民', '殴打他人'])[1 + a.g % 6], CASE WHEN a.urgent THEN 'urgent' WHEN a.category = 'other' THEN 'consult' ELSE 'normal' END, a.area,
  CASE WHEN a.r4 > .026 THEN (ARRAY['王伟', '李强', '张磊', '刘洋'])[1 + a.g % 4] END, CASE WHEN a.r4 > .026 THEN '19900000000' END, CASE WHEN a.r4 < .02 THEN 'anonymous' END,
  CASE WHEN a.r3 < .993 THEN (ARRAY['望河路', '北门大街', '河东路', '府前街'])[1 + a.g % 4] || a.g % 200 || '号' END, '报警人称需要民警到场处理。', a.unit_id, 1, a.at,
  CASE WHEN a.urgent AND a.r2 < .994 THEN a.at + ${seconds('15 + a.r1 * CASE WHEN a.r4 < .96 THEN 200 ELSE 900 END')} END,
  CASE WHEN NOT (a.scene OR a.urgent) THEN a.at + ${seconds('120 + a.r1 * 600')} WHEN a.r4 < .994 THEN h.at + ${seconds('300 + a.r2 * CASE WHEN a.r1 < .975 THEN 7200 ELSE 120000 END')} END,
  CASE WHEN NOT (a.scene OR a.urgent) THEN CASE a.category WHEN 'other' THEN 'diverted' ELSE 'by_phone' END
    WHEN a.category IN ('criminal', 'public_order') AND a.outcome = 'case' THEN 'case_opened' WHEN a.category = 'dispute' THEN 'mediated' ELSE 'settled' END,
  CASE WHEN a.category IN ('criminal', 'public_order') AND a.outcome = 'case' THEN ${idOf('a.at', '003', 'a.g')} END,
  CASE WHEN a.category IN ('criminal', 'public_order') AND a.outcome = 'case' THEN a.at + interval '5 hours' END,
  CASE WHEN a.category IN ('criminal', 'public_order') AND a.outcome = 'none' THEN coalesce(h.at, a.at) + ${seconds('1800 + a.r1 * CASE WHEN a.r2 < .97 THEN 60000 ELSE 200000 END')} END,
  CASE WHEN a.category IN ('criminal', 'public_order') AND a.outcome = 'none' THEN 'no_facts' END
FROM alarm_draw a CROSS JOIN LATERAL (SELECT ${handled} AS at) h ORDER BY a.g`;

const dispatchRows = `
INSERT INTO alarm_dispatch (id, alarm_id, seq, number, unit_id, officer_id, officers_ids, sent_at, acknowledged_at, set_out_at, arrived_at, arrival_source, on_scene, handled_at,
  fed_back_at, delay_reported_at, delay_reason, camera_exempt_at, camera_exempt)
SELECT d.id, d.alarm_id, d.seq, 'D' || lpad(d.g::text, 11, '0') || d.seq, d.unit_id, d.officer, ARRAY[d.officer, d.mate], d.sent_at, d.sent_at + interval '15 seconds', d.sent_at + interval '45 seconds',
  d.arrived_at, 'terminal', true, d.handled_at, d.fed_back_at, CASE WHEN d.way = 'excused' THEN d.sent_at + interval '59 seconds' END, CASE WHEN d.way = 'excused' THEN '早高峰严重拥堵' END,
  CASE WHEN d.manner = 'exempt' THEN d.handled_at + interval '30 minutes' END, CASE WHEN d.manner = 'exempt' THEN 'equipment_fault' END
FROM dispatch_draw d ORDER BY d.g, d.seq`;

/** Files of about 17 minutes that follow each other, with the holes that the manner of filming leaves. */
const recordings = `
CREATE TEMP TABLE recording_draw AS
SELECT ${idOf('c.started_at', '004', '(c.g * 2 + c.seq)::bigint * 8 + c.k')} AS id, c.*
FROM (
  SELECT f.g, f.seq, f.k, f.dispatch, f.unit_id, f.wearer, f.manner, f.handled_at, f.on_at + f.k * f.length AS started_at,
    f.on_at + (f.k + 1) * f.length - CASE WHEN f.k + 1 = f.files THEN interval '0' WHEN f.manner = 'hole' THEN interval '121 seconds' ELSE interval '2 seconds' END AS ended_at
  FROM (
    SELECT d.g, d.seq, k, d.id AS dispatch, d.unit_id, d.mate AS wearer, d.manner, d.handled_at, n.files, o.on_at, (o.off_at - o.on_at) / n.files AS length
    FROM dispatch_draw d
    CROSS JOIN LATERAL (SELECT d.arrived_at + CASE WHEN d.manner = 'late_on' THEN interval '5 minutes' ELSE interval '-30 seconds' END AS on_at,
      d.handled_at + CASE WHEN d.manner = 'early_off' THEN interval '-5 minutes' ELSE interval '30 seconds' END AS off_at) o
    CROSS JOIN LATERAL (SELECT CASE WHEN d.manner = 'hole' THEN 2 ELSE ceil(extract(epoch FROM o.off_at - o.on_at) / 1050)::int END AS files) n
    CROSS JOIN LATERAL generate_series(0, n.files - 1) k
    WHERE d.manner NOT IN ('missing', 'exempt')
  ) f
) c`;

const recordingRows = `
INSERT INTO recording (id, version, created_at, updated_at, number, source, device, wearer_id, unit_id, started_at, ended_at, returned_at, uploaded_at, size, retention, intact)
SELECT r.id, 1, r.handled_at, r.handled_at, 'AV' || lpad(r.g::text, 11, '0') || r.seq || r.k, 'camera', 'DSJ' || r.wearer, r.wearer, r.unit_id, r.started_at, r.ended_at,
  r.handled_at + interval '25 minutes', r.handled_at + interval '6 hours', 700000000, 'ordinary', true
FROM recording_draw r ORDER BY r.g`;

const linkRows = `INSERT INTO link (relation, own_id, their_id) SELECT 1, r.dispatch, r.id FROM recording_draw r WHERE r.manner <> 'stranger' ORDER BY 2, 3`;
