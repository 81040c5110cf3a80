import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** The wall of alarms asks a column instead of all dispatches. */
export class AlsoUnits extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./walls/also-units.sql', import.meta.url), 'utf8'));
  }
}
