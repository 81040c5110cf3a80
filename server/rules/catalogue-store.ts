import { parse } from 'yaml';
import { bureauZone, dayOf, endOf } from '../kernel/calendar.ts';
import type { Tx } from '../kernel/database.ts';
import { locks } from '../kernel/locks.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { CompiledRule } from './rule.ts';
import { changeRules } from './rule-set.ts';

export type VersionState = 'draft' | 'trial' | 'enacted' | 'repealed';

/** A version of a rule as this database holds it. */
export interface StoredRule {
  /** Whose duties these are: of a version that is tried beside the one in force, its shadow's. */
  id: number;
  versionId: number;
  state: VersionState;
  /** 起算日 'YYYY-MM-DD': duties opened before it are judged as on trial. */
  goLive: string | null;
  /** Units with a 起算日 of their own. */
  goLiveByUnit: boolean;
  /** Shipped with the product, or written in the back office. */
  source: 'file' | 'office';
  /** The first day on which a later version has taken over, whatever the text says. */
  endsOn: string | null;
  rule: CompiledRule;
}

export interface SyncOptions {
  now: Date;
  /** State of versions that are new here; what the file says unless told. */
  state?: VersionState;
  goLive?: string;
  /**
   * A stored version never changes what it judges. In a demonstration database 'replace' takes the changed file
   * (then everything must be judged again); otherwise it is refused.
   */
  onChange?: 'refuse' | 'replace';
}

export interface SyncResult {
  rules: StoredRule[];
  /** Versions that are new or judge differently from before: their subjects must be judged again. */
  fresh: StoredRule[];
  /** Versions whose wording changed and nothing that they judge; `waits` for a signature where the rule is in force. */
  reworded: { rule: CompiledRule; before: string; after: string; waits: boolean }[];
  /** New files of rules that the bureau has amended itself: kept as drafts until the legal office decides. */
  held: { id: number; rule: CompiledRule; text: string }[];
}

/**
 * Brings the tables rule, rule_version and rule_param up to the catalogue; running it again changes nothing. Rules
 * that the catalogue no longer holds stay as they are and are no longer judged.
 * @throws Error when a file changed what a stored version judges
 */
export async function syncCatalogue(
  tx: Tx,
  entries: readonly CatalogueEntry[],
  options: SyncOptions,
): Promise<SyncResult> {
  await tx.sql('SELECT pg_advisory_xact_lock($1)', [locks.catalogue]);
  const ids = await syncRules(tx, entries);
  const stored = await tx.sql<Stored>(
    'SELECT id, rule_id, version, text, sql, state, waiting_text AS waiting FROM rule_version',
  );
  let next = Math.max(0, ...stored.map((row) => row.id));
  const changed = new Set<number>();
  let touched = false;
  const rivals = await amendedRules(tx);
  const held: SyncResult['held'] = [];
  const reworded: SyncResult['reworded'] = [];
  for (const { rule, file, text } of entries) {
    const ruleId = ids.get(rule.code) ?? 0;
    const known = stored.find((row) => row.rule_id === ruleId && row.version === rule.version);
    if (!known) {
      next += 1;
      touched = true;
      const isHeld = rivals.has(ruleId);
      if (!isHeld) changed.add(next);
      await tx.sql(
        'INSERT INTO rule_version (id, rule_id, version, from_at, to_at, state, text, sql, go_live) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [
          next,
          ruleId,
          rule.version,
          startOf(rule.inForce.from),
          rule.inForce.to ? startOf(rule.inForce.to) : null,
          isHeld ? 'draft' : (options.state ?? rule.status),
          text,
          rule.sql,
          isHeld ? null : (options.goLive ?? null),
        ],
      );
      if (isHeld) held.push({ id: next, rule, text });
    } else if (known.waiting !== (known.text === text ? null : text) || known.sql !== rule.sql) {
      const isOther = judges(known.text) !== judges(text);
      if (isOther && options.onChange !== 'replace')
        throw new Error(
          `${file}: version ${rule.version} of ${rule.code} is stored and judges otherwise; a changed rule is a new version`,
        );
      if (isOther) changed.add(known.id);
      // what people have signed says what they have read, until somebody signs the new wording
      const waits = known.text !== text && known.state === 'enacted' && options.onChange !== 'replace';
      const isNew = known.text !== text && !isOther && !(waits && known.waiting === text);
      if (isNew) reworded.push({ rule, before: known.text, after: text, waits });
      touched = true;
      await tx.sql(
        'UPDATE rule_version SET text = $2, sql = $3, from_at = $4, to_at = $5, waiting_text = $6 WHERE id = $1',
        [
          known.id,
          waits ? known.text : text,
          rule.sql,
          startOf(rule.inForce.from),
          rule.inForce.to ? startOf(rule.inForce.to) : null,
          waits ? text : null,
        ],
      );
    }
    await syncParams(tx, rule, options.onChange === 'replace' && known !== undefined && changed.has(known.id));
  }
  if (touched) await changeRules(tx);
  const rules = await storedRules(
    tx,
    entries.map(({ rule }) => rule),
  );
  return { rules, fresh: rules.filter((one) => changed.has(one.versionId)), reworded, held };
}

interface Stored {
  id: number;
  rule_id: number;
  version: number;
  text: string;
  sql: string;
  state: VersionState;
  waiting: string | null;
}

/** Rules of which the bureau has a version of its own that is judged by: a new file is no longer theirs to replace. */
async function amendedRules(tx: Tx): Promise<Set<number>> {
  const rows = await tx.sql<{ rule_id: number }>(
    `SELECT DISTINCT rule_id FROM rule_version WHERE source = 'office' AND state IN ('trial', 'enacted')`,
  );
  return new Set(rows.map((row) => row.rule_id));
}

/** The compiled rules with the ids and states that this database gave them; those it does not hold are left out. */
export async function storedRules(tx: Tx, rules: readonly CompiledRule[]): Promise<StoredRule[]> {
  const rows = await tx.sql<{
    id: number;
    code: string;
    version_id: number;
    version: number;
    state: VersionState;
    go_live: string | null;
    by_unit: boolean;
    source: StoredRule['source'];
    ends_on: string | null;
  }>(
    `SELECT coalesce(v.tried_as, r.id) AS id, coalesce(s.code, r.code) AS code, v.id AS version_id, v.version, v.state, v.go_live, v.source, v.ends_on::text,
       EXISTS (SELECT FROM go_live g WHERE g.rule_id = r.id) AS by_unit
     FROM rule r JOIN rule_version v ON v.rule_id = r.id LEFT JOIN rule s ON s.id = v.tried_as`,
  );
  return rules.flatMap((rule) => {
    const row = rows.find((each) => each.code === rule.code && each.version === rule.version);
    return row
      ? [
          {
            id: row.id,
            versionId: row.version_id,
            state: row.state,
            goLive: row.go_live,
            goLiveByUnit: row.by_unit,
            source: row.source,
            endsOn: row.ends_on,
            rule,
          },
        ]
      : [];
  });
}

/**
 * Changes the life of one version: tried, enacted with a 起算日, repealed. Runs as the engine; the rule set must be
 * loaded again afterwards, and everything judged. Duties of a version that is judged no longer stay as they were.
 */
export async function setState(
  tx: Tx,
  code: string,
  version: number,
  state: VersionState,
  goLive: string | null = null,
): Promise<void> {
  await changeRules(tx);
  const rows = await tx.sql<{ id: number }>(
    'UPDATE rule_version v SET state = $3, go_live = $4 FROM rule r WHERE r.id = v.rule_id AND r.code = $1 AND v.version = $2 RETURNING v.id',
    [code, version, state, goLive],
  );
  if (rows[0] && (state === 'draft' || state === 'repealed')) await noLongerJudged(tx, rows[0].id);
}

/**
 * A version that is judged by no more, as the engine: what a trial found is no history and goes, other duties stay as
 * they are and wake nobody.
 */
export async function noLongerJudged(tx: Pick<Tx, 'sql'>, versionId: number): Promise<void> {
  await tx.sql('DELETE FROM obligation WHERE version_id = $1 AND trial', [versionId]);
  await tx.sql('UPDATE obligation SET next_at = NULL WHERE version_id = $1 AND next_at IS NOT NULL', [versionId]);
}

/** 起算日 of one unit (and what lies below it); null takes it back. */
export async function setGoLive(tx: Tx, code: string, unitId: number, from: string | null): Promise<void> {
  await changeRules(tx);
  await tx.sql('DELETE FROM go_live g USING rule r WHERE r.id = g.rule_id AND r.code = $1 AND g.unit_id = $2', [
    code,
    unitId,
  ]);
  if (from)
    await tx.sql('INSERT INTO go_live (rule_id, unit_id, from_on) SELECT id, $2, $3 FROM rule WHERE code = $1', [
      code,
      unitId,
      from,
    ]);
}

async function syncRules(tx: Tx, entries: readonly CatalogueEntry[]): Promise<Map<string, number>> {
  const rows = await tx.sql<{ id: number; code: string }>('SELECT id, code FROM rule');
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  let next = Math.max(0, ...ids.values());
  for (const code of new Set(entries.map(({ rule }) => rule.code))) {
    if (ids.has(code)) continue;
    next += 1;
    ids.set(code, next);
    await tx.sql('INSERT INTO rule (id, code) VALUES ($1, $2)', [next, code]);
  }
  return ids;
}

/** The file's values are the base of the dated table: the bureau's own rows stand beside them and are never touched. */
export async function syncParams(tx: Tx, rule: CompiledRule, replace: boolean): Promise<void> {
  for (const { name, unit, values } of rule.params) {
    for (const { key, amount } of values) {
      await tx.sql(
        `INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, amount, unit) VALUES ($1, $2, $3, NULL, $4, $5, $6)
         ON CONFLICT (rule_code, name, key, unit_id, from_on) DO ${replace ? 'UPDATE SET amount = excluded.amount, unit = excluded.unit' : 'NOTHING'}`,
        [rule.code, name, key, rule.version === 1 ? '-infinity' : rule.inForce.from, amount, unit],
      );
    }
  }
}

/** The first instant of a local date. */
export const startOf = (date: string): Date => new Date(endOf(dayOf(date) - 1, bureauZone).getTime() + 1);

/** Keys that explain a rule but decide nothing: neither a verdict, nor who is warned, nor which finding covers which. */
const paper = new Set(['title', 'basis', 'says', 'note', 'examples', 'status']);

function judges(text: string): string {
  const keys = Object.entries(parse(text) as Record<string, unknown>).filter(([key]) => !paper.has(key));
  return JSON.stringify(keys.sort(([a], [b]) => (a < b ? -1 : 1)));
}
