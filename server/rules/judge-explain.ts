import { chineseCalendar } from '../kernel/calendar.ts';
import type { Tx } from '../kernel/database.ts';
import { noOccurrence } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { SubjectType } from '../subjects/define.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import type { StoredRule } from './catalogue-store.ts';
import { fillOrigins, maskValues } from './explain-origins.ts';
import type { Explanation } from './explanation.ts';
import type { DiffRow, Engine, Hit } from './judge.ts';
import { loadSubjects } from './judge-facts.ts';
import {
  type CompiledRule,
  type Excuse,
  type FactRow,
  type FeedInterval,
  type JudgeContext,
  type JudgedObligation,
  type ParamRow,
  type SubjectFacts,
  verdicts,
} from './rule.ts';
import { newSalt, sealed } from './seal.ts';

/** Makes of broken rows what a finding keeps: the sentence and every value that was read. Few rows, a handful of statements. */
export async function explainHits(
  uow: UnitOfWork,
  engine: Engine,
  type: string,
  rows: readonly DiffRow[],
  options: { sentencesOnly?: boolean } = {},
): Promise<Hit[]> {
  if (rows.length === 0) return [];
  const subjects = new Map(
    (
      await loadSubjects(
        uow,
        engine.registry,
        type,
        [...new Set(rows.map((row) => row.subject_id))],
        engine.rules
          .filter(({ versionId }) => rows.some((row) => row.version_id === versionId))
          .map(({ rule }) => rule),
      )
    ).map((one) => [one.id, one]),
  );
  const context = await judgeContext(uow, engine.rules, uow.now);
  const hits = rows.flatMap((row): Hit[] => {
    const stored = engine.rules.find((one) => one.versionId === row.version_id);
    const subject = subjects.get(row.subject_id);
    if (!stored || !subject) return [];
    const duty: JudgedObligation = {
      subjectId: row.subject_id,
      occurrence: row.occurrence,
      unitId: row.unit_id,
      personId: row.person_id,
      openedAt: row.opened_at,
      dueAt: row.due_at,
      warnAt: row.warn_at,
      metAt: row.met_at,
      verdict: row.verdict,
      severity: row.severity,
    };
    const { rule } = stored;
    const salt = newSalt();
    return [
      {
        salt,
        rule: {
          id: stored.id,
          code: rule.code,
          versionId: stored.versionId,
          version: rule.version,
          title: rule.title,
          absorbs: rule.absorbs,
        },
        subjectType: type,
        subjectId: row.subject_id,
        occurrence: row.occurrence,
        unitId: row.unit_id,
        personId: row.person_id,
        openedAt: row.opened_at,
        dueAt: row.due_at,
        metAt: row.met_at,
        verdict: row.verdict === verdicts.late ? 'late' : 'overdue',
        severity: row.severity,
        sentence: rule.sentence(subject, duty, context),
        snapshot: options.sentencesOnly
          ? {}
          : {
              ...snapshot(engine.registry, stored, subject, duty, context, salt),
              explanation: rule.explain(subject, row.occurrence, context),
            },
      },
    ];
  });
  if (!options.sentencesOnly) {
    const told = hits.map(({ snapshot }) => snapshot['explanation'] as Explanation);
    await fillOrigins(uow, engine.registry, told);
    // it is read for years, by people of many ranks: no more personal data than a limit needs
    for (const [i, hit] of hits.entries()) hit.snapshot['explanation'] = maskValues(told[i]!, isFreeText);
  }
  return hits;
}

/** Free text may name anybody: where the record's own door is not asked, nothing of it is shown. */
const isFreeText = ({ mask }: { mask: string | null }): boolean => mask === 'narrative';

/** Parameters, feeds and the unit tree as they stand: what judging in memory needs beside the facts. */
export const judgeContext = (
  tx: Tx,
  rules: readonly StoredRule[],
  now: Date,
  excused: readonly string[] = [],
): Promise<JudgeContext> => contextOf(tx, [...new Set(rules.map(({ rule }) => rule.code))], now, excused);

/** The same for rules by their codes. */
export async function contextOf(
  tx: Tx,
  codes: readonly string[],
  now: Date,
  excused: readonly string[] = [],
): Promise<JudgeContext> {
  const params = await tx.sql<ParamRow>(
    `SELECT rule_code AS rule, name, key, unit_id AS "unitId", CASE WHEN isfinite(from_on) THEN from_on::text ELSE '-infinity' END AS "fromOn", to_on::text AS "toOn", amount
     FROM rule_param WHERE rule_code = ANY($1::text[])`,
    [codes],
    { name: 'parameters of rules' },
  );
  const feeds = await tx.sql<FeedInterval>(
    'SELECT feed, unit_id AS "unitId", from_at AS "from", to_at AS "to" FROM feed_interval ORDER BY from_at',
    [],
    { name: 'feed intervals' },
  );
  const units = await tx.sql<{ id: number; path: number[]; short: string }>('SELECT id, path, short FROM unit', [], {
    name: 'paths of units',
  });
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const excuses =
    excused.length === 0
      ? []
      : await tx.sql<Excuse>(
          `SELECT r.code AS rule, e.subject_id AS "subjectId", e.occurrence, e.until FROM excuse e JOIN rule r ON r.id = e.rule_id WHERE e.subject_id = ANY($1::uuid[])`,
          [excused],
        );
  return {
    now,
    calendar: chineseCalendar,
    params,
    feeds,
    excuses,
    path: (unitId) => byId.get(unitId)?.path ?? [],
    unitName: (unitId) => byId.get(unitId)?.short ?? null,
  };
}

/** The values behind a verdict, by the names the rule reads them under; of sensitive ones their commitments. */
function snapshot(
  registry: Registry,
  { rule, state }: StoredRule,
  subject: SubjectFacts,
  duty: JudgedObligation,
  context: JudgeContext,
  salt: string,
): Record<string, unknown> {
  const type = registry.get(rule.subject);
  const part =
    rule.part === null
      ? null
      : (subject[rule.part] as FactRow[] | undefined)?.find((row) => row.id === duty.occurrence);
  return {
    facts: readOf(rule, subject, tableOf(type), salt),
    ...(part && rule.part ? { part: readOf(rule, part, listed(registry, type, rule.part), salt) } : {}),
    ...(duty.occurrence === noOccurrence ? {} : { occurrence: duty.occurrence }),
    params: context.params.filter((row) => row.rule === rule.code),
    basis: rule.basis,
    inForce: rule.inForce,
    state,
    needs: rule.needs,
    judgedAt: context.now,
  };
}

/** The table of the rows that `each` goes over: a part of the subject, or what a relation collects. */
function listed(registry: Registry, type: SubjectType, name: string): Table {
  const relation = type.relations[name];
  return relation ? registry.target(relation) : tableOf(type, name);
}

/** The facts of one row that the rule reads: officers, units and records by name or number; lists stay with their own rows. */
function readOf(rule: CompiledRule, row: FactRow, table: Table, salt: string): Record<string, unknown> {
  const names = new Set(
    rule.reads
      .filter((read) => table.part !== null || read.startsWith(`${table.name}.`))
      .map((read) => read.slice(read.indexOf('.') + 1)),
  );
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      if (!names.has(name) || value == null) return [];
      // rows of a part or relation hold people's names, which only their own record may show
      if (!table.facts[name]) return Array.isArray(value) ? [[name, value.length]] : [];
      const read = Array.isArray(value) ? value.map(plain) : plain(value);
      return [[name, sealed(table, name, read, salt)]];
    }),
  );
}

/** An officer or unit by name, a record by number or id. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const row = value as FactRow;
  return 'short' in row || 'qualified' in row ? (row['name'] ?? row.id) : (row['number'] ?? row.id);
}
