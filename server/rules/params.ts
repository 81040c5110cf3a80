import { badInput } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Engine } from './judge.ts';

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
 * @throws Problem 422 for a parameter or key that the rule does not declare, or a number below 1 of a limit
 */
export async function setParam(uow: UnitOfWork, engine: Engine, param: ParamOverride): Promise<void> {
  const declared = engine.rules
    .filter(({ rule }) => rule.code === param.rule)
    .flatMap(({ rule }) => rule.params)
    .find(({ name }) => name === param.name);
  if (!declared?.values.some(({ key }) => key === param.key))
    throw badInput('rule.unknown-parameter', { zh: '该规则没有这个参数', en: 'The rule has no such parameter' });
  if (declared.kind === 'limit' && !(Number.isInteger(param.amount) && param.amount >= 1))
    throw badInput('rule.bad-limit', { zh: '时限应为不小于一的整数', en: 'A limit is a whole number, at least 1' });
  await uow.sql(
    `INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, to_on, amount, unit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (rule_code, name, key, unit_id, from_on) DO UPDATE SET to_on = excluded.to_on, amount = excluded.amount, unit = excluded.unit`,
    [param.rule, param.name, param.key, param.unitId, param.from, param.to, param.amount, declared.unit],
  );
  const rows = await uow.sql<{ type: number; id: string }>(
    `SELECT DISTINCT o.subject_type AS type, o.subject_id AS id FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN unit u ON u.id = o.unit_id
     WHERE r.code = $1 AND local_day(o.opened_at) >= $2::date AND ($3::date IS NULL OR local_day(o.opened_at) < $3::date) AND ($4::int IS NULL OR $4 = ANY(u.path))`,
    [param.rule, param.from, param.to, param.unitId],
  );
  uow.changed(rows.map(({ type, id }) => ({ type: engine.registry.coded(type).name, id })));
}
