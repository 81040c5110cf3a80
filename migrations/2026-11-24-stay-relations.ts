import { Migration } from '@mikro-orm/migrations';

/** One person's stays in one case are looked up from both ends. */
export class StayRelations extends Migration {
  override up(): void {
    this.addSql('CREATE INDEX ON "stay" ("identity", "case_id");');
  }
}
