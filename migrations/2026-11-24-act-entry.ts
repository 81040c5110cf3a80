import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Acts say when they were entered in the case system. */
export class ActEntry extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./criminal/act-entry.sql', import.meta.url), 'utf8'));
  }
}
