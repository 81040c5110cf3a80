import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Relations by equal facts have an index on both ends; what was recorded before is linked as what comes. */
export class Relations extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./subjects/relations.sql', import.meta.url), 'utf8'));
  }
}
