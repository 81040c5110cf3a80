import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** What people and addresses may ask for in a minute. */
export class Budgets extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./budgets/budgets.sql', import.meta.url), 'utf8'));
  }
}
