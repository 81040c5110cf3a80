import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Exceptions and emergencies granted beforehand, reminders of three levels, the weekly list of flaws over the daily cap. */
export class Guards extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./guards/guards.sql', import.meta.url), 'utf8'));
  }
}
