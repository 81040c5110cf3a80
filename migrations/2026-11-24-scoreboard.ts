import { Migration } from '@mikro-orm/migrations';

/** 规则评分 counts findings by rule, and reads nothing but this index. */
export class Scoreboard extends Migration {
  override up(): void {
    this.addSql(`
      CREATE INDEX finding_rule ON finding (rule, raised_at) INCLUDE (origin, state, verdict, re_review, screened_at, judged_at);`);
  }
}
