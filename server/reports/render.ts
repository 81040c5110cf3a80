import { createHash } from 'node:crypto';
import { tell } from '../findings/notices.ts';
import { type Actor, inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import type { ReportSettings } from './kind.ts';
import { renderAside } from './render-aside.ts';
import type { Paper } from './sheet.ts';

const system: Actor = {
  personId: null,
  name: '系统',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: ['system'],
  reach: 'all',
};

/** A worker that took a paper and has not finished by then is dead: the paper is taken again. */
const lease = 120_000;
const attempts = 5;

interface Claim {
  id: string;
  kind: string;
  number: string;
  attempts: number;
  personId: number | null;
  paper: Paper;
}

/** Takes the oldest paper that waits (or `id`), so that no other worker does. The row stays locked for this statement only. */
function claim(runtime: Runtime, id: string | null): Promise<Claim | undefined> {
  return inUnitOfWork(runtime, system, async (uow) => {
    const [row] = await uow.sql<Claim>(
      `UPDATE report SET state = 'rendering', attempts = attempts + 1, claimed_at = $1, progress = 0.1 WHERE id = (
         SELECT id FROM report
          WHERE ($2::uuid IS NULL OR id = $2) AND paper IS NOT NULL
            AND (state = 'queued' AND (claimed_at IS NULL OR claimed_at + attempts * interval '10 seconds' <= $1) OR state = 'rendering' AND claimed_at <= $1 - $3 * interval '1 millisecond')
          ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, kind, number, attempts, person_id AS "personId", paper`,
      [uow.now, id, lease],
      { name: 'claim a report' },
    );
    return row;
  });
}

async function finish(runtime: Runtime, settings: ReportSettings, taken: Claim): Promise<void> {
  try {
    const bytes = await renderAside(taken.paper, settings.fontFolder);
    const sha256 = createHash('sha256').update(bytes).digest();
    await inUnitOfWork(runtime, system, async (uow) => {
      // the attempt is the fence: a worker that was given up for dead stores nothing over its successor
      const stored = await uow.sql(
        `UPDATE report SET state = 'done', bytes = $3, sha256 = $4, progress = 1, done_at = $5, last_error = NULL WHERE id = $1 AND attempts = $2 AND state = 'rendering' RETURNING id`,
        [taken.id, taken.attempts, bytes, sha256, uow.now],
        { name: 'store a report' },
      );
      if (stored.length > 0)
        uow.log({
          action: 'report.render',
          objectType: 'report',
          objectId: taken.id,
          changes: { kind: taken.kind, number: taken.number, sha256: sha256.toString('hex'), size: bytes.length },
        });
    });
  } catch (error) {
    await giveBack(runtime, taken, error instanceof Error ? error.message : String(error));
  }
}

/** Queued again with a growing pause, or given up; who ordered it is told. */
async function giveBack(runtime: Runtime, taken: Claim, error: string): Promise<void> {
  await inUnitOfWork(runtime, system, async (uow) => {
    const failed = taken.attempts >= attempts;
    await uow.sql(
      `UPDATE report SET state = $3, last_error = $4, progress = 0 WHERE id = $1 AND attempts = $2 AND state = 'rendering'`,
      [taken.id, taken.attempts, failed ? 'failed' : 'queued', error.slice(0, 500)],
      {
        name: 'give a report back',
      },
    );
    if (failed && taken.personId !== null)
      await tell(
        uow,
        [taken.personId],
        { zh: `${taken.number}生成失败，请联系系统管理员`, en: `${taken.number} could not be drawn` },
        `/reports/${taken.id}`,
        `report failed ${taken.id}`,
      );
  });
}

/** Draws one paper that waits. False when it is not there, is drawn already, or another worker has it. */
export async function renderReport(runtime: Runtime, settings: ReportSettings, id: string): Promise<boolean> {
  const taken = await claim(runtime, id);
  if (taken) await finish(runtime, settings, taken);
  return taken !== undefined;
}

/** Draws what waits, oldest first, until nothing does. @returns how many were taken */
export async function renderWaiting(
  runtime: Runtime,
  settings: ReportSettings,
  stopping: () => boolean = () => false,
): Promise<number> {
  let count = 0;
  while (!stopping()) {
    const taken = await claim(runtime, null);
    if (!taken) break;
    await finish(runtime, settings, taken);
    count += 1;
  }
  return count;
}
