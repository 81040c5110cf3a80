import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { logins } from './ask.ts';
import type { Row } from './cells.ts';

const path = fileURLToPath(new URL('../matrix.txt', import.meta.url));

const head = `# 路由 × 账号 × 关系 · Route × account × relation: what each account of the test bureau (test/support/bureau.ts) is answered.
# + let in · - 403 · 0 404, as if it were not there · x 403 for having a part in it
# Units: 16 北门所 and 17 河东所 in 望河 (10), 22 云埠所 in 澜南; "own": made his own, wherever it lies; opening: at that unit.
# Derived from policies/roles and the words alone (test/access/matrix/oracle.ts), never from the enforcer; reviewed as it
# stands here and compared with what HTTP answers. Anew, for review: node --import tsx test/access/matrix/write.ts
# Accounts, by column: ${logins.map((login, i) => `${i + 1} ${login}`).join(' · ')}
`;

/** The file as the oracle would write it. */
export function render(rows: readonly Row[]): string {
  const lines = [head];
  let last = '';
  for (const row of rows) {
    const [route = '', relation = ''] = row.name.split(' | ');
    if (route !== last) lines.push(route);
    last = route;
    lines.push(`  ${relation.padEnd(14)}${logins.map((login) => row.expected(login)).join('')}`);
  }
  return `${lines.join('\n')}\n`;
}

export const write = (rows: readonly Row[]): void => writeFileSync(path, render(rows));

/** What was reviewed: row → outcome of each account. */
export function readReviewed(): { text: string; outcomes: Map<string, string> } {
  const text = readFileSync(path, 'utf8');
  const outcomes = new Map<string, string>();
  let route = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('  ')) {
      const relation = line.slice(2, 16).trim();
      outcomes.set(relation ? `${route} | ${relation}` : route, line.slice(16));
    } else if (!line.startsWith('#')) route = line;
  }
  return { text, outcomes };
}
