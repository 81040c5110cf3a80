import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** The finding's state row, printed from its declaration, and the tables of the loop beside it. */
const files = ['finding', 'loop'];

export class Findings extends Migration {
  override up(): void {
    for (const file of files) {
      this.addSql(readFileSync(new URL(`./findings/${file}.sql`, import.meta.url), 'utf8'));
    }
  }
}
