import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Facts of the counter, of keeping and disposing of property, of deleting and checking recordings. */
export class Goods extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./goods/goods.sql', import.meta.url), 'utf8'));
  }
}
