import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** What excuses the past waits for a second person. */
export class Backdated extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./guards/backdated.sql', import.meta.url), 'utf8'));
  }
}
