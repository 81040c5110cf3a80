import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** A step is replaced once. */
export class Corrections extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./corrections/replaced-once.sql', import.meta.url), 'utf8'));
  }
}
