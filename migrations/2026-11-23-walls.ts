import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Row-level security on the state rows: the second wall behind the scope filter. */
export class Walls extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./walls/walls.sql', import.meta.url), 'utf8'));
  }
}
