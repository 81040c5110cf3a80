import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Registry } from '../subjects/registry.ts';
import type { BacktestRun } from './backtest.ts';
import { side } from './backtest-text.ts';
import { fillOrigins, maskValues } from './explain-origins.ts';
import type { Explanation } from './explanation.ts';
import { contextOf } from './judge-explain.ts';
import { loadSubjects } from './judge-facts.ts';
import type { CompiledRule, ParamRow } from './rule.ts';

/** So many broken duties of a run are shown with their explanations. */
export const sampleSize = 20;

export interface Sampled {
  number: string | null;
  unit: string | null;
  explanation: Explanation;
}

/**
 * Draws broken duties by the seed of the run: the same text over the same period and records gives the same sample,
 * whoever draws it and however the run was cut into chunks.
 */
export async function drawSample(
  uow: UnitOfWork,
  registry: Registry,
  run: BacktestRun,
  rule: CompiledRule,
): Promise<Sampled[]> {
  const drawn = await uow.sql<{ subject_id: string; occurrence: string; unit_id: number | null }>(
    `SELECT subject_id, occurrence, unit_id FROM backtest_broken WHERE run_id = $1 AND side = ${side.tried}
     ORDER BY sha256(convert_to($2 || subject_id || occurrence, 'UTF8')), subject_id, occurrence LIMIT ${sampleSize}`,
    [run.id, run.seed],
  );
  const type = registry.get(run.subject);
  const subjects = await loadSubjects(uow, registry, type.name, [...new Set(drawn.map((one) => one.subject_id))]);
  const params = await uow.sql<ParamRow>(
    `SELECT rule_code AS rule, name, key, unit_id AS "unitId", CASE WHEN isfinite(from_on) THEN from_on::text ELSE '-infinity' END AS "fromOn", to_on::text AS "toOn", amount
     FROM backtest_param WHERE run_id = $1`,
    [run.id],
  );
  const context = {
    ...(await contextOf(
      uow,
      [rule.code],
      run.asOf,
      subjects.map(({ id }) => id),
    )),
    params,
  };
  const sample = drawn.flatMap((one): Sampled[] => {
    const subject = subjects.find(({ id }) => id === one.subject_id);
    if (!subject) return [];
    const number = subject[type.number];
    return [
      {
        number: typeof number === 'string' ? number : null,
        unit: one.unit_id === null ? null : (context.unitName?.(one.unit_id) ?? null),
        explanation: rule.explain(subject, one.occurrence, context),
      },
    ];
  });
  await fillOrigins(
    uow,
    registry,
    sample.map(({ explanation }) => explanation),
  );
  return sample.map((one) => ({ ...one, explanation: maskValues(one.explanation) }));
}
