import { shownZone } from '../kernel/calendar.ts';
import type { Text } from '../kernel/errors.ts';
import { newId, noOccurrence } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import { recordSteps, type StepAuthor, type StepInput } from '../subjects/record.ts';
import { columnOf, type Registry } from '../subjects/registry.ts';
import { withinCap, withoutListed } from './cap.ts';
import { columns, withoutEmergency, withoutExcepted } from './excepted.ts';
import { selfCorrectUntil, stationDue } from './limits.ts';
import { holders, tell } from './notices.ts';
import { takeNumbers } from './numbers.ts';
import { fillParties } from './parties.ts';
import { reopenWatched } from './watch.ts';

/** A duty that the engine has just found broken. */
export interface Broken {
  rule: { id: number; code: string; versionId: number; version: number; title: Text; absorbs: readonly string[] };
  subjectType: string;
  subjectId: string;
  /** The part's id, or `noOccurrence`. */
  occurrence: string;
  unitId: number | null;
  personId: number | null;
  openedAt: Date;
  dueAt: Date | null;
  metAt: Date | null;
  verdict: 'late' | 'overdue';
  /** 1 flaw · 2 ordinary · 3 serious */
  severity: number;
  sentence: Text;
  /** Every value read, the parameters and the calendar arithmetic: the finding explains itself after the rule is gone. */
  snapshot: Record<string, unknown>;
  /** Of the commitments that stand in the snapshot for sensitive values. */
  salt?: string;
}

/** What a duty with a finding was, and what it is after a change of facts. */
export interface DutyChange {
  ruleId: number;
  subjectId: string;
  occurrence: string;
  before: { verdict: number; dueAt: Date | null; metAt: Date | null };
  /** null: the duty no longer exists. */
  after: { verdict: number; dueAt: Date | null; metAt: Date | null } | null;
}

const severities = ['flaw', 'flaw', 'ordinary', 'serious'] as const;
const broken: readonly number[] = [3, 4];
const excused = 5;

/** Raised by the system, not by whoever recorded the fact. */
const system: StepAuthor = { personId: null, name: '系统', role: 'system', unitId: null, unitName: '' };

/**
 * Makes findings of broken duties, once each: one whose finding exists, whose event another rule covers, or for which
 * an exception holds makes none. The number of statements does not depend on the number of duties.
 * @returns the ids of the new findings
 */
export async function raise(uow: UnitOfWork, registry: Registry, hits: readonly Broken[]): Promise<string[]> {
  return record(uow, registry, await withinCap(uow, await withoutListed(uow, await wanted(uow, hits))));
}

/** Hits that a person takes up from the weekly list: no cap holds for them. */
export async function raiseListed(uow: UnitOfWork, registry: Registry, hits: readonly Broken[]): Promise<string[]> {
  return record(uow, registry, await wanted(uow, hits));
}

async function wanted(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  // the loop's own limits are duties with a rate; what is over them is escalated, never a finding about a finding
  const supervised = unique(hits).filter((hit) => hit.subjectType !== 'finding');
  const known = await withoutEmergency(uow, await withoutExcepted(uow, await withoutKnown(uow, supervised)));
  return withoutCovered(uow, withoutAbsorbed(known));
}

async function record(uow: UnitOfWork, registry: Registry, fresh: readonly Broken[]): Promise<string[]> {
  if (fresh.length === 0) return [];
  const numbers = await takeNumbers(
    uow,
    fresh.map((hit) => hit.unitId),
  );
  const names = await subjectNumbers(uow, registry, fresh);
  const due = stationDue('screening', {}, uow.now);
  const batch = fresh.map(
    (hit, i): StepInput => ({
      type: 'finding',
      subject: newId(uow.now),
      verb: 'raise',
      occurredAt: uow.now,
      by: system,
      facts: {
        number: numbers[i],
        origin: 'rule',
        rule: hit.rule.code,
        ruleId: hit.rule.id,
        versionId: hit.rule.versionId,
        ruleVersion: hit.rule.version,
        title: hit.rule.title.zh,
        titleEn: hit.rule.title.en,
        subjectType: hit.subjectType,
        subjectId: hit.subjectId,
        subjectNumber: names.get(hit.subjectId) ?? null,
        occurrence: hit.occurrence,
        unit: hit.unitId,
        person: hit.personId,
        severity: severities[hit.severity] ?? 'ordinary',
        department: departmentOf(hit.rule.code),
        sentence: hit.sentence.zh,
        sentenceEn: hit.sentence.en,
        snapshot: { ...hit.snapshot, absorbs: hit.rule.absorbs },
        dutyVerdict: hit.verdict,
        dutyOpenedAt: hit.openedAt,
        dutyDueAt: hit.dueAt,
        dutyMetAt: hit.metAt,
        selfCorrectUntil: hit.severity === 1 ? selfCorrectUntil(uow.now) : null,
        stateAt: uow.now,
        dueAt: due,
      },
    }),
  );
  const recorded = await recordSteps(uow, registry, batch);
  // no fact of the finding: whoever may read the finding must not be able to try names against a commitment
  await uow.sql(
    'INSERT INTO finding_salt (finding_id, salt) SELECT f, s FROM unnest($1::uuid[], $2::text[]) AS n (f, s) WHERE s IS NOT NULL',
    [recorded.map((one) => one.subject), fresh.map(({ salt }) => salt ?? null)],
    { name: 'keep salts' },
  );
  for (const name of new Set(fresh.map((hit) => hit.subjectType))) {
    const type = registry.get(name);
    await fillParties(
      uow,
      registry,
      type,
      recorded.filter((_, i) => fresh[i]?.subjectType === name).map((one) => one.subject),
    );
  }
  await absorbEarlier(
    uow,
    registry,
    fresh,
    recorded.map((one) => one.subject),
  );
  await reopenWatched(
    uow,
    registry,
    system,
    fresh.map((hit, i) => ({ ruleId: hit.rule.id, unitId: hit.unitId, number: numbers[i] ?? '' })),
  );
  await announce(uow, fresh);
  return recorded.map((one) => one.subject);
}

/** 主责监督部门: discipline in wearing and using the camera is the inspectors', the rest the legal office's. */
export const departmentOf = (rule: string): 'legal' | 'inspection' => (rule.startsWith('BWC') ? 'inspection' : 'legal');

/**
 * A finding is never withdrawn by a change of facts: it is marked, before and after, and a person decides. What changes
 * because the finding itself was decided (an excuse) is no change of facts.
 */
export async function markFactsChanged(
  uow: UnitOfWork,
  registry: Registry,
  changes: readonly DutyChange[],
): Promise<void> {
  const relevant = changes.filter(
    ({ before, after }) => broken.includes(before.verdict) && !(after && broken.includes(after.verdict)),
  );
  if (relevant.length === 0) return;
  const rows = await uow.sql<{ id: string; i: number; decided: boolean }>(
    `SELECT f.id, c.i, EXISTS (SELECT FROM excuse e WHERE e.rule_id = f.rule_id AND e.subject_id = f.subject_id AND e.occurrence = f.occurrence) AS decided
     FROM unnest($1::int[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS c (rule, subject, occurrence, i)
     JOIN finding f ON f.rule_id = c.rule AND f.subject_id = c.subject AND f.occurrence = c.occurrence ORDER BY f.id`,
    [relevant.map((one) => one.ruleId), relevant.map((one) => one.subjectId), relevant.map((one) => one.occurrence)],
    { name: 'findings of duties' },
  );
  const batch = rows.flatMap(({ id, i, decided }): StepInput[] => {
    const change = relevant[i - 1];
    if (!change || (decided && change.after?.verdict === excused)) return [];
    return [
      {
        type: 'finding',
        subject: id,
        verb: 'mark_facts_changed',
        occurredAt: uow.now,
        by: system,
        facts: {
          factsChange: { before: change.before, after: change.after },
          factsChangedAt: uow.now,
          factsChangedBy: uow.actor.personId,
        },
      },
    ];
  });
  if (batch.length > 0) await recordSteps(uow, registry, batch);
}

const keyOf = (one: { ruleId: number; subjectId: string; occurrence: string }): string =>
  `${one.ruleId} ${one.subjectId} ${one.occurrence}`;
const keyOfHit = (hit: Broken): string =>
  keyOf({ ruleId: hit.rule.id, subjectId: hit.subjectId, occurrence: hit.occurrence });
const unique = (hits: readonly Broken[]): Broken[] => [...new Map(hits.map((hit) => [keyOfHit(hit), hit])).values()];

async function withoutKnown(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  if (hits.length === 0) return hits;
  const rows = await uow.sql<{ ruleId: number; subjectId: string; occurrence: string }>(
    `SELECT f.rule_id AS "ruleId", f.subject_id AS "subjectId", f.occurrence FROM unnest($1::int[], $2::uuid[], $3::uuid[]) AS h (rule, subject, occurrence)
     JOIN finding f ON f.rule_id = h.rule AND f.subject_id = h.subject AND f.occurrence = h.occurrence`,
    columns(hits),
    { name: 'known findings' },
  );
  const known = new Set(rows.map(keyOf));
  return hits.filter((hit) => !known.has(keyOfHit(hit)));
}

const sameEvent = (a: string, b: string): boolean => a === b || a === noOccurrence || b === noOccurrence;

/** One event, one finding: of two rules hit at once the one that absorbs the other speaks. */
function withoutAbsorbed(hits: readonly Broken[]): readonly Broken[] {
  return hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.subjectId === hit.subjectId &&
          other.rule.absorbs.includes(hit.rule.code) &&
          sameEvent(other.occurrence, hit.occurrence),
      ),
  );
}

/** … and what an earlier finding covers needs none either. */
async function withoutCovered(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  if (hits.length === 0) return hits;
  const rows = await uow.sql<{ i: number }>(
    `SELECT DISTINCT h.i FROM unnest($1::text[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS h (code, subject, occurrence, i)
     JOIN finding f ON f.subject_id = h.subject AND f.snapshot -> 'absorbs' ? h.code AND (f.occurrence = h.occurrence OR $4 IN (f.occurrence, h.occurrence))
     WHERE f.state NOT IN ('dismissed', 'false_alarm')`,
    [
      hits.map((hit) => hit.rule.code),
      hits.map((hit) => hit.subjectId),
      hits.map((hit) => hit.occurrence),
      noOccurrence,
    ],
    { name: 'covered events' },
  );
  const covered = new Set(rows.map((row) => row.i));
  return hits.filter((_, i) => !covered.has(i + 1));
}

/** Findings of absorbed rules that nobody has taken up yet go into the new one. */
async function absorbEarlier(
  uow: UnitOfWork,
  registry: Registry,
  hits: readonly Broken[],
  ids: readonly string[],
): Promise<void> {
  const absorbing = hits.flatMap((hit, i) =>
    hit.rule.absorbs.map((code) => ({ code, subject: hit.subjectId, occurrence: hit.occurrence, into: ids[i] ?? '' })),
  );
  if (absorbing.length === 0) return;
  const rows = await uow.sql<{ id: string; target: string }>(
    `SELECT DISTINCT ON (f.id) f.id, a.target FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[]) AS a (code, subject, occurrence, target)
     JOIN finding f ON f.subject_id = a.subject AND f.rule = a.code AND f.state = 'screening' AND f.id <> a.target AND (f.occurrence = a.occurrence OR $5 IN (f.occurrence, a.occurrence))
     ORDER BY f.id`,
    [
      absorbing.map((a) => a.code),
      absorbing.map((a) => a.subject),
      absorbing.map((a) => a.occurrence),
      absorbing.map((a) => a.into),
      noOccurrence,
    ],
    { name: 'absorbed findings' },
  );
  if (rows.length === 0) return;
  await recordSteps(
    uow,
    registry,
    rows.map(
      (row): StepInput => ({
        type: 'finding',
        subject: row.id,
        verb: 'merge',
        occurredAt: uow.now,
        by: system,
        facts: {
          mergedInto: row.target,
          mergedAt: uow.now,
          screenedAt: uow.now,
          state: 'merged',
          stateAt: uow.now,
          dueAt: null,
        },
      }),
    ),
  );
}

/** The numbers by which people call the subjects. */
async function subjectNumbers(
  uow: UnitOfWork,
  registry: Registry,
  hits: readonly Broken[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of new Set(hits.map((hit) => hit.subjectType))) {
    const type = registry.get(name);
    const fact = type.facts[type.number];
    if (!fact) continue;
    const ids = hits.filter((hit) => hit.subjectType === name).map((hit) => hit.subjectId);
    const rows = await uow.sql<{ id: string; number: string | null }>(
      `SELECT id, ${quote(columnOf(type.number, fact))} AS number FROM ${quote(type.name)} WHERE id = ANY($1::uuid[])`,
      [ids],
      { name: `numbers of ${type.name}` },
    );
    for (const row of rows) if (row.number) found.set(row.id, row.number);
  }
  return found;
}

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone });

/** One notice a day to those who screen, however many findings it brings. */
async function announce(uow: UnitOfWork, hits: readonly Broken[]): Promise<void> {
  const today = day.format(uow.now);
  for (const unit of new Set(hits.flatMap((hit) => hit.unitId ?? []))) {
    const people = await holders(uow, unit, ['case-management-officer']);
    await tell(
      uow,
      people,
      { zh: `${today} 有新的疑似问题待核查`, en: `New suspected issues to screen on ${today}` },
      '/findings?state=screening',
      `screening ${today}`,
    );
  }
}
