import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** What the criminal procedure adds to cases: facts, measures, reviews, letters of supervision, returns, custody. */
export class Criminal extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./criminal/criminal.sql', import.meta.url), 'utf8'));
  }
}
