import { isMap, parseDocument } from 'yaml';
import type { Tx } from '../../kernel/database.ts';
import type { Registry } from '../../subjects/registry.ts';
import { type StoredRule, storedRules } from '../catalogue-store.ts';
import { compileRule } from '../compile.ts';
import { RuleErrors } from '../errors.ts';
import type { CompiledRule } from '../rule.ts';
import { hashOf } from './act.ts';

interface OfficeRow {
  id: number;
  text: string;
  tried_as: number | null;
  tried_on: string | null;
}

/**
 * Reads the rule set of a database: the shipped files and what the back office made, compiled by the same code. A
 * version is compiled once and kept as long as its text stays; a draft that does not compile is left out.
 */
export function ruleSetReader(
  registry: Registry,
  files: readonly CompiledRule[],
): (tx: Tx) => Promise<readonly StoredRule[]> {
  const known = new Map<string, CompiledRule | null>();
  return async (tx) => {
    const rows = await tx.sql<OfficeRow>(
      `SELECT v.id, v.text, v.tried_as,
         (SELECT local_day(max(a.at))::text FROM rule_act a WHERE a.version_id = v.id AND a.act = 'try') AS tried_on
       FROM rule_version v WHERE v.source = 'office' AND v.state <> 'repealed' ORDER BY v.id`,
    );
    const made = rows.flatMap((row) => {
      const text = row.tried_as !== null && row.tried_on ? inForceFrom(row.text, monthBefore(row.tried_on)) : row.text;
      const key = hashOf(text);
      const rule = known.has(key) ? known.get(key) : compiled(text, registry);
      known.set(key, rule ?? null);
      return rule ?? [];
    });
    return storedRules(tx, [...files, ...made]);
  };
}

function compiled(text: string, registry: Registry): CompiledRule | null {
  try {
    return compileRule({ file: 'draft.yml', text }, registry);
  } catch (error) {
    if (error instanceof RuleErrors) return null;
    throw error;
  }
}

/** The same rule in force from this day on, whatever its text says: to try it, or to look at one record with it. */
export function inForceFrom(text: string, day: string): string {
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  if (!isMap(document.contents)) return text;
  document.setIn(['in_force'], { from: day });
  return String(document);
}

/** A trial shows something at once: what opened in the month before it began is judged too. */
function monthBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 30);
  return at.toISOString().slice(0, 10);
}
