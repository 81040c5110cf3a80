import type { Tx } from '../kernel/database.ts';
import type { Text } from '../kernel/errors.ts';
import { type Change, type Runtime, ruleItself, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { wakeOnCommit } from '../kernel/wake.ts';
import type { Registry } from '../subjects/registry.ts';
import { holdSubjects } from '../subjects/state.ts';
import type { StoredRule } from './catalogue-store.ts';
import { startRun } from './everything.ts';
import { explainHits } from './judge-explain.ts';
import { type JudgeText, judgeText } from './judge-text.ts';
import type { Severity, Verdict } from './rule.ts';

/** A duty that has just been found broken: everything that a finding keeps of it. */
export interface Hit {
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
  severity: Severity;
  sentence: Text;
  /** Every value read, the parameters and the law of the moment: the finding explains itself after the rule is gone. */
  snapshot: Record<string, unknown>;
  /** Of the commitments in the snapshot. */
  salt: string;
}

/** A duty that was broken and no longer is; `after` null where it no longer exists. */
export interface Healed {
  ruleId: number;
  subjectId: string;
  occurrence: string;
  before: { verdict: Verdict; dueAt: Date | null; metAt: Date | null };
  after: { verdict: Verdict; dueAt: Date | null; metAt: Date | null } | null;
}

/** 临期预警: a duty that is due soon and whose warning time has just passed. */
export interface Warning {
  rule: StoredRule;
  subjectType: string;
  subjectId: string;
  occurrence: string;
  unitId: number | null;
  personId: number | null;
  dueAt: Date;
}

/** What judging needs from above: the loop is told, but rules know nothing of it. */
export interface Engine {
  registry: Registry;
  /** The rules of this database; a new set after one was enacted, tried or repealed. */
  rules: readonly StoredRule[];
  /** Brings `rules` up to date with what is committed, and holds them so until the transaction ends. */
  refresh?(tx: Tx): Promise<void>;
  /** Subjects of a type that changed, locked: whoever has a hand in them now has a part in what is open about them. */
  touched?(uow: UnitOfWork, type: string, subjects: readonly string[]): Promise<void>;
  raise(uow: UnitOfWork, hits: Hit[]): Promise<unknown>;
  factsChanged(uow: UnitOfWork, healed: Healed[]): Promise<void>;
  warn?(uow: UnitOfWork, warnings: Warning[]): Promise<void>;
}

/** Rows that the judging statement returns: what broke, what healed, what is due soon. */
export interface DiffRow {
  rule_id: number;
  version_id: number | null;
  subject_id: string;
  occurrence: string;
  unit_id: number | null;
  person_id: number | null;
  opened_at: Date;
  due_at: Date | null;
  met_at: Date | null;
  warn_at: Date | null;
  verdict: Verdict;
  severity: Severity;
  here: boolean;
  was_verdict: Verdict;
  was_due_at: Date | null;
  was_met_at: Date | null;
  breaks: boolean;
  heals: boolean;
  warns: boolean;
}

/** The step of every unit of work between its flush and its ledger entries. */
export const settleWith =
  (engine: Engine): Runtime['settle'] =>
  async (uow, changes) => {
    await engine.refresh?.(uow);
    await judgeByOthers(uow, engine, changes);
    await lock(uow, engine.registry, changes);
    // when what lies in between is held: whoever adds a subject beyond it holds it too, and has committed by now or waits
    const far = await reached(uow, engine, changes);
    await lock(uow, engine.registry, far);
    for (const [type, of] of byType(engine.registry, [...changes, ...far])) {
      await engine.touched?.(
        uow,
        type,
        of.map(({ id }) => id),
      );
      await judgeSubjects(uow, engine, type, of);
    }
  };

/** People and units are no subjects; the rules that read what changed of one look at everything, as a run of their own. */
async function judgeByOthers(uow: UnitOfWork, engine: Engine, changes: readonly Change[]): Promise<void> {
  for (const type of ['person', 'unit']) {
    const of = changes.filter((change) => change.type === type);
    const rules = judgedRules(engine.rules).filter(({ rule }) => of.some((change) => mayTouch(change, rule.reads)));
    if (of.length === 0 || rules.length === 0) continue;
    const types = [...new Set(rules.map(({ rule }) => rule.subject))];
    await startRun(uow, engine.registry, type, types, { rules: [...new Set(rules.map(({ id }) => id))] });
    await wakeOnCommit(uow, 'judge');
  }
}

/** Subjects of rules that look further than one subject, by what lies in between (reaches.ts). */
async function reached(uow: UnitOfWork, engine: Engine, changes: readonly Change[]): Promise<Change[]> {
  const found: Change[] = [];
  const asked = new Set<string>();
  for (const { rule } of judgedRules(engine.rules)) {
    for (const { type, sql } of rule.reaches) {
      const between = changes.filter((change) => change.type === type && mayTouch(change, rule.reads));
      if (between.length === 0 || asked.has(sql)) continue;
      asked.add(sql);
      // every change of the type: another rule that shares this way back may read what this one does not
      const of = changes.filter((change) => change.type === type);
      const facts = of.some((change) => !change.facts) ? {} : { facts: of.flatMap((change) => change.facts ?? []) };
      for (const { id } of await uow.sql<{ id: string }>(sql, [of.map((change) => change.id)]))
        found.push({ type: rule.subject, id, ...facts });
    }
  }
  return found;
}

/** In the order of the registry, ids ascending: two transactions that touch the same subjects lock them in one order. */
function byType(registry: Registry, changes: readonly Change[]): [string, Change[]][] {
  return registry.types.flatMap(({ name }): [string, Change[]][] => {
    const of = changes
      .filter((change) => change.type === name)
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return of.length > 0 ? [[name, of]] : [];
  });
}

/** Whether a change may concern somebody who reads these. */
const mayTouch = ({ facts }: Change, reads: readonly string[] | ReadonlySet<string>): boolean => {
  if (!facts) return true;
  return Array.isArray(reads)
    ? facts.some((fact) => reads.includes(fact))
    : facts.some((fact) => (reads as ReadonlySet<string>).has(fact));
};

/** Whoever changes one of these now waits, and then judges what both of us wrote. */
async function lock(uow: UnitOfWork, registry: Registry, changes: readonly Change[]): Promise<void> {
  for (const [type, of] of byType(registry, changes))
    await holdSubjects(
      uow,
      type,
      of.map(({ id }) => id),
    );
}

/**
 * Judges the duties of these subjects by the rules that read what changed, and tells what broke, healed or is due soon.
 * As many statements as the type has groups of rules, whatever the number of subjects. The subjects must be locked.
 */
export async function judgeSubjects(
  uow: UnitOfWork,
  engine: Engine,
  type: string,
  changes: readonly Change[],
): Promise<void> {
  const rows: DiffRow[] = [];
  for (const { name, text, reads } of textsOf(engine, type)) {
    const ids = [...new Set(changes.filter((change) => mayTouch(change, reads)).map(({ id }) => id))];
    if (ids.length > 0) rows.push(...(await uow.sql<DiffRow>(text, [ids, uow.now], { name })));
  }
  const rule = (row: DiffRow): StoredRule | undefined => engine.rules.find((one) => one.versionId === row.version_id);

  const warnings = rows.flatMap((row): Warning[] => {
    const stored = rule(row);
    if (!row.warns || !stored || !row.due_at) return [];
    return [
      {
        rule: stored,
        subjectType: type,
        subjectId: row.subject_id,
        occurrence: row.occurrence,
        unitId: row.unit_id,
        personId: row.person_id,
        dueAt: row.due_at,
      },
    ];
  });
  const healed = rows.filter((row) => row.heals).map(asHealed);
  const hits = await explainHits(
    uow,
    engine,
    type,
    rows.filter((row) => row.breaks),
  );

  if (warnings.length > 0) await engine.warn?.(uow, warnings);
  if (healed.length > 0) await engine.factsChanged(uow, healed);
  if (hits.length > 0) await engine.raise(uow, hits);
}

const asHealed = (row: DiffRow): Healed => ({
  ruleId: row.rule_id,
  subjectId: row.subject_id,
  occurrence: row.occurrence,
  before: { verdict: row.was_verdict, dueAt: row.was_due_at, metAt: row.was_met_at },
  after: row.here ? { verdict: row.verdict, dueAt: row.due_at, metAt: row.met_at } : null,
});

/** The statement of some rules of a type, and everything that they read. */
interface GroupText extends JudgeText {
  reads: ReadonlySet<string>;
}

const texts = new WeakMap<readonly StoredRule[], Map<string, readonly GroupText[]>>();

/** Rules in a group: a statement has a cost of its own, and one of a hundred rules costs a change of one fact too much. */
const groupSize = 12;

/** All versions of a rule stand in one group, and those about the same part close together: they read the same facts. */
function textsOf(engine: Engine, type: string): readonly GroupText[] {
  const known = texts.get(engine.rules) ?? new Map<string, readonly GroupText[]>();
  texts.set(engine.rules, known);
  const found = known.get(type);
  if (found) return found;
  const rules = judgedRules(engine.rules).filter((one) => one.rule.subject === type);
  const place = ({ rule }: StoredRule) => `${rule.part ?? ''} ${rule.code}`;
  const codes = [...new Map(rules.map((one) => [one.rule.code, place(one)]))]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([code]) => code);
  const made = Array.from({ length: Math.ceil(codes.length / groupSize) }, (_, i): GroupText => {
    const some = new Set(codes.slice(i * groupSize, (i + 1) * groupSize));
    const group = rules.filter(({ rule }) => some.has(rule.code));
    return {
      ...judgeText(engine.registry.get(type).code, group),
      reads: new Set(group.flatMap(({ id, rule }) => [ruleItself(id), ...rule.reads])),
    };
  });
  known.set(type, made);
  return made;
}

/** Drafts are back-tested only, and a repealed version judges no longer (its duties stay as they were). */
export const judgedRules = (rules: readonly StoredRule[]): StoredRule[] =>
  rules.filter(({ state }) => state === 'trial' || state === 'enacted');
