import { Migration } from '@mikro-orm/migrations';

/** 在区人员: the few whose way out is not recorded yet, among years of stays. */
export class StayInside extends Migration {
  override up(): void {
    this.addSql('CREATE INDEX ON "stay" ("arrived_at" DESC, id) WHERE "left_at" IS NULL;');
  }
}
