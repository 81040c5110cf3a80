import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** 入区记录, printed once from its declaration (server/subjects/ddl.ts, walls.ts). */
export class Stays extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./stays/stay.sql', import.meta.url), 'utf8'));
  }
}
