import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** What a record masks is masked in its findings too. */
export class Masks extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./masks/snapshots.sql', import.meta.url), 'utf8'));
  }
}
