import { openDatabase } from '../../server/kernel/database.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { judgeEverything, startRun } from '../../server/rules/everything.ts';
import { relink } from '../../server/subjects/links.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import { type Bench, openBench } from '../rules/engine.ts';
import { registry } from '../rules/world.ts';
import { meet } from './meeting.ts';
import { pairs } from './pairs.ts';
import type { Trial } from './trial.ts';

export interface TwoWritersOptions {
  rounds: number;
  seed: number;
  /** false takes the locks of relations away, in the database alone: the control, which must lose some. */
  locked?: boolean;
  say?(text: string): void;
}

export interface TwoWriters extends Record<string, unknown> {
  rounds: number;
  /** Pairs that were written without an error. */
  written: number;
  /** Rounds in which one had to wait for the other. */
  waited: number;
  /** Links that a later look at all rows adds or takes away. */
  lostLinks: number;
  /** Duties that judging everything anew changes. */
  lostDuties: number;
}

/** 2,000 rounds with the locks, in which nothing may be lost, and some without, in which something must be. */
export const run: Trial = async ({ seed, rounds = 2000, say }) => {
  const counts = await twoWriters({ rounds, seed, say });
  const control = await twoWriters({ rounds: Math.min(rounds, 45), seed, locked: false });
  const passed =
    counts.lostLinks + counts.lostDuties === 0 &&
    counts.written === rounds &&
    control.lostLinks > 0 &&
    control.lostDuties > 0;
  return { passed, counts, control };
};

/**
 * Two transactions that write the two ends of one relation, each held open after its steps until the other has written
 * its own or waits for the first: the moment in which neither has committed.
 */
export async function twoWriters({ rounds, seed, locked = true, say }: TwoWritersOptions): Promise<TwoWriters> {
  const bench = await openBench('2026-03-03T12:00:00+08:00');
  try {
    if (!locked) await unlock(bench);
    const draw = drawing(seed);
    let waited = 0;
    let written = 0;
    for (let round = 0; round < rounds; round += 1) {
      const pair = pairs[round % pairs.length]!;
      const { before = [], ends } = pair(new Date(bench.clock.now().getTime() - (round + 1) * 26 * hour), round);
      if (before.length > 0) await bench.record(before);
      const two = draw() < 0.5 ? ends : ([ends[1], ends[0]] as const);
      const meeting = meet(bench.db.database);
      const done = await Promise.allSettled(
        two.map((steps, i) =>
          bench
            .work(async (uow) => {
              await meeting.begin(uow, i);
              await recordSteps(uow, registry, steps);
              await meeting.wait(i);
            })
            .finally(() => meeting.leave(i)),
        ),
      );
      written += done.filter(({ status }) => status === 'fulfilled').length / 2;
      const failed = done.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      waited += meeting.hasWaited() ? 1 : 0;
      if ((round + 1) % 100 === 0) say?.(`two writers: ${round + 1} of ${rounds}`);
    }
    return { rounds, written, waited, lostLinks: await lostLinks(bench), lostDuties: await lostDuties(bench) };
  } finally {
    if (bench.runtime.database !== bench.db.database) await bench.runtime.database.close();
    await bench.db.drop();
  }
}

const hour = 3_600_000;

/** A look at every row adds no link and takes none away. */
async function lostLinks(bench: Bench): Promise<number> {
  const count = async () =>
    (
      await bench.rows<{ n: string }>(
        `SELECT string_agg(relation || own_id::text || their_id, ' ' ORDER BY relation, own_id, their_id) AS n FROM link`,
      )
    )[0]?.n ?? '';
  const before = new Set((await count()).split(' '));
  await bench.work(async (uow) => {
    const tables = registry.types.flatMap((type) => registry.tables(type));
    const all = new Map<string, Set<string>>();
    for (const { name } of tables)
      all.set(name, new Set((await uow.sql<{ id: string }>(`SELECT id FROM "${name}"`)).map(({ id }) => id)));
    await relink(uow, registry, all);
  });
  const after = new Set((await count()).split(' '));
  return [...after].filter((one) => !before.has(one)).length + [...before].filter((one) => !after.has(one)).length;
}

/** Judging everything anew changes no duty. */
async function lostDuties(bench: Bench): Promise<number> {
  const all = () =>
    bench.rows<{ row: string }>(
      `SELECT concat_ws(' ', version_id, subject_id, occurrence, verdict, opened_at, due_at, met_at) AS row FROM obligation`,
    );
  const before = new Set((await all()).map(({ row }) => row));
  const id = await bench.work((uow) => startRun(uow, registry, '核对'));
  await judgeEverything(bench.runtime, registry, id);
  const after = new Set((await all()).map(({ row }) => row));
  return [...after].filter((row) => !before.has(row)).length + [...before].filter((row) => !after.has(row)).length;
}

/** The two-argument lock of the relations does nothing any more: found before the one of the catalogue. */
async function unlock(bench: Bench): Promise<void> {
  await withClient(bench.db.superUrl, async (client) => {
    await client.query('CREATE SCHEMA unlocked');
    await client.query('GRANT USAGE ON SCHEMA unlocked TO PUBLIC');
    await client.query(
      `CREATE FUNCTION unlocked.pg_advisory_xact_lock(int, int) RETURNS void LANGUAGE sql AS 'SELECT'`,
    );
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
    await client.query(`ALTER DATABASE ${rows[0]?.name} SET search_path = unlocked, pg_catalog, public`);
  });
  // a new session reads the path anew
  bench.runtime.database = await openDatabase({ url: bench.db.url, poolSize: 4 });
}

function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
