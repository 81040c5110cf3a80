import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** A new password in two hands, and the log as the auditor reads it. */
export class Resets extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./resets/reset.sql', import.meta.url), 'utf8'));
  }
}
