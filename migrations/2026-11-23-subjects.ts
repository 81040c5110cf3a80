import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** State rows of the first subject types, printed once from their declarations (server/subjects/ddl.ts). */
const files = ['case', 'alarm', 'item', 'shift', 'recording'];

export class Subjects extends Migration {
  override up(): void {
    for (const file of files) {
      this.addSql(readFileSync(new URL(`./subjects/${file}.sql`, import.meta.url), 'utf8'));
    }
  }
}
