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
  /** The code of its shadow, while it is tried beside another. */
  shadow: string | null;
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
  /** A file that a release reworded says what was signed, as long as nobody has signed the new wording. */
  const asSigned = async (tx: Tx, shipped: readonly CompiledRule[]): Promise<CompiledRule[]> => {
    const rows = await tx.sql<{ code: string; version: number; text: string }>(
      'SELECT r.code, v.version, v.text FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE v.waiting_text IS NOT NULL',
    );
    return shipped.map((rule) => {
      const row = rows.find(({ code, version }) => code === rule.code && version === rule.version);
      if (!row) return rule;
      const key = hashOf(row.text);
      const signed =
        known.get(key) ?? compiled({ id: 0, text: row.text, shadow: null, tried_on: null }, registry) ?? rule;
      known.set(key, signed);
      return signed;
    });
  };
  return async (tx) => {
    const rows = await tx.sql<OfficeRow>(
      `SELECT v.id, v.text, s.code AS shadow,
         (SELECT local_day(max(a.at))::text FROM rule_act a WHERE a.version_id = v.id AND a.act = 'try') AS tried_on
       FROM rule_version v LEFT JOIN rule s ON s.id = v.tried_as WHERE v.source = 'office' AND v.state <> 'repealed' ORDER BY v.id`,
    );
    const made = rows.flatMap((row) => {
      const key = `${row.shadow ?? ''} ${row.tried_on ?? ''} ${hashOf(row.text)}`;
      const rule = known.has(key) ? known.get(key) : compiled(row, registry);
      known.set(key, rule ?? null);
      return rule ?? [];
    });
    return storedRules(tx, [...(await asSigned(tx, files)), ...made]);
  };
}

/** Tried beside the version in force it looks at what is there now, whenever it is to take over. */
function compiled({ text, shadow, tried_on }: OfficeRow, registry: Registry): CompiledRule | null {
  try {
    if (!shadow || !tried_on) return compileRule({ file: 'draft.yml', text }, registry);
    return compileRule({ file: 'draft.yml', text, as: shadow }, registry, { from: monthBefore(tried_on) });
  } catch (error) {
    if (error instanceof RuleErrors) return null;
    throw error;
  }
}

/** A trial shows something at once: what opened in the month before it began is judged too. */
function monthBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 30);
  return at.toISOString().slice(0, 10);
}
