import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** 历史回测 with run tables of its own. */
export class Backtests extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./backtests/backtest.sql', import.meta.url), 'utf8'));
  }
}
