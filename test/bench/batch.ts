import type pg from 'pg';
import type { City } from '../../server/demo/city.ts';
import { teller } from '../../server/demo/run.ts';
import type { Happening } from '../../server/demo/story.ts';
import { tellCity } from '../../server/demo/telling.ts';
import { onDay } from '../../server/demo/time.ts';
import { type SettableClock, settableClock } from '../../server/kernel/clock.ts';
import { inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import type { Registry } from '../../server/subjects/registry.ts';
import { insertBare, stepOf } from './bare.ts';
import { benchNow } from './fill.ts';
import { type Figure, figure, median, rounded, timed } from './rounds.ts';

export interface BatchFigures {
  events: number;
  /** recordSteps with judging and ledger, committed. Milliseconds. */
  fullMs: Figure;
  /** The same, undone instead of committed: without one of its parts. */
  withoutLedgerMs: Figure;
  withoutJudgingMs: Figure;
  stepsAloneMs: Figure;
  /** The same rows of `step`, inserted and committed. */
  bareInsertMs: Figure;
  /** Time of this process on a processor in `fullMs`. */
  nodeCpuMs: Figure;
  eventsPerSecond: number;
  /** How many events the product writes while a bare insert writes a hundred. */
  percentOfBare: number;
  ratio: number;
}

class Undo extends Error {}

/**
 * Batches of the demonstration city's own steps. The variants write the same batch one after another and are undone;
 * the full one comes last and stays, since the next batch builds upon it.
 */
export async function measureBatches(
  bench: { runtime: Runtime; registry: Registry; client: pg.Client; city: City },
  rounds: number,
  size = 1000,
): Promise<BatchFigures> {
  const { registry, client } = bench;
  const clock = settableClock(benchNow);
  const full: Runtime = { ...bench.runtime, clock };
  const nothing = async (): Promise<void> => {};
  const variants: Record<string, Runtime> = {
    stepsAlone: undone({ ...full, settle: nothing, append: nothing }),
    withoutLedger: undone({ ...full, append: nothing }),
    withoutJudging: undone({ ...full, settle: nothing }),
  };
  const ms: Record<string, number[]> = {
    full: [],
    bare: [],
    cpu: [],
    stepsAlone: [],
    withoutLedger: [],
    withoutJudging: [],
  };
  const keep = (round: number, name: string, value: number) => round > 0 && ms[name]?.push(value);
  const batches = batchesOf(bench.city, size, rounds + 1);
  for (const [round, batch] of batches.entries()) {
    for (const [name, runtime] of Object.entries(variants))
      keep(round, name, await timed(() => write(runtime, clock, registry, batch).catch(unlessUndone)));
    const before = process.cpuUsage();
    let ids: string[] = [];
    const fullMs = await timed(async () => {
      ids = await write(full, clock, registry, batch);
    });
    keep(round, 'full', fullMs);
    const { user, system } = process.cpuUsage(before);
    keep(round, 'cpu', (user + system) / 1000);
    const rows = await stepOf(client, ids);
    keep(round, 'bare', await timed(() => insertBare(client, rows)));
  }
  const of = (name: string): Figure => figure(ms[name] ?? []);
  const [fullMs, bareInsertMs] = [of('full'), of('bare')];
  return {
    events: size,
    fullMs,
    withoutLedgerMs: of('withoutLedger'),
    withoutJudgingMs: of('withoutJudging'),
    stepsAloneMs: of('stepsAlone'),
    bareInsertMs,
    nodeCpuMs: of('cpu'),
    eventsPerSecond: Math.round((size / median(ms['full'] ?? [])) * 1000),
    percentOfBare: rounded((100 * bareInsertMs.median) / fullMs.median),
    ratio: rounded(fullMs.median / bareInsertMs.median),
  };
}

/** Everything happens and is then undone: the ledger's entries are the last thing before the commit. */
const undone = (runtime: Runtime): Runtime => ({
  ...runtime,
  append: async (uow, entries) => {
    await runtime.append(uow, entries);
    throw new Undo();
  },
});

function unlessUndone(error: unknown): void {
  if (!(error instanceof Undo)) throw error;
}

/** The first days of the city, cut into batches in the order of recording; its stories all begin within them. */
function batchesOf(city: City, size: number, wanted: number): Happening[][] {
  const happenings: Happening[] = [];
  for (const day of tellCity({ ...city, runIn: 0 }, onDay(city.first + 60, 0))) {
    happenings.push(...day.happenings);
    if (happenings.length >= size * wanted) break;
  }
  return Array.from({ length: wanted }, (_, i) => happenings.slice(i * size, (i + 1) * size)).filter(
    ({ length }) => length > 0,
  );
}

async function write(
  runtime: Runtime,
  clock: SettableClock,
  registry: Registry,
  batch: readonly Happening[],
): Promise<string[]> {
  const last = batch.at(-1);
  if (last) clock.set(last.at);
  const recorded = await inUnitOfWork(
    runtime,
    teller,
    (uow) =>
      recordSteps(
        uow,
        registry,
        batch.map(({ step }) => step),
      ),
    { as: 'engine' },
  );
  return recorded.map(({ step }) => step);
}
