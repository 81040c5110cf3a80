import { readFileSync } from 'node:fs';
import { Migration } from '@mikro-orm/migrations';

/** Known devices, used passwords, guesses by address. */
export class SignIn extends Migration {
  override up(): void {
    this.addSql(readFileSync(new URL('./sign-in/sign-in.sql', import.meta.url), 'utf8'));
  }
}
