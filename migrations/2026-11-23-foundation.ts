import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** The tables of every room below the subjects, as plain SQL, one file per room. */
const files = ['privileges', 'organisation', 'work', 'calendar', 'steps', 'rules', 'findings', 'ledger'];

export class Foundation extends Migration {
  override up(): void {
    for (const file of files) {
      this.addSql(readFileSync(new URL(`./foundation/${file}.sql`, import.meta.url), 'utf8'));
    }
  }
}
