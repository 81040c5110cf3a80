import { createHash } from 'node:crypto';
import type { StoredRule } from './catalogue-store.ts';
import { severities, verdicts } from './rule.ts';

/** One statement of a subject type: judges, writes the difference and the cells, and returns what people must hear of. */
export interface JudgeText {
  /** Of the prepared statement: the same name means the same text. */
  name: string;
  text: string;
}

const { pending, met, late, overdue, excused } = verdicts;
const broken = `(${late}, ${overdue})`;

/** Columns of an obligation that a judgement decides, in the order of the comparison. */
const decided = [
  'version_id',
  'unit_id',
  'person_id',
  'opened_at',
  'due_at',
  'met_at',
  'warn_at',
  'next_at',
  'verdict',
  'severity',
  'trial',
] as const;

/**
 * The text for all judged rules of one subject type. $1 uuid[] of subject ids, $2 timestamptz now.
 * One UNION ALL, so that one prepared plan serves every change of the type (rule-language.md §7). The difference is
 * written by three joins, never by an upsert of everything. Duties of versions that are judged no longer stay as they were.
 */
export function judgeText(subjectCode: number, rules: readonly StoredRule[]): JudgeText {
  const text = `
WITH judged AS MATERIALIZED (
${rules.map(judgedBy).join('\nUNION ALL\n')}
), stored AS MATERIALIZED (
  SELECT rule_id, subject_id, occurrence, ${decided.join(', ')}
  FROM obligation WHERE subject_id = ANY($1::uuid[]) AND rule_id = ANY('{${[...new Set(rules.map((one) => one.id))].sort((a, b) => a - b).join(',')}}'::smallint[])
), timed AS (
  SELECT j.*, CASE j.verdict
      WHEN ${pending} THEN CASE WHEN j.warn_at > $2::timestamptz THEN j.warn_at ELSE j.latest_at + interval '1 millisecond' END
      WHEN ${excused} THEN e.until END AS next_at
  FROM judged j
  LEFT JOIN excuse e ON j.verdict = ${excused} AND e.rule_id = j.rule_id AND e.subject_id = j.subject_id AND e.occurrence = j.occurrence AND e.until > $2::timestamptz
), diff AS MATERIALIZED (
  SELECT coalesce(j.rule_id, s.rule_id) AS rule_id, coalesce(j.subject_id, s.subject_id) AS subject_id, coalesce(j.occurrence, s.occurrence) AS occurrence,
    j.rule_id IS NOT NULL AS here, s.rule_id IS NOT NULL AS was_here,
    ${decided.map((column) => `j.${column}`).join(', ')},
    ${decided.map((column) => `s.${column} AS was_${column}`).join(', ')}
  FROM timed j FULL JOIN stored s ON s.rule_id = j.rule_id AND s.subject_id = j.subject_id AND s.occurrence = j.occurrence
  WHERE (j.rule_id IS NULL AND s.version_id = ANY('{${rules.map((one) => one.versionId).join(',')}}'::smallint[])) OR s.rule_id IS NULL
    OR j.rule_id IS NOT NULL AND (${decided.map((column) => `j.${column}`).join(', ')}) IS DISTINCT FROM (${decided.map((column) => `s.${column}`).join(', ')})
), come AS (
  INSERT INTO obligation (rule_id, subject_type, subject_id, occurrence, ${decided.join(', ')}, judged_at)
  SELECT rule_id, ${subjectCode}, subject_id, occurrence, ${decided.join(', ')}, $2::timestamptz FROM diff WHERE here AND NOT was_here
), changed AS (
  UPDATE obligation o SET ${decided.map((column) => `${column} = d.${column}`).join(', ')}, judged_at = $2::timestamptz
  FROM diff d WHERE d.here AND d.was_here AND o.rule_id = d.rule_id AND o.subject_id = d.subject_id AND o.occurrence = d.occurrence
), gone AS (
  DELETE FROM obligation o USING diff d
  WHERE NOT d.here AND o.rule_id = d.rule_id AND o.subject_id = d.subject_id AND o.occurrence = d.occurrence
), delta AS (
  SELECT unit_id, version_id, month, sum(met) AS met, sum(late) AS late, sum(excused) AS excused FROM (
    ${settled('', 1)}
    UNION ALL
    ${settled('was_', -1)}
  ) one GROUP BY unit_id, version_id, month HAVING sum(met) <> 0 OR sum(late) <> 0 OR sum(excused) <> 0
), counted AS (
  INSERT INTO cell (unit_id, version_id, month, met, late, excused)
  SELECT unit_id, version_id, month, met, late, excused FROM delta ORDER BY unit_id, version_id, month
  ON CONFLICT (unit_id, version_id, month) DO UPDATE SET met = cell.met + excluded.met, late = cell.late + excluded.late, excused = cell.excused + excluded.excused
), told AS (
  SELECT *,
    here AND NOT trial AND verdict IN ${broken} AND (NOT was_here OR was_trial OR was_verdict NOT IN ${broken}) AS breaks,
    was_here AND NOT was_trial AND was_verdict IN ${broken} AND NOT (here AND verdict IN ${broken}) AS heals,
    here AND NOT trial AND verdict = ${pending} AND warn_at <= $2::timestamptz AND (NOT was_here OR was_verdict <> ${pending} OR was_next_at <= was_warn_at) AS warns
  FROM diff
)
SELECT rule_id, version_id, subject_id, occurrence, unit_id, person_id, opened_at, due_at, met_at, warn_at, verdict, severity, here,
  was_verdict, was_due_at, was_met_at, breaks, heals, warns
FROM told WHERE breaks OR heals OR warns ORDER BY subject_id, rule_id, occurrence`;
  return { name: `judge ${subjectCode} ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`, text };
}

/** Where a cell's month is that of the due time, or of the opening where the clock stands still for good. */
export const cellMonth = (due: string, opened: string): string =>
  `date_trunc('month', local_day(coalesce(${due}, ${opened}))::timestamp)::date`;

/** Settled verdicts of one side of the difference, as ±1. */
function settled(side: '' | 'was_', sign: 1 | -1): string {
  const one = (verdict: number) => `CASE WHEN ${side}verdict = ${verdict} THEN ${sign} ELSE 0 END`;
  return `SELECT coalesce(${side}unit_id, 0) AS unit_id, ${side}version_id AS version_id, ${cellMonth(`${side}due_at`, `${side}opened_at`)} AS month,
      ${one(met)} AS met, ${one(late)} AS late, ${one(excused)} AS excused
    FROM diff WHERE ${side}here AND NOT ${side}trial AND ${side}verdict IN (${met}, ${late}, ${excused})`;
}

function judgedBy(stored: StoredRule): string {
  const trial = stored.state === 'enacted' ? beforeGoLive(stored) : 'true';
  // only rules with calendar limits have a latest date of their own (print-rule.ts)
  const latest = / AS latest_at\b/.test(stored.rule.sql) ? 'j.latest_at' : 'j.due_at AS latest_at';
  return `SELECT ${stored.id}::smallint AS rule_id, ${stored.versionId}::smallint AS version_id, j.subject_id, j.occurrence, j.unit_id, j.person_id, j.opened_at, j.due_at, j.warn_at, j.met_at, j.verdict, j.severity, ${latest},
  ${trial} AS trial FROM (\n${stored.rule.sql}\n) j${stored.endsOn ? ` WHERE local_day(j.opened_at) < date '${stored.endsOn}'` : ''}`;
}

/** 起算日: the nearest unit's own date, else the version's. */
function beforeGoLive({ id, goLive, goLiveByUnit }: StoredRule): string {
  if (!goLive && !goLiveByUnit) return 'false';
  const own = goLive ? `date '${goLive}'` : `date '-infinity'`;
  if (!goLiveByUnit) return `(local_day(j.opened_at) < ${own})`;
  return `(local_day(j.opened_at) < coalesce((SELECT g.from_on FROM unit u JOIN go_live g ON g.rule_id = ${id} AND g.unit_id = ANY(u.path) WHERE u.id = j.unit_id ORDER BY array_position(u.path, g.unit_id) DESC LIMIT 1), ${own}))`;
}

/** Codes of severities by number, for those who print rows of the statement. */
export const severityNames = Object.fromEntries(Object.entries(severities).map(([name, code]) => [code, name]));
