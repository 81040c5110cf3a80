import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Acts that take a rule out of force. */
export class OutOfForce extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./rules/out-of-force.sql', import.meta.url), 'utf8'));
  }
}
