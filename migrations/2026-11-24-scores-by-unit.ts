import { Migration } from '@mikro-orm/migrations';

/** 规则评分 within the units that a reader sees: still nothing but the index is read. */
export class ScoresByUnit extends Migration {
  override up(): void {
    this.addSql(`
      DROP INDEX finding_rule;
      CREATE INDEX finding_rule ON finding (rule, raised_at) INCLUDE (unit_id, origin, state, verdict, re_review, screened_at, judged_at);`);
  }
}
