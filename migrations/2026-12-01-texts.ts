import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Search folds what people take for the same. */
export class Texts extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./texts/fold.sql', import.meta.url), 'utf8'));
  }
}
