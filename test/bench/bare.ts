import type pg from 'pg';
import { stepColumns } from '../../server/subjects/write.ts';

const columns = Object.keys(stepColumns).join(', ');
const record = Object.entries(stepColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

/** A table like `step` with all its indexes, and nobody who judges or keeps a ledger. */
export async function makeBare(client: pg.Client): Promise<void> {
  await client.query('CREATE TABLE bench_step (LIKE step INCLUDING ALL)');
}

/** The stored rows of these steps as the text that they are inserted from. */
export async function stepOf(client: pg.Client, ids: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ rows: string }>(
    `SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(s)))::text AS rows FROM step s WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  return rows[0]?.rows ?? '[]';
}

/** Inserts and commits them: what writing costs without everything that the product does around it. */
export async function insertBare(client: pg.Client, rows: string): Promise<void> {
  await client.query({
    name: 'bare',
    text: `INSERT INTO bench_step (${columns}) SELECT ${columns} FROM jsonb_to_recordset($1::jsonb) AS x(${record})`,
    values: [rows],
  });
}
