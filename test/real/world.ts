import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseMapping } from '../../server/imports/parse.ts';
import { type ImportResult, importFile } from '../../server/imports/run.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { readConfig } from '../../server/kernel/config.ts';
import { inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { appendEntries } from '../../server/ledger/ledger.ts';
import { verifyLedger } from '../../server/ledger/verify.ts';
import { loadCatalogue } from '../../server/rules/catalogue.ts';
import { syncCatalogue } from '../../server/rules/catalogue-store.ts';
import { countVerdicts, lendParams, type VerdictCount } from '../../server/rules/everything-count.ts';
import { settleWith } from '../../server/rules/judge.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { Registry } from '../../server/subjects/registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const registry = new Registry(subjectTypes);

/** A bureau that has nothing but one real data set and the rules that were written for it. */
export interface World {
  db: TestDatabase;
  runtime: Runtime;
  /** Runs a mapping of this folder over a file of the data set. */
  load(mapping: string, file: string): Promise<ImportResult>;
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Verdicts as judging on change stored them, by rule, or by rule and unit code. */
  stored(by?: 'unit'): Promise<Record<string, Record<string, number>>>;
  /** Verdicts as a back-test over everything counts them. */
  counted(): Promise<VerdictCount[]>;
  ledgerIsClean(): Promise<boolean>;
  close(): Promise<void>;
}

/** Folder of a data set, or null where this machine does not have it. */
export function dataOf(name: string): string | null {
  const folder = join(readConfig().realData, name);
  return existsSync(folder) ? folder : null;
}

/** The folder in `before`: where it is missing the suite is skipped, but never in continuous integration. */
export function demandData(name: string, test: { skip(): unknown }): string {
  const folder = dataOf(name);
  if (folder) return folder;
  if (readConfig().ci) throw new Error(`there is no ${join(readConfig().realData, name)}, which these tests need`);
  test.skip();
  return '';
}

/** What the suite says where the data is not. */
export const skipped = (name: string): string =>
  dataOf(name)
    ? ''
    : ` (skipped: there is no ${join(readConfig().realData, name)}; MINGJING_REAL_DATA names another folder)`;

export async function openWorld(name: string): Promise<World> {
  const own = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const data = dataOf(name) ?? '';
  const errors = mkdtempSync(join(tmpdir(), 'mingjing-real-'));
  const db = await testDatabase();
  const entries = loadCatalogue(join(own, 'rules'), registry);
  const runtime: Runtime = {
    database: db.database,
    clock: settableClock('2026-01-05T00:00:00Z'),
    settle: async () => {},
    append: async (uow, told) => void (await appendEntries(uow, told)),
  };
  // on trial: judged like any other rule, and nothing is raised
  const { rules } = await inUnitOfWork(
    runtime,
    systemActor,
    (uow) => syncCatalogue(uow, entries, { now: uow.now, state: 'trial' }),
    { as: 'engine' },
  );
  runtime.settle = settleWith({ registry, rules, raise: async () => {}, factsChanged: async () => {} });
  const sql: World['sql'] = (text, values = []) =>
    db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      return tx.sql(text, values);
    });
  return {
    db,
    runtime,
    sql,
    load: (mapping, file) => {
      const text = readFileSync(join(own, mapping), 'utf8');
      return importFile(runtime, registry, parseMapping(mapping, text, registry), join(data, file), {
        errors: join(errors, `${mapping}.csv`),
      });
    },
    stored: async (by) => {
      const rows = await sql<{ name: string; verdict: number; n: number }>(
        `SELECT r.code ${by ? `|| ' ' || u.code` : ''} AS name, o.verdict, count(*) AS n
         FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN unit u ON u.id = o.unit_id GROUP BY 1, 2`,
      );
      const names = ['', 'pending', 'met', 'late', 'overdue', 'excused', 'unknown'];
      const all: Record<string, Record<string, number>> = {};
      for (const { name: rule, verdict, n } of rows) {
        all[rule] ??= {};
        all[rule][names[verdict] ?? ''] = n;
      }
      return all;
    },
    counted: () =>
      db.database.transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
        const compiled = entries.map(({ rule }) => rule);
        await lendParams(tx, compiled);
        return countVerdicts(tx, compiled, runtime.clock.now());
      }),
    ledgerIsClean: async () => (await db.database.transaction((tx) => verifyLedger(tx.sql))).ok,
    close: async () => {
      rmSync(errors, { recursive: true });
      await db.drop();
    },
  };
}
