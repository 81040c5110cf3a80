import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { peer } from './packages.ts';
import { caseLike, offScene } from './rows.ts';

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
}
interface Package {
  DuckDBInstance: {
    create(path: string, options: Record<string, string>): Promise<{ connect(): Promise<Connection> }>;
  };
}

const list = (values: readonly string[]): string => values.map((one) => `'${one}'`).join(', ');

/** The state rows, column by column, in DuckDB: scanned by the same questions. The copying is not counted. */
export async function duck(
  client: pg.Client,
  folder: string,
  now: number,
): Promise<{ judge(): Promise<void>; rows(): Promise<unknown[][]> }> {
  const { DuckDBInstance } = await peer<Package>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  const tables: Record<string, string> = {
    alarm:
      'id, priority, disposition, area, received_at, reported_at, handled_at, complex, intake_category, feedback_category, no_case_at, no_case_reason, case_id',
    alarm_dispatch: 'id, alarm_id, on_scene, sent_at, arrived_at, handled_at, fed_back_at, delay_reported_at',
    case: 'id, accepted_at, filed_at, refused_at, on_spot_at, merged_at, transferred_at',
    calendar_day: 'day, next_working',
  };
  for (const [table, columns] of Object.entries(tables)) {
    const file = join(folder, `${table}.csv`);
    await copyOut(
      client,
      `SELECT ${columns.replace('day, next_working', 'day::text, next_working::text')} FROM "${table}"`,
      file,
    );
    const types = columns.split(', ').map((name) => `'${name}': '${typeOf(name)}'`);
    await connection.run(
      `CREATE TABLE "${table}" AS SELECT * FROM read_csv('${file}', header = false, columns = {${types.join(', ')}})`,
    );
    rmSync(file);
  }
  const at = `to_timestamp(${now / 1000})`;
  const broken = `(met > due OR (met IS NULL AND due < ${at}))`;
  const sql = `CREATE OR REPLACE TABLE broken AS
    WITH sent AS (SELECT alarm_id, min(sent_at) AS sent_at, max(handled_at) AS handled_at FROM alarm_dispatch GROUP BY 1)
    SELECT 'ALM-02' AS rule, id AS subject, NULL::uuid AS occurrence, opened, due, met FROM (
      SELECT a.id, received_at AS opened, received_at + INTERVAL 3 MINUTE AS due,
        CASE WHEN s.sent_at IS NOT NULL AND reported_at IS NOT NULL THEN greatest(s.sent_at, reported_at) END AS met
      FROM alarm a LEFT JOIN sent s ON s.alarm_id = a.id
      WHERE priority = 'urgent' AND coalesce(disposition, '') NOT IN (${list(offScene)})) WHERE ${broken}
    UNION ALL
    SELECT 'ALM-09', id, NULL, opened, due, CASE WHEN met IS NOT NULL THEN greatest(met, opened) END FROM (
      SELECT o.id, o.opened, met, CASE WHEN days THEN (n.next_working + 1)::timestamp - INTERVAL 8 HOUR - INTERVAL 1 MILLISECOND ELSE o.opened + INTERVAL 24 HOUR END AS due
      FROM (SELECT a.id, coalesce(a.handled_at, s.handled_at) AS opened, coalesce(complex, false) OR coalesce(intake_category = 'criminal', false) OR coalesce(feedback_category = 'criminal', false) AS days,
          least(c.accepted_at, c.filed_at, c.refused_at, c.on_spot_at, c.merged_at, c.transferred_at, CASE WHEN no_case_reason IS NOT NULL THEN no_case_at END) AS met
        FROM alarm a LEFT JOIN "case" c ON c.id = a.case_id LEFT JOIN sent s ON s.alarm_id = a.id
        WHERE intake_category IN (${list(caseLike)}) OR feedback_category IN (${list(caseLike)})) o
      LEFT JOIN calendar_day n ON n.day = (o.opened + INTERVAL 8 HOUR)::date + 3) WHERE ${broken}
    UNION ALL
    SELECT 'ALM-03', alarm_id, id, opened, due, met FROM (
      SELECT d.alarm_id, d.id, d.sent_at AS opened, d.sent_at + CASE area WHEN 'urban' THEN INTERVAL 8 MINUTE WHEN 'suburban' THEN INTERVAL 15 MINUTE WHEN 'rural' THEN INTERVAL 30 MINUTE END AS due, d.arrived_at AS met
      FROM alarm_dispatch d JOIN alarm a ON a.id = d.alarm_id
      WHERE priority = 'urgent' AND coalesce(disposition, '') NOT IN (${list(offScene)}) AND on_scene IS DISTINCT FROM false
        AND NOT (delay_reported_at IS NOT NULL AND (arrived_at IS NULL OR delay_reported_at <= arrived_at))) WHERE ${broken}
    UNION ALL
    SELECT 'ALM-04a', alarm_id, id, handled_at, handled_at + INTERVAL 24 HOUR, fed_back_at FROM alarm_dispatch
    WHERE on_scene IS DISTINCT FROM false AND (fed_back_at > handled_at + INTERVAL 24 HOUR OR (fed_back_at IS NULL AND handled_at + INTERVAL 24 HOUR < ${at}))`;
  return {
    judge: async () => void (await connection.run(sql)),
    rows: async () =>
      (await connection.runAndReadAll('SELECT rule, subject::text, occurrence::text FROM broken')).getRows(),
  };
}

const typeOf = (column: string): string => {
  if (column === 'id' || column.endsWith('_id')) return 'UUID';
  if (column.endsWith('_at')) return 'TIMESTAMP';
  if (column === 'day' || column === 'next_working') return 'DATE';
  return column === 'complex' || column === 'on_scene' ? 'BOOLEAN' : 'VARCHAR';
};

/** CSV by the rows: the server may not write files, and this is not what is measured. Instants in UTC. */
async function copyOut(client: pg.Client, sql: string, file: string): Promise<void> {
  const out = createWriteStream(file);
  const cell = (value: unknown): string =>
    value === null || value === undefined
      ? ''
      : value instanceof Date
        ? value.toISOString().replace('T', ' ').replace('Z', '')
        : String(value).replaceAll('\n', ' ');
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
  for (const row of rows) out.write(`${row.map(cell).join(',')}\n`);
  await new Promise<void>((done) => out.end(done));
}
