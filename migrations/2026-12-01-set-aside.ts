import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Subjects that a sweep could not judge. */
export class SetAside extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./jobs/set-aside.sql', import.meta.url), 'utf8'));
  }
}
