import type { Tx } from '../kernel/database.ts';
import { defineJob } from '../kernel/job.ts';

const setting = 'work-beat';
/** Milliseconds after which a silence means that nobody works: three beats. */
const silence = 60_000;

/** 心跳: a job like any other, so that it says that queue, worker and database work together. */
export const beatJob = defineJob({
  name: 'beat',
  every: 20_000,
  run: async ({ database, clock }) => {
    await database.sql(
      `INSERT INTO setting (key, value) VALUES ($1, to_jsonb($2::timestamptz))
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [setting, clock.now()],
      { name: 'beat' },
    );
  },
});

/** Whether some process, here or elsewhere, does the background work, and when it was last heard of. */
export async function workNow(tx: Pick<Tx, 'sql'>, now: Date): Promise<{ isDone: boolean; at: Date | null }> {
  const [beat] = await tx.sql<{ at: Date }>(
    `SELECT (value #>> '{}')::timestamptz AS at FROM setting WHERE key = $1`,
    [setting],
    { name: 'last beat' },
  );
  return { isDone: beat !== undefined && now.getTime() - beat.at.getTime() <= silence, at: beat?.at ?? null };
}
