import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** A new wording of an enacted rule waits for a signature. */
export class Reworded extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./rules/reworded.sql', import.meta.url), 'utf8'));
  }
}
