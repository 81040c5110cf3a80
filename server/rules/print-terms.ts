import type { LimitUnit } from '../kernel/calendar.ts';
import type { Extension } from './analyse.ts';
import { type Gaps, type Printing, printBoth, printGaps } from './print-coverage.ts';
import { anArray, RowPrinter } from './print-rows.ts';
import { all, name, number, quoted } from './sql-text.ts';
import { keyOf, mostOf, type Node, type Tree } from './tree.ts';
import { isNumber } from './types.ts';

/** What a parameter look-up needs to know of the duty; printed late, because `opens` may itself read parameters. */
export interface Frame {
  code: string;
  inForce: { from: string; to?: string };
  /** The opening instant and the unit that owes, as SQL. */
  opened: () => string;
  unit: () => string;
  /** few: one subject or some hundreds, look-ups by index. many: a whole table, look-ups once for all rows. */
  mode: 'few' | 'many';
}

/**
 * Prints trees as SQL. A term may be NULL, which is missing. A test is a boolean: `strict` never NULL, else NULL may
 * stand for false, which every place that filters takes it for.
 */
export class TermPrinter extends RowPrinter {
  readonly frame: Frame;
  private readonly computed = new Map<string, string>();

  constructor(frame: Frame) {
    super();
    this.frame = frame;
  }

  /** From now on this tree is printed as `sql`: it has been computed already. */
  reuse(tree: Tree, sql: string): void {
    this.computed.set(keyOf(tree), sql);
  }

  term(tree: Tree): string {
    // names mean one thing in a rule, so that equal trees are equal wherever they stand
    return (this.computed.size > 0 && this.computed.get(keyOf(tree))) || this.print(tree);
  }

  private print(tree: Tree): string {
    switch (tree.op) {
      case 'literal':
        return literal(tree);
      case 'name':
        return this.variable(tree.name).value ?? `${this.variable(tree.name).alias}.id`;
      case 'fact':
      case 'attribute':
        return this.path(tree, () => this.columnOf(tree));
      case 'first':
      case 'last':
        return this.idOf(tree);
      case 'param':
        return this.param(tree);
      case 'choose':
        return `CASE WHEN ${this.test(tree.if, false)} THEN ${this.term(tree.then)} ELSE ${this.term(tree.else)} END`;
      case 'arithmetic':
        return this.arithmetic(tree);
      case 'minus':
        return isNumber(tree.type) ? `(- (${this.term(tree.of)})::float8)` : `(- (${this.term(tree.of)}))`;
      case 'size': {
        const opened = this.open(tree.list);
        return `(SELECT count(*) ${this.fromWhere(opened)})`;
      }
      case 'fold':
        return this.fold(tree);
      case 'pair':
        return together([this.term(tree.left), this.term(tree.right)], tree.how === 'min' ? 'LEAST' : 'GREATEST');
      case 'moved':
        return this.moved(tree);
      case 'coverage':
      case 'longestGap':
        return printGaps(tree, this.printing);
      case 'date':
        return `local_day(${this.term(tree.of)})`;
      case 'year':
        return `extract(year FROM ${tree.of.type.kind === 'date' ? this.term(tree.of) : `local_day(${this.term(tree.of)})`})::int`;
      case 'level':
        if (tree.of.op === 'literal') return number(tree.ranks.indexOf(String(tree.of.value)) + 1);
        return `array_position(ARRAY[${tree.ranks.map(quoted).join(', ')}]::text[], ${this.term(tree.of)})`;
      case 'not':
      case 'and':
      case 'or':
      case 'order':
      case 'equal':
      case 'in':
      case 'exists':
      case 'all':
        return this.test(tree, true);
      default:
        throw new Error(`${tree.op} is no term`);
    }
  }

  test(tree: Tree, strict: boolean): string {
    const sure = (sql: string): string => (strict ? `((${sql}) IS TRUE)` : sql);
    switch (tree.op) {
      case 'not':
        return `(NOT ${this.test(tree.of, true)})`;
      case 'and':
        return `(${this.test(tree.left, strict)} AND ${this.test(tree.right, strict)})`;
      case 'or':
        return `(${this.test(tree.left, strict)} OR ${this.test(tree.right, strict)})`;
      case 'order':
        return sure(`${this.operand(tree.left)} ${tree.sign} ${this.operand(tree.right)}`);
      case 'equal':
        return this.equal(tree, strict);
      case 'in':
        return sure(this.member(tree));
      case 'exists': {
        const opened = this.open(tree.list);
        opened.where.push(this.within(tree.name, opened, () => this.test(tree.body, false)));
        return `EXISTS (SELECT ${this.fromWhere(opened)})`;
      }
      case 'all': {
        const opened = this.open(tree.list);
        opened.where.push(this.within(tree.name, opened, () => `NOT ${this.test(tree.body, true)}`));
        return `NOT EXISTS (SELECT ${this.fromWhere(opened)})`;
      }
      case 'literal':
        return tree.value === true ? 'TRUE' : 'FALSE';
      default:
        return sure(this.term(tree));
    }
  }

  private equal(tree: Node<'equal'>, strict: boolean): string {
    const left = this.operand(tree.left);
    if (tree.right.op === 'literal' && tree.right.value === null) return `(${left} IS ${tree.not ? 'NOT ' : ''}NULL)`;
    const right = this.operand(tree.right);
    const known = [tree.left, tree.right].some((side) => side.op === 'literal' || side.op === 'size');
    if (tree.not) return `(${left} IS DISTINCT FROM ${right})`;
    if (!known) return `(${left} IS NOT DISTINCT FROM ${right})`;
    return strict ? `((${left} = ${right}) IS TRUE)` : `(${left} = ${right})`;
  }

  /** Side of a comparison: a limit in minutes or hours is a span of time there. */
  private operand(tree: Tree): string {
    if (tree.type.kind !== 'limit') return this.term(tree);
    return this.limit(tree, (unit, n) => span(unit, n));
  }

  private member(tree: Node<'in'>): string {
    const item = this.term(tree.item);
    const { list } = tree;
    if (list.op === 'values') return `${item} IN (${list.items.map((each) => this.term(each)).join(', ')})`;
    if (list.op === 'fact') {
      const of = list.type.kind === 'list' && list.type.of.kind === 'person' ? 'int' : 'text';
      return `${item} = ANY(${anArray(
        this.path(list, () => this.columnOf(list)),
        of,
      )})`;
    }
    const opened = this.open(list);
    opened.where.push(`${opened.value ?? `${opened.alias}.id`} = ${item}`);
    return `EXISTS (SELECT ${this.fromWhere(opened)})`;
  }

  private arithmetic(tree: Node<'arithmetic'>): string {
    const [left, right] = [this.term(tree.left), this.term(tree.right)];
    // numbers as float8: the same arithmetic as in memory, and nothing overflows into an error
    if (isNumber(tree.type)) return `((${left})::float8 ${tree.sign} (${right})::float8)`;
    if (tree.type.kind === 'duration') return `((${left}) ${tree.sign} (${right}))`;
    const [at, by] = tree.left.type.kind === 'instant' ? [left, right] : [right, left];
    // by seconds: an interval that counts days would follow the clock changes of the session's zone
    return `((${at}) ${tree.sign} make_interval(secs => extract(epoch FROM ${by})::float8))`;
  }

  private fold(tree: Node<'fold'>): string {
    const zero = tree.type.kind === 'duration' ? "interval '0'" : '0';
    const cast = tree.type.kind === 'duration' ? '' : '::float8';
    if (tree.list.op === 'values') {
      const items = tree.list.items.map((each) => this.term(each));
      if (tree.how === 'sum') return `((${items.map((each) => `coalesce(${each}, ${zero})`).join(' + ')})${cast})`;
      if (items.length === 1) return items[0]!;
      return tree.how === 'allOf'
        ? together(items, 'GREATEST')
        : `${tree.how === 'min' ? 'LEAST' : 'GREATEST'}(${items.join(', ')})`;
    }
    if (tree.list.op !== 'map') throw new Error(`nothing to fold: ${tree.list.op}`);
    const { name: variable, body } = tree.list;
    const opened = this.open(tree.list.list);
    const value = this.within(variable, opened, () => this.term(body));
    // a sub-select of its own: an aggregate over a term of an outer row alone would belong to the outer query
    // OFFSET 0 keeps the planner from walking a whole index on the fact in its order, looking for the first row of this list
    const rest = `FROM (SELECT ${value} AS x ${this.fromWhere(opened)} OFFSET 0) v`;
    if (tree.how === 'sum') return `(SELECT coalesce(sum(v.x), ${zero})${cast} ${rest})`;
    if (tree.how === 'allOf') return `(SELECT CASE WHEN bool_and(v.x IS NOT NULL) THEN max(v.x) END ${rest})`;
    return `(SELECT ${tree.how}(v.x) ${rest})`;
  }

  private readonly printing: Printing = {
    term: (each) => this.term(each),
    intervals: (list) => {
      const opened = this.open(list);
      return {
        started: `${opened.alias}.${name('started_at')}`,
        ended: `${opened.alias}.${name('ended_at')}`,
        from: () => this.fromWhere(opened),
      };
    },
  };

  /** Coverage and longest gap of one list and duty as a row (coverage, gap). */
  both(tree: Gaps): string {
    return printBoth(tree, this.printing);
  }

  /** Prints a limit with its branches outside and `leaf` at their ends; `n` is a whole number, NULL when it is none. */
  limit(tree: Tree, leaf: (unit: LimitUnit, n: string) => string): string {
    if (tree.op === 'choose')
      return `CASE WHEN ${this.test(tree.if, false)} THEN ${this.limit(tree.then, leaf)} ELSE ${this.limit(tree.else, leaf)} END`;
    if (tree.op === 'param' && tree.param.unit !== '')
      return leaf(tree.param.unit, whole(this.param(tree), tree.param.unit));
    if (tree.op === 'limit')
      return leaf(
        tree.unit,
        tree.n.op === 'literal' ? number(Number(tree.n.value)) : whole(this.term(tree.n), tree.unit),
      );
    throw new Error(`no limit: ${tree.op}`);
  }

  /** The pauses of a clock, merged; NULL where there are none. */
  pauses(list: Tree): string {
    const opened = this.open(list);
    return `(SELECT range_agg(pause(${opened.alias}.started_at, ${opened.alias}.ended_at)) ${this.fromWhere(opened)})`;
  }

  /** The approvals of the extensions that satisfy their condition, in order. */
  approvals(extension: Extension): string {
    const opened = this.open(extension.list);
    const { if: condition } = extension;
    if (condition) opened.where.push(this.within(extension.name, opened, () => this.test(condition, false)));
    const approved = `${opened.alias}.approved_at`;
    opened.where.push(`${approved} IS NOT NULL`);
    return `(SELECT array_agg(${approved} ORDER BY ${approved}) ${this.fromWhere(opened)})`;
  }

  /** `after` and `before` know no holidays at their end: they say until when or from when, not when a term ends. */
  private moved(tree: Node<'moved'>): string {
    const at = this.term(tree.at);
    const [sign, day] = [tree.how === 'after' ? '+' : '-', `local_day(${at})`];
    return this.limit(tree.limit, (unit, n) => {
      if (unit === 'm' || unit === 'h') return `(${at} ${sign} ${span(unit, n)})`;
      if (unit === 'd') return `end_of(${day} ${sign} ${n})`;
      if (unit === 'mo') return `end_of(add_months(${day}, ${sign}${n}))`;
      if (tree.how === 'after') return `end_of(add_working_days(${day}, ${n}))`;
      return `end_of(nth_working_day(working_ordinal(${day}) - ${n} + CASE WHEN roll_forward(${day}) = ${day} THEN 0 ELSE 1 END))`;
    });
  }

  /** The row of the nearest unit, the latest that is in force on the day the duty opened. */
  private param(tree: Node<'param'>): string {
    const { code, inForce, opened, unit, mode } = this.frame;
    const key = tree.key ? this.term(tree.key) : "''";
    const mine = `p.rule_code = ${quoted(code)} AND p.name = ${quoted(tree.param.name)}`;
    const day = `local_day(${opened()})`;
    const nearest =
      `(SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = ${unit()} WHERE ${mine} AND p.key = ${key}` +
      ` AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= ${day} AND (p.to_on IS NULL OR p.to_on > ${day})` +
      ' ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)';
    if (mode === 'few') return nearest;
    // where no unit has a row of its own and no key changes while the rule is in force, one array serves every duty
    const [from, to] = [`date ${quoted(inForce.from)}`, inForce.to ? `date ${quoted(inForce.to)}` : "date 'infinity'"];
    const relevant = `FROM rule_param p WHERE ${mine} AND p.from_on < ${to} AND (p.to_on IS NULL OR p.to_on > ${from})`;
    const plain = `(SELECT count(*) = count(DISTINCT p.key) AND bool_and(p.unit_id IS NULL AND p.from_on <= ${from} AND (p.to_on IS NULL OR p.to_on >= ${to})) ${relevant})`;
    const keys = `(SELECT array_agg(p.key ORDER BY p.key) ${relevant})`;
    const amounts = `(SELECT array_agg(p.amount ORDER BY p.key) ${relevant})`;
    return `CASE WHEN ${plain} THEN ${amounts}[array_position(${keys}, ${key})] ELSE ${nearest} END`;
  }
}

function literal({ value }: Node<'literal'>): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' ? number(value) : quoted(value);
}

/** NULL when any is: SQL's LEAST and GREATEST pass over it. */
function together(items: string[], how: 'LEAST' | 'GREATEST'): string {
  const open = items.filter((each) => !/^[\d.]+$/.test(each));
  const value = `${how}(${items.join(', ')})`;
  return open.length === 0 ? value : `CASE WHEN ${all(open.map((each) => `${each} IS NOT NULL`))} THEN ${value} END`;
}

/** A whole number from 1 to the most of its unit; less than 1 is no limit. */
const whole = (sql: string, unit: LimitUnit): string =>
  `nullif(least(greatest(floor(${sql}), 0), ${mostOf(unit)}), 0)::int`;

/** Minutes or hours as elapsed time. */
export function span(unit: LimitUnit, n: string): string {
  const word = unit === 'm' ? 'minute' : 'hour';
  return /^\d+$/.test(n) ? `interval '${n} ${word}s'` : `${n} * interval '1 ${word}'`;
}
