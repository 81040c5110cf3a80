import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** A parameter of a bureau says who set it and why. */
export class RuleParams extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./rules/params.sql', import.meta.url), 'utf8'));
  }
}
