import { dayOf, dayText } from '../kernel/calendar.ts';
import { noOccurrence } from '../kernel/id.ts';
import type { RuleTree } from './analyse.ts';
import type { Gaps } from './print-coverage.ts';
import { type Due, printDue, printWarn } from './print-limits.ts';
import { From, factColumn, matching } from './print-rows.ts';
import { TermPrinter } from './print-terms.ts';
import { verdicts } from './rule.ts';
import { all, costly, name, quoted } from './sql-text.ts';
import { keyOf, type Node, walk } from './tree.ts';

export interface RuleSql {
  sql: string;
  sqlAll: string;
  brokenSql: string;
  countSql: string;
}

/** The four texts of a rule; see CompiledRule. Deterministic: the same rule gives the same text. */
export function printRule(tree: RuleTree): RuleSql {
  return {
    sql: select(new Duty(tree, 'few'), [], { wakes: true }),
    sqlAll: select(new Duty(tree, 'many'), []),
    brokenSql: broken(new Duty(tree, 'many')),
    countSql: counts(new Duty(tree, 'many')),
  };
}

/** The pieces that every text is put together from. */
class Duty {
  readonly tree: RuleTree;
  readonly printer: TermPrinter;
  readonly now: string;
  readonly opened: string;
  readonly met: string;
  readonly due: Due;
  readonly excused: string[];
  readonly delivered: string[];
  readonly unit: string;
  readonly person: string;
  readonly severity: string;
  readonly when: string[];
  private readonly from = new From();
  private readonly laterals: string[] = [];
  private readonly mode: 'few' | 'many';

  constructor(tree: RuleTree, mode: 'few' | 'many') {
    this.tree = tree;
    this.mode = mode;
    this.now = mode === 'few' ? '$2::timestamptz' : '$1::timestamptz';
    this.printer = new TermPrinter({
      code: tree.code,
      inForce: tree.inForce,
      mode,
      opened: () => this.opened,
      unit: () => this.unit,
    });
    this.printer.place(tree.subject, { alias: 's', from: this.from });
    if (tree.each) this.printer.place(tree.each.name, { alias: 'e', from: this.from });

    const own = `s.${factColumn(tree.table, tree.table.type.unit)}`;
    this.unit = tree.unit ? `coalesce(${this.printer.term(tree.unit)}, ${own})` : own;
    this.person = tree.owes ? this.printer.term(tree.owes) : 'NULL::int';
    this.opened = this.once('o', this.printer.term(tree.opens));
    if (costly(this.opened) || this.opened === 'o.at') this.printer.reuse(tree.opens, this.opened);
    this.when = tree.when ? [this.printer.test(tree.when, false)] : [];
    this.due = this.bound();
    this.laterals.push(...this.due.laterals);
    this.shareGaps();
    this.met =
      tree.bound.kind === 'require'
        ? this.once('m', `CASE WHEN ${this.printer.test(tree.bound.condition, false)} THEN ${this.opened} END`)
        : this.once('m', tree.met ? this.printer.term(tree.met) : 'NULL::timestamptz');
    this.excused = [
      ...(tree.excused ? [this.printer.test(tree.excused, true)] : []),
      `EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = ${quoted(tree.code)}) AND x.subject_id = s.id AND x.occurrence = ${this.occurrence()} AND (x.until IS NULL OR x.until > ${this.now}))`,
    ];
    const { aggravated } = tree;
    this.severity = aggravated
      ? `(CASE WHEN ${this.printer.test(aggravated.if, false)} THEN ${aggravated.severity} ELSE ${tree.severity} END)::smallint`
      : `${tree.severity}::smallint`;
    this.delivered = tree.needs.map((feed) => this.feed(feed));
  }

  /** Where coverage and longest gap are asked of the same list, it is read once for both. */
  private shareGaps(): void {
    const { met, bound, subject, each } = this.tree;
    const asked = bound.kind === 'require' ? bound.condition : met;
    const known = new Set([subject, each?.name]);
    const gaps = (asked ? [...walk(asked)] : []).filter(
      (one): one is Gaps =>
        (one.op === 'coverage' || one.op === 'longestGap') &&
        !one.exempt &&
        [...walk(one)].every((part) => part.op !== 'name' || known.has(part.name)),
    );
    const pair = gaps.find((one) => gaps.some((other) => other.op !== one.op && sameDuty(one, other)));
    if (!pair) return;
    this.laterals.push(`${this.printer.both(pair)} g`);
    for (const one of gaps)
      if (sameDuty(one, pair)) this.printer.reuse(one, one.op === 'coverage' ? 'g.coverage' : 'g.gap');
  }

  private bound(): Due {
    const { bound } = this.tree;
    if (bound.kind === 'within') return printDue(this.printer, bound, this.opened);
    const due = bound.kind === 'require' ? this.opened : this.once('b', this.printer.term(bound.at));
    return { due, latest: due, laterals: [] };
  }

  /** What costs more than a look at the row is computed once beside it; OFFSET 0 keeps the planner from copying it. */
  private once(alias: string, sql: string): string {
    if (!costly(sql)) return sql;
    this.laterals.push(`(SELECT ${sql} AS at OFFSET 0) ${alias}`);
    return `${alias}.at`;
  }

  occurrence(): string {
    return this.tree.each ? 'e.id' : `${quoted(noOccurrence)}::uuid`;
  }

  /** `end_of` of a constant day is a constant to the planner: an index on the opening instant can be used. */
  applies(): string[] {
    const { from, to } = this.tree.inForce;
    const eve = (day: string): string => `end_of(date ${quoted(dayText(dayOf(day) - 1))})`;
    return [`${this.opened} > ${eve(from)}`, ...(to ? [`${this.opened} <= ${eve(to)}`] : []), ...this.when];
  }

  /** FROM … WHERE; to be printed last, when every join is known. */
  source(where: string[]): string {
    const { each, table } = this.tree;
    const items = [
      `${name(table.name)} s`,
      ...(each ? [joinOf(each.list)] : []),
      ...this.from.joins,
      ...this.laterals.map((one) => `CROSS JOIN LATERAL ${one}`),
    ];
    return `FROM ${items.join('\n  ')}\nWHERE ${[...(this.mode === 'few' ? ['s.id = ANY($1::uuid[])'] : []), ...where].join('\n  AND ')}`;
  }

  dueAt(): string {
    return this.finite(this.due.due);
  }

  /** Near a year whose calendar is not published: by when it is overdue whatever the calendar will say. */
  latestAt(): string {
    return this.finite(this.due.latest);
  }

  /** A clock that stands still has no due time. */
  private finite(at: string): string {
    const { bound } = this.tree;
    return bound.kind === 'within' && (bound.pauses || bound.extends) ? `nullif(${at}, 'infinity')` : at;
  }

  warnAt(): string {
    return this.tree.warn ? printWarn(this.dueAt(), this.tree.warn) : 'NULL::timestamptz';
  }

  /**
   * Whether a feed delivered from the opening until the due time or now. The nearest unit that has intervals of its own
   * speaks for itself, else those above it, else everybody's.
   */
  private feed(feed: string): string {
    const until = `least(${this.due.due}, ${this.now})`;
    const asked = `tstzrange(${this.opened}, ${until}, '[]')`;
    const agg = "(SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE";
    const mine = `f.feed = ${quoted(feed)} AND`;
    const path = `coalesce((SELECT u.path FROM unit u WHERE u.id = ${this.unit}), '{}')`;
    const nearest = `(SELECT g.unit_id FROM feed_interval g WHERE g.feed = ${quoted(feed)} AND (g.unit_id IS NULL OR g.unit_id = ANY(${path})) ORDER BY array_position(${path}, g.unit_id) DESC NULLS LAST LIMIT 1)`;
    const general =
      this.mode === 'many'
        ? ` WHEN NOT EXISTS (SELECT FROM feed_interval f WHERE ${mine} f.unit_id IS NOT NULL) THEN coalesce(${agg} ${mine} f.unit_id IS NULL) @> ${asked}, FALSE)`
        : '';
    return `CASE WHEN ${this.opened} > ${until} THEN TRUE${general} ELSE coalesce(${agg} ${mine} f.unit_id IS NOT DISTINCT FROM ${nearest}) @> ${asked}, FALSE) END`;
  }

  /** The table of rule-language.md §0.7. */
  verdict(): string {
    const { due, latest } = this.due;
    const [met, now] = [this.met, this.now];
    const cases = [
      `WHEN ${this.excused.join(' OR ')} THEN ${verdicts.excused}`,
      `WHEN ${due} IS NULL THEN ${verdicts.unknown}`,
      ...(this.tree.bound.kind === 'within' ? [`WHEN ${met} < ${this.opened} THEN ${verdicts.unknown}`] : []),
      `WHEN ${met} <= ${due} THEN ${verdicts.met}`,
      ...(this.delivered.length > 0 ? [`WHEN NOT (${all(this.delivered)}) THEN ${verdicts.unknown}`] : []),
      ...(latest === due ? [] : [`WHEN ${met} <= ${latest} THEN ${verdicts.unknown}`]),
      `WHEN ${met} > ${latest} THEN ${verdicts.late}`,
      `WHEN ${latest} < ${now} THEN ${verdicts.overdue}`,
    ];
    return `(CASE ${cases.join('\n    ')}\n    ELSE ${verdicts.pending} END)::smallint`;
  }
}

const sameDuty = (one: Gaps, other: Gaps): boolean =>
  (['list', 'from', 'to'] as const).every((part) => keyOf(one[part]) === keyOf(other[part]));

function joinOf(list: Node<'rows'>): string {
  const { own, table, relation } = list;
  if (relation === null) return `JOIN ${name(table.name)} e ON e.${name(table.key)} = s.id`;
  if (relation.kind === 'many') return `JOIN ${name(table.name)} e ON e.${factColumn(table, relation.by)} = s.id`;
  if (relation.kind === 'same') return `JOIN ${name(table.name)} e ON ${matching(relation, own, 's', table, 'e')}`;
  return `JOIN link l ON l.relation = ${relation.code} AND l.own_id = s.id JOIN ${name(table.name)} e ON e.id = l.their_id`;
}

/** `wakes`: also by when time alone changes it, where that is not the due time itself. */
function select(
  duty: Duty,
  where: string[],
  { verdict = duty.verdict(), wakes = false }: { verdict?: string; wakes?: boolean } = {},
): string {
  const columns = [
    's.id AS subject_id',
    `${duty.occurrence()} AS occurrence`,
    `${duty.unit} AS unit_id`,
    `${duty.person} AS person_id`,
    `${duty.opened} AS opened_at`,
    `${duty.dueAt()} AS due_at`,
    `${duty.warnAt()} AS warn_at`,
    `${duty.met} AS met_at`,
    `${verdict} AS verdict`,
    `${duty.severity} AS severity`,
    ...(!wakes || duty.latestAt() === duty.dueAt() ? [] : [`${duty.latestAt()} AS latest_at`]),
  ];
  return `SELECT ${columns.join(',\n  ')}\n${duty.source([...duty.applies(), ...where])}`;
}

/** Filtered before anything else is computed: five times cheaper than judging all and filtering then. */
function broken(duty: Duty): string {
  const {
    met,
    now,
    due: { latest },
  } = duty;
  const broken = `(${met} > ${latest} OR (${met} IS NULL AND ${latest} < ${now}))`;
  // a look-up each: asked of what is broken alone, while the planner would ask them of every row before the costly `met`
  const excepted = all([...duty.excused.map((excused) => `NOT ${excused}`), ...duty.delivered]);
  const where = [broken, `CASE WHEN ${broken} THEN ${excepted} ELSE FALSE END`];
  const verdict = `(CASE WHEN ${met} IS NULL THEN ${verdicts.overdue} ELSE ${verdicts.late} END)::smallint`;
  return select(duty, where, { verdict });
}

function counts(duty: Duty): string {
  const columns = Object.entries(verdicts).map(
    ([verdict, code]) => `count(*) FILTER (WHERE v.verdict = ${code}) AS ${verdict}`,
  );
  return `SELECT count(*) AS obligations,\n  ${columns.join(',\n  ')}\nFROM (SELECT ${duty.verdict()} AS verdict\n${duty.source(duty.applies())}\nOFFSET 0) v`;
}
