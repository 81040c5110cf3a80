import { badInput } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Engine } from './judge.ts';
import type { ParamDeclaration } from './rule.ts';

/** A parameter of a bureau or unit, from a date on. */
export interface ParamOverride {
  rule: string;
  name: string;
  /** '' for a parameter without keys. */
  key: string;
  unitId: number | null;
  /** 'YYYY-MM-DD', inclusive. */
  from: string;
  /** Exclusive; null: until further notice. */
  to: string | null;
  amount: number;
}

/**
 * Sets a dated parameter and has every duty of the rule that opened in its time judged again. The unit of a limit is
 * the rule's own: only its number changes.
 * @throws Problem 422 for a parameter or key that the rule does not declare, or a number out of bounds
 */
export async function setParam(uow: UnitOfWork, engine: Engine, param: ParamOverride): Promise<void> {
  await writeParam(
    uow,
    engine.rules.filter(({ rule }) => rule.code === param.rule).flatMap(({ rule }) => rule.params),
    param,
  );
  const rows = await uow.sql<{ type: number; id: string }>(
    `SELECT DISTINCT o.subject_type AS type, o.subject_id AS id FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN unit u ON u.id = o.unit_id
     WHERE r.code = $1 AND local_day(o.opened_at) >= $2::date AND ($3::date IS NULL OR local_day(o.opened_at) < $3::date) AND ($4::int IS NULL OR $4 = ANY(u.path))`,
    [param.rule, param.from, param.to, param.unitId],
  );
  uow.changed(rows.map(({ type, id }) => ({ type: engine.registry.coded(type).name, id })));
}

/** Stores a dated parameter; nothing is judged again yet. @throws Problem 422 as above */
export async function writeParam(
  uow: UnitOfWork,
  declared: readonly ParamDeclaration[],
  param: ParamOverride & { reason?: string },
): Promise<void> {
  const found = declared.find(({ name, values }) => name === param.name && values.some(({ key }) => key === param.key));
  if (!found)
    throw badInput('rule.unknown-parameter', { zh: '该规则没有这个参数', en: 'The rule has no such parameter' });
  checkAmount(found, param.amount);
  await uow.sql(
    `INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, to_on, amount, unit, set_by, set_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (rule_code, name, key, unit_id, from_on) DO UPDATE SET to_on = excluded.to_on, amount = excluded.amount, unit = excluded.unit,
       set_by = excluded.set_by, set_at = excluded.set_at, reason = excluded.reason`,
    [
      param.rule,
      param.name,
      param.key,
      param.unitId,
      param.from,
      param.to,
      param.amount,
      found.unit,
      uow.actor.personId,
      uow.now,
      param.reason ?? null,
    ],
  );
}

/** The most of each kind of number; beyond it somebody has mistyped. */
const most: Record<string, number> = {
  m: 525_600,
  h: 87_600,
  d: 36_500,
  wd: 10_000,
  mo: 1200,
  int: 1_000_000,
  money: 1e12,
};

function checkAmount({ kind, unit }: ParamDeclaration, amount: number): void {
  if (kind === 'limit' && !(Number.isInteger(amount) && amount >= 1 && amount <= (most[unit] ?? 0)))
    throw badInput('rule.bad-limit', {
      zh: `时限应为 1 至 ${most[unit] ?? 0} 的整数`,
      en: `A limit is a whole number from 1 to ${most[unit] ?? 0}`,
    });
  const isFine =
    kind === 'limit' ||
    (kind === 'ratio' && amount >= 0 && amount <= 1) ||
    (kind === 'int' && Number.isInteger(amount) && amount >= 0 && amount <= (most['int'] ?? 0)) ||
    (kind === 'money' && amount >= 0 && amount <= (most['money'] ?? 0));
  if (!isFine)
    throw badInput('rule.bad-amount', {
      zh: kind === 'ratio' ? '比例应在 0 至 1 之间' : '数值不在允许的范围内',
      en: kind === 'ratio' ? 'A ratio lies between 0 and 1' : 'The number is out of bounds',
    });
}
