import { expect } from 'chai';
import type { Tx } from '../../server/kernel/database.ts';
import { judgeContext } from '../../server/rules/judge-explain.ts';
import { loadSubjects } from '../../server/rules/judge-facts.ts';
import { type CompiledRule, type JudgedObligation, verdicts } from '../../server/rules/rule.ts';
import type { TestDatabase } from '../support/database.ts';
import { compiled } from './rule-text.ts';
import { insertGiven, instantOf, lineOf, type Row, registry, Undo, undone } from './world.ts';

export const names = Object.fromEntries(Object.entries(verdicts).map(([name, code]) => [code, name]));
export const late = '2029-01-01 00:00';

/** Judging one subject both ways. */
export interface Twice {
  judged(
    rule: CompiledRule,
    given: Record<string, unknown>,
    options?: { now?: string; before?: (tx: Tx, id: string) => Promise<unknown> },
  ): Promise<JudgedObligation[]>;
  /** The verdicts by name, or 'nothing'. */
  verdict(...args: Parameters<Twice['judged']>): Promise<string>;
  /** Whether a condition holds of an alarm. */
  holds(when: string, given: Record<string, unknown>): Promise<boolean>;
}

/** `db` is asked for when a test runs: it is opened in a `before`. */
export function twice(db: () => TestDatabase): Twice {
  /** Judges one subject by SQL and in memory, demands the same, and returns the duties. */
  async function judged(
    rule: CompiledRule,
    given: Record<string, unknown>,
    options: { now?: string; before?: (tx: Tx, id: string) => Promise<unknown> } = {},
  ): Promise<JudgedObligation[]> {
    let duties: JudgedObligation[] = [];
    await undone(
      db().database.transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
        await tx.sql('INSERT INTO rule (id, code) VALUES (1, $1)', [rule.code]);
        for (const { name, values } of rule.params)
          for (const { key, amount } of values)
            await tx.sql('INSERT INTO rule_param (rule_code, name, key, amount) VALUES ($1, $2, $3, $4)', [
              rule.code,
              name,
              key,
              amount,
            ]);
        const id = await insertGiven(tx, rule.subject, given);
        await options.before?.(tx, id);
        const now = instantOf(options.now ?? late);
        const [subject] = await loadSubjects(tx, registry, rule.subject, [id], [rule]);
        const context = await judgeContext(tx, [{ rule }] as never, now, [id]);
        duties = rule.judge(subject!, context);
        const lines = duties.map((duty) =>
          lineOf(rule.code, {
            subject_id: duty.subjectId,
            occurrence: duty.occurrence,
            unit_id: duty.unitId,
            person_id: duty.personId,
            opened_at: duty.openedAt,
            due_at: duty.dueAt,
            warn_at: duty.warnAt,
            met_at: duty.metAt,
            verdict: duty.verdict,
            severity: duty.severity,
          }),
        );
        expect(
          (await tx.sql<Row>(`${rule.sql} ORDER BY occurrence`, [[id], now])).map((row) => lineOf(rule.code, row)),
          'SQL',
        ).to.deep.equal(lines);
        expect(
          (await tx.sql<Row>(`${rule.sqlAll} ORDER BY occurrence`, [now]))
            // related rows of its own type are judged too
            .filter((row) => row.subject_id === id)
            .map((row) => lineOf(rule.code, row)),
          'SQL over everything',
        ).to.deep.equal(lines);
        throw new Undo();
      }),
    );
    return duties;
  }

  const verdict = async (...args: Parameters<typeof judged>): Promise<string> =>
    (await judged(...args)).map((duty) => names[duty.verdict]).join(' ') || 'nothing';

  /** Whether a condition holds of an alarm. */
  async function holds(when: string, given: Record<string, unknown>): Promise<boolean> {
    const text = `"${when.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    return (await verdict(compiled({ when: text }), { receivedAt: '2026-03-02 08:00', ...given })) !== 'nothing';
  }

  return { judged, verdict, holds };
}
