import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Versions of rules in the database, who did what to them, and one stamp for the set. */
export class RuleLife extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./rules/life.sql', import.meta.url), 'utf8'));
  }
}
