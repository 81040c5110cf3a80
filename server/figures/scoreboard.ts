import type { Tx } from '../kernel/database.ts';

/** How one rule did, in the words of people (domain.md §1.3): 误报 counts against the rule, 不成立 against nobody. */
export interface Score {
  rule: string;
  /** Suspected issues it raised, and those of the last 30 days. */
  fired: number;
  fired30: number;
  /** Duties excepted by a decision or an approved exception. */
  excused: number;
  /** 成立, 部分成立. */
  confirmed: number;
  notConfirmed: number;
  falseAlarms: number;
  /** Verdicts overturned on objection; they stand among the not confirmed. */
  overturned: number;
  /** confirmed ÷ (confirmed + not confirmed + false alarms); null where nothing was judged. */
  precision: number | null;
  judged: number;
  /** Median hours from raising to the first verdict, a dismissal at screening included. */
  medianHours: number | null;
}

/** Below `share` of at least `judged` verdicts a rule is proposed for trial; a person decides. */
export interface Budget {
  share: number;
  judged: number;
}

const shipped: Budget = { share: 0.8, judged: 10 };
const setting = 'precision-budget';

export async function readBudget(tx: Tx): Promise<Budget> {
  const [row] = await tx.sql<{ value: Budget }>('SELECT value FROM setting WHERE key = $1', [setting]);
  return row?.value ?? shipped;
}

export async function writeBudget(tx: Tx, budget: Budget, now: Date): Promise<void> {
  await tx.sql(
    'INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at',
    [setting, JSON.stringify(budget), now],
  );
}

/**
 * Every rule that raised anything or has duties excepted: two set-based statements, whatever their number.
 * @param units those whose issues count; null: all
 */
export async function scoreboard(tx: Tx, now: Date, units: readonly number[] | null = null): Promise<Score[]> {
  const rows = await tx.sql<Omit<Score, 'precision' | 'judged' | 'excused'>>(
    `SELECT rule, count(*) AS fired, count(*) FILTER (WHERE raised_at > $1::timestamptz - interval '720 hours') AS "fired30",
       count(*) FILTER (WHERE verdict IN ('confirmed', 'partly')) AS confirmed,
       count(*) FILTER (WHERE state = 'dismissed') AS "notConfirmed",
       count(*) FILTER (WHERE state = 'false_alarm') AS "falseAlarms",
       count(*) FILTER (WHERE re_review = 'overturned') AS overturned,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM
         CASE WHEN judged_at IS NOT NULL THEN judged_at WHEN state IN ('dismissed', 'false_alarm') THEN screened_at END - raised_at)) / 3600)::numeric, 1)::float8 AS "medianHours"
     FROM finding WHERE origin = 'rule' AND ($2::int[] IS NULL OR unit_id = ANY($2)) GROUP BY rule`,
    [now, units],
    { name: 'scores of rules' },
  );
  const excused = await tx.sql<{ rule: string; n: number }>(
    `SELECT r.code AS rule, sum(c.excused)::int AS n FROM cell c JOIN rule_version v ON v.id = c.version_id JOIN rule r ON r.id = v.rule_id
     WHERE c.excused > 0 AND ($1::int[] IS NULL OR c.unit_id = ANY($1)) GROUP BY r.code`,
    [units],
    { name: 'excepted duties of rules' },
  );
  const known = new Map(rows.map((row) => [row.rule, row]));
  const none = {
    fired: 0,
    fired30: 0,
    confirmed: 0,
    notConfirmed: 0,
    falseAlarms: 0,
    overturned: 0,
    medianHours: null,
  };
  return [...new Set([...known.keys(), ...excused.map(({ rule }) => rule)])].sort().map((rule): Score => {
    const row = known.get(rule) ?? { ...none, rule };
    const judged = row.confirmed + row.notConfirmed + row.falseAlarms;
    return {
      ...row,
      excused: excused.find((one) => one.rule === rule)?.n ?? 0,
      judged,
      precision: judged === 0 ? null : row.confirmed / judged,
    };
  });
}

export const isBelow = ({ precision, judged }: Score, budget: Budget): boolean =>
  precision !== null && judged >= budget.judged && precision < budget.share;
