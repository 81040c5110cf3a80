import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** What the administrative procedure adds to a case. */
export class Administrative extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./administrative/administrative.sql', import.meta.url), 'utf8'));
  }
}
