import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Runs that judge no more than what a change can have touched. */
export class BoundedRuns extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./jobs/bounded-runs.sql', import.meta.url), 'utf8'));
  }
}
