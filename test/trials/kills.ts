import { orphansOf } from '../../server/bootstrap/orphans.mjs';
import { runningPid } from '../../server/bootstrap/postgres.mjs';
import { type Chance, chanceOf } from '../../server/demo/chance.ts';
import { type KillWorld, killWorld } from './kill-world.ts';
import { type Load, startLoad } from './load.ts';
import type { TrialOptions, TrialResult } from './trial.ts';

/** What is killed: PostgreSQL's first process, one of its children, all of them at once, or the server. */
type Kind = 'postmaster' | 'child' | 'all' | 'server';

const writers = 6;

/**
 * Kills PostgreSQL `rounds` times and the server as often, amid writes; nobody starts PostgreSQL again but the server
 * itself. What was acknowledged must be there, once; a job must run and a browser hear of it each time. The control
 * does the same with a database that says "done" before anything is written down.
 */
export async function run({ seed, rounds = 50, say }: TrialOptions): Promise<TrialResult> {
  const chance = chanceOf(seed, 'kills');
  const world = await killWorld();
  try {
    const ofPostgres = Array.from({ length: rounds }, (_, n): Kind => {
      const kinds = ['postmaster', 'all', 'child'] as const;
      return kinds[n % kinds.length] ?? 'all';
    });
    const kills = mixed(chance, [...ofPostgres, ...ofPostgres.map((): Kind => 'server')]);
    const load = startLoad(world.url, world.desk, `9901${String(seed).padStart(8, '0')}`, writers);
    const back: number[] = [];
    for (const [n, kind] of kills.entries()) {
      await load.acknowledged();
      await pause(chance.int(0, 800));
      const ms = await kill(world, load, kind, chance);
      if (kind !== 'server') back.push(ms);
      await byItself(world.ring(), kind);
      const found = await world.check(load.settled);
      if (found.lost + found.doubled > 0) throw new Error(`after kill ${n + 1} (${kind}): ${JSON.stringify(found)}`);
      if ((n + 1) % 10 === 0) say(`${n + 1} of ${kills.length} kills, ${2 * load.settled.length} acknowledged`);
    }
    await load.stop();
    const found = await world.check(load.settled);
    const entries = await world.verified();
    const control = await forgetful(world, chance, seed);
    const code = await world.close();

    back.sort((a, b) => a - b);
    const [median, most] = [back[back.length >> 1] ?? 0, back.at(-1) ?? 0];
    return {
      passed:
        found.lost + found.doubled + found.unjudged === 0 &&
        !load.met.answers['500'] &&
        load.met.unexpected.length === 0 &&
        entries !== null &&
        most < 10_000 &&
        control.lost > 0 &&
        code === 0,
      counts: {
        kills: countOf(kills),
        acknowledged: 2 * load.settled.length,
        ...found,
        ...load.met,
        cameBackByThemselves: kills.length,
        ledgerEntriesVerified: entries,
      },
      msUntilWritesAgain: { median, most },
      control,
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** Kills, and waits until a write that began afterwards is acknowledged. @returns how long that took */
async function kill(world: KillWorld, load: Load, kind: Kind, chance: Chance): Promise<number> {
  if (kind === 'server') {
    const server = world.server();
    server.child.kill('SIGKILL');
    await server.ended;
    const [began, again] = [performance.now(), load.acknowledged()];
    await world.startAgain();
    await byItself(again, kind);
    return performance.now() - began;
  }
  const first = runningPid(world.data) ?? 0;
  const children = orphansOf(world.data).filter((pid) => pid !== first);
  const struck = kind === 'postmaster' ? [first] : kind === 'all' ? [first, ...children] : [chance.pick(children)];
  for (const pid of struck) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // a child that ended by itself in this moment
    }
  }
  const began = performance.now();
  await byItself(load.acknowledged(), kind);
  return performance.now() - began;
}

/** A minute without life is a server that waits for somebody's hand. */
async function byItself(back: Promise<void>, kind: Kind): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`nothing came back by itself after a kill of: ${kind}`)), 60_000);
  });
  await Promise.race([back, never]).finally(() => clearTimeout(timer));
}

/** The same with commits that wait for nothing: what this machine's own measure of a loss looks like. */
async function forgetful(
  world: KillWorld,
  chance: Chance,
  seed: number,
): Promise<{ acknowledged: number; lost: number }> {
  for (const setting of [`synchronous_commit = 'off'`, `wal_writer_delay = '10s'`, `wal_writer_flush_after = 0`])
    await world.sql(`ALTER SYSTEM SET ${setting}`);
  await world.sql('SELECT pg_reload_conf()');
  const load = startLoad(world.url, world.desk, `9902${String(seed).padStart(8, '0')}`, writers);
  let lost = 0;
  for (let n = 0; n < 5 && lost === 0; n += 1) {
    await load.acknowledged();
    await pause(chance.int(500, 1_500));
    await kill(world, load, 'all', chance);
    ({ lost } = await world.check(load.settled));
  }
  await load.stop();
  return { acknowledged: 2 * load.settled.length, lost };
}

function mixed(chance: Chance, kinds: Kind[]): Kind[] {
  return kinds
    .map((kind) => ({ kind, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

function countOf(kinds: readonly Kind[]): Partial<Record<Kind, number>> {
  const counts: Partial<Record<Kind, number>> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
