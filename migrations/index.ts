import { type Migration, Migrator } from '@mikro-orm/migrations';
import { loadCalendar } from '../server/kernel/calendar.ts';
import { type Database, openDatabase } from '../server/kernel/database.ts';
import { AlsoUnits } from './2026-11-23-also-units.ts';
import { Findings } from './2026-11-23-findings.ts';
import { Foundation } from './2026-11-23-foundation.ts';
import { Jobs } from './2026-11-23-jobs.ts';
import { Reports } from './2026-11-23-reports.ts';
import { Subjects } from './2026-11-23-subjects.ts';
import { Walls } from './2026-11-23-walls.ts';
import { ActEntry } from './2026-11-24-act-entry.ts';
import { Administrative } from './2026-11-24-administrative.ts';
import { Backtests } from './2026-11-24-backtests.ts';
import { Criminal } from './2026-11-24-criminal.ts';
import { Goods } from './2026-11-24-goods.ts';
import { Guards } from './2026-11-24-guards.ts';
import { PublicAffairs } from './2026-11-24-public-affairs.ts';
import { Relations } from './2026-11-24-relations.ts';
import { RuleLife } from './2026-11-24-rule-life.ts';
import { RuleParams } from './2026-11-24-rule-params.ts';
import { Scoreboard } from './2026-11-24-scoreboard.ts';
import { ScoresByUnit } from './2026-11-24-scores-by-unit.ts';
import { StayInside } from './2026-11-24-stay-inside.ts';
import { StayRelations } from './2026-11-24-stay-relations.ts';
import { Stays } from './2026-11-24-stays.ts';
import { Backdated } from './2026-12-01-backdated.ts';
import { BoundedRuns } from './2026-12-01-bounded-runs.ts';
import { Budgets } from './2026-12-01-budgets.ts';
import { Corrections } from './2026-12-01-corrections.ts';
import { Humans } from './2026-12-01-humans.ts';
import { Independence } from './2026-12-01-independence.ts';
import { Masks } from './2026-12-01-masks.ts';
import { OutOfForce } from './2026-12-01-out-of-force.ts';
import { Resets } from './2026-12-01-resets.ts';
import { Reworded } from './2026-12-01-reworded.ts';
import { SetAside } from './2026-12-01-set-aside.ts';
import { SignIn } from './2026-12-01-sign-in.ts';
import { Texts } from './2026-12-01-texts.ts';

/** Every migration in order. An entry is never edited once a database somewhere has run it: write the next one. */
const migrations: { name: string; class: new (...given: never[]) => Migration }[] = [
  { name: '2026-11-23-foundation', class: Foundation },
  { name: '2026-11-23-subjects', class: Subjects },
  { name: '2026-11-23-findings', class: Findings },
  { name: '2026-11-23-reports', class: Reports },
  { name: '2026-11-23-walls', class: Walls },
  { name: '2026-11-23-jobs', class: Jobs },
  { name: '2026-11-23-also-units', class: AlsoUnits },
  { name: '2026-11-24-stays', class: Stays },
  { name: '2026-11-24-public-affairs', class: PublicAffairs },
  { name: '2026-11-24-administrative', class: Administrative },
  { name: '2026-11-24-rule-life', class: RuleLife },
  { name: '2026-11-24-relations', class: Relations },
  { name: '2026-11-24-criminal', class: Criminal },
  { name: '2026-11-24-rule-params', class: RuleParams },
  { name: '2026-11-24-goods', class: Goods },
  { name: '2026-11-24-guards', class: Guards },
  { name: '2026-11-24-backtests', class: Backtests },
  { name: '2026-11-24-stay-relations', class: StayRelations },
  { name: '2026-11-24-scoreboard', class: Scoreboard },
  { name: '2026-11-24-stay-inside', class: StayInside },
  { name: '2026-11-24-scores-by-unit', class: ScoresByUnit },
  { name: '2026-11-24-act-entry', class: ActEntry },
  { name: '2026-12-01-corrections', class: Corrections },
  { name: '2026-12-01-set-aside', class: SetAside },
  { name: '2026-12-01-independence', class: Independence },
  { name: '2026-12-01-sign-in', class: SignIn },
  { name: '2026-12-01-reworded', class: Reworded },
  { name: '2026-12-01-masks', class: Masks },
  { name: '2026-12-01-texts', class: Texts },
  { name: '2026-12-01-bounded-runs', class: BoundedRuns },
  { name: '2026-12-01-humans', class: Humans },
  { name: '2026-12-01-budgets', class: Budgets },
  { name: '2026-12-01-out-of-force', class: OutOfForce },
  { name: '2026-12-01-resets', class: Resets },
  { name: '2026-12-01-backdated', class: Backdated },
];

/** Names of all migrations that this release knows. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/** Brings the database and its calendar up to date as its owner. Returns the names of the migrations that ran. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withMigrator(ownerUrl, async (migrator, database) => {
    const ran = (await migrator.up()).map(({ name }) => name);
    // a published year comes with a new release, not with a migration
    await database.transaction((tx) => loadCalendar(tx.sql));
    return ran;
  });
}

/** Names of the migrations that the database has not run yet. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  return withMigrator(ownerUrl, async (migrator) => (await migrator.getPendingMigrations()).map(({ name }) => name));
}

async function withMigrator<T>(
  ownerUrl: string,
  work: (migrator: Migrator, database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({
    url: ownerUrl,
    poolSize: 2,
    applicationName: 'mingjing-migrate',
    orm: {
      extensions: [Migrator],
      migrations: {
        migrationsList: migrations as never,
        tableName: 'migration',
        snapshot: false,
        silent: true,
        disableForeignKeys: false,
        allOrNothing: true,
      },
    },
  });
  try {
    return await work(database.orm.migrator as Migrator, database);
  } finally {
    await database.close();
  }
}
