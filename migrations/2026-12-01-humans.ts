import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Accounts of one human are one to every guard. */
export class Humans extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./humans/human.sql', import.meta.url), 'utf8'));
  }
}
