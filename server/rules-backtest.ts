import { readFileSync } from 'node:fs';
import { createRegistry } from './app.ts';
import { openRuntime } from './engine.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { Problem } from './kernel/errors.ts';
import { inUnitOfWork, type UnitOfWork } from './kernel/unit-of-work.ts';
import { advanceBacktest, startBacktest } from './rules/backtest.ts';
import { type Counts, readBacktest } from './rules/backtest-read.ts';
import { systemActor } from './rules/sweep.ts';

export interface BacktestOrder {
  file: string;
  from: string;
  to: string;
  /** Ids or short names. */
  units: readonly string[];
  json: boolean;
}

/** `mingjing rules backtest FILE --from … --to …`: runs here and now, with its progress. Returns the exit code. */
export async function backtestOnConsole(order: BacktestOrder): Promise<number> {
  let text: string;
  try {
    text = readFileSync(order.file, 'utf8');
  } catch {
    process.stderr.write(`读不到文件 · cannot read ${order.file}\n`);
    return 1;
  }
  const config = readConfig();
  const database = await openDatabase({ url: config.databaseUrl, poolSize: 2 });
  const registry = createRegistry();
  try {
    const { runtime } = await openRuntime(database, registry, { demonstration: config.mode === 'demonstration' });
    const as = <T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T> =>
      inUnitOfWork(runtime, systemActor, work, { as: 'engine' });
    const id = await as(async (uow) => {
      const units = await unitsOf(uow, order.units);
      return startBacktest(uow, registry, { text, from: order.from, to: order.to, units });
    });
    await advanceBacktest(runtime, registry, id, {
      onProgress: ({ judged, total }) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${judged}/${total}`);
      },
    });
    if (process.stderr.isTTY) process.stderr.write('\n');
    const told = await as((uow) => readBacktest(uow, id));
    process.stdout.write(order.json ? `${JSON.stringify(told, null, 2)}\n` : linesOf(told).join('\n'));
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const fields = (error.fields ?? []).map(({ zh }) => `  ${order.file} ${zh}\n`);
    process.stderr.write(`${error.zh}\n${fields.join('')}`);
    return 1;
  } finally {
    await database.close();
  }
}

async function unitsOf(uow: UnitOfWork, named: readonly string[]): Promise<number[]> {
  if (named.length === 0) return [];
  const rows = await uow.sql<{ id: number }>(
    'SELECT id FROM unit WHERE id::text = ANY($1::text[]) OR short = ANY($1::text[])',
    [named],
  );
  if (rows.length < named.length)
    throw new Problem(422, 'backtest.units', { zh: '没有这个单位', en: 'There is no such unit' });
  return rows.map(({ id }) => id);
}

const countsLine = (name: string, one: Counts): string =>
  `${name}：应办 ${one.opened}，按期 ${one.met}，逾期办结 ${one.late}，逾期未办 ${one.overdue}，例外 ${one.excused}，暂无法判定 ${one.unknown}，未到期 ${one.pending}`;

function linesOf(told: Awaited<ReturnType<typeof readBacktest>>): string[] {
  return [
    `${told.code} ${told.title.zh}  ${told.from} — ${told.to}`,
    told.advice?.text.zh ?? '',
    countsLine('试算', told.tried),
    ...(told.inForce ? [countsLine('现行', told.inForce)] : []),
    ...(told.difference
      ? [`新增 ${told.difference.newly}，不再认定 ${told.difference.gone}，相同 ${told.difference.same}`]
      : []),
    '',
    ...told.months.map((bar) => countsLine(bar.month ?? '', bar.tried)),
    '',
    ...told.units.map((bar) => countsLine(bar.unit || '其他', bar.tried)),
    '',
    `抽样 ${told.sample.length} 项（种子 ${told.seed.slice(0, 16)}）`,
    ...told.sample.map((one, i) => `${i + 1}. ${one.number ?? ''} ${one.unit ?? ''}：${one.explanation.plain.zh}`),
    '',
  ];
}
