import { defineJob } from '../kernel/job.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { system } from './system.ts';

/** Web processes hear on this channel whose notices are new: `{"people":[12,15]}`. */
export const noticeChannel = 'mingjing_notice';
const chunk = 400;

/** Tells of new notices, each once: the mark on the row and the message go out with the same commit. @returns how many */
async function tellNew(runtime: Runtime): Promise<number> {
  return inUnitOfWork(runtime, system, async (uow) => {
    const rows = await uow.sql<{ personId: number }>(
      `UPDATE notice SET told_at = $1, attempts = attempts + 1 WHERE id IN (SELECT id FROM notice WHERE told_at IS NULL ORDER BY at LIMIT ${chunk} FOR UPDATE SKIP LOCKED)
       RETURNING person_id AS "personId"`,
      [uow.now],
      { name: 'tell of notices' },
    );
    if (rows.length > 0)
      await uow.sql(`SELECT pg_notify('${noticeChannel}', $1)`, [
        JSON.stringify({ people: [...new Set(rows.map((row) => row.personId))] }),
      ]);
    return rows.length;
  });
}

/** 发送消息: woken by each new notice. */
export const notifyJob = defineJob({
  name: 'notify',
  every: 60_000,
  run: async (runtime, run) => {
    while (!run.stopping() && (await tellNew(runtime)) === chunk);
  },
});
