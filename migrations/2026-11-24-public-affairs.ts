import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** State rows and walls of what the public meets: freezes, complaints, licences, inspections; printed by ddl.ts and walls.ts. */
const files = ['freeze', 'complaint', 'licence', 'inspection'];

export class PublicAffairs extends Migration {
  override up(): void {
    for (const file of files) {
      this.addSql(readFileSync(new URL(`./public-affairs/${file}.sql`, import.meta.url), 'utf8'));
    }
  }
}
