import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Who explained, who changed the facts; every verb that decides a finding's fate asks for independence. */
export class Independence extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./independence/loop.sql', import.meta.url), 'utf8'));
  }
}
