import { bureauZone, dayOf, dueRange, extended, localDay } from '../kernel/calendar.ts';
import { noOccurrence } from '../kernel/id.ts';
import type { RuleTree } from './analyse.ts';
import { type Bindings, interpret, interpretLimit, intervalsOf, rowsOf } from './interpret.ts';
import { warnAt } from './moments.ts';
import {
  type FactRow,
  type JudgeContext,
  type JudgedObligation,
  type ParamRow,
  type SubjectFacts,
  type Verdict,
  verdicts,
} from './rule.ts';
import type { Tree } from './tree.ts';

/** All duties of one subject by one rule, in memory: the twin of print-rule.ts. */
export function judgeFacts(tree: RuleTree, subject: SubjectFacts, context: JudgeContext): JudgedObligation[] {
  if (!tree.each) return judge(tree, subject, null, context);
  const whole = bindingsOf(tree, subject, null, context);
  return rowsOf(tree.each.list)(whole).flatMap((row) => judge(tree, subject, row as FactRow, context));
}

/** The bindings of one duty; parameters are those of its unit on the day it opened. */
export function bindingsOf(
  tree: RuleTree,
  subject: SubjectFacts,
  occurrence: FactRow | null,
  context: JudgeContext,
): Bindings {
  const bindings: Bindings = {
    vars: { [tree.subject]: subject, ...(tree.each && { [tree.each.name]: occurrence }) },
    context,
    param: () => null,
  };
  // opens reads no parameters
  const opened = instantOf(tree.opens, bindings);
  const unit = unitOf(tree, bindings, subject);
  if (opened !== null)
    bindings.param = (name, key) =>
      paramRow(tree, context, name, key, unit, localDay(opened, context.zone))?.amount ?? null;
  return bindings;
}

/** The duty of one occurrence (null: of the subject itself); none where the rule does not apply. */
export function judge(
  tree: RuleTree,
  subject: SubjectFacts,
  occurrence: FactRow | null,
  context: JudgeContext,
): JudgedObligation[] {
  const bindings = bindingsOf(tree, subject, occurrence, context);
  const openedAt = instantOf(tree.opens, bindings);
  if (openedAt === null) return [];
  const day = localDay(openedAt, context.zone);
  if (day < dayOf(tree.inForce.from) || (tree.inForce.to && day >= dayOf(tree.inForce.to))) return [];
  if (tree.when && interpret(tree.when)(bindings) !== true) return [];

  const { due, latest } = dueOf(tree, bindings, openedAt);
  const metAt =
    tree.bound.kind === 'require'
      ? interpret(tree.bound.condition)(bindings) === true
        ? openedAt
        : null
      : tree.met && instantOf(tree.met, bindings);
  const id = occurrence ? String(occurrence.id) : noOccurrence;
  const unitId = unitOf(tree, bindings, subject);
  const dueAt = due === 'never' ? null : due;
  return [
    {
      subjectId: subject.id,
      occurrence: id,
      unitId,
      personId: tree.owes ? idOf(interpret(tree.owes)(bindings)) : null,
      openedAt,
      dueAt,
      warnAt: tree.warn && dueAt ? warnAt(dueAt, tree.warn, context.calendar, context.zone) : null,
      metAt,
      verdict: verdictOf(tree, bindings, {
        openedAt,
        due,
        latest,
        metAt,
        unitId,
        subjectId: subject.id,
        occurrence: id,
      }),
      severity:
        tree.aggravated && interpret(tree.aggravated.if)(bindings) === true ? tree.aggravated.severity : tree.severity,
    },
  ];
}

/** 'never': the clock stands still. */
type Moment = Date | 'never' | null;

interface Case {
  openedAt: Date;
  due: Moment;
  latest: Moment;
  metAt: Date | null;
  unitId: number | null;
  subjectId: string;
  occurrence: string;
}

/** The table of rule-language.md §0.7. */
function verdictOf(tree: RuleTree, bindings: Bindings, { openedAt, due, latest, metAt, ...duty }: Case): Verdict {
  const { context } = bindings;
  const excuse = context.excuses?.find(
    (one) => one.rule === tree.code && one.subjectId === duty.subjectId && one.occurrence === duty.occurrence,
  );
  if (tree.excused && interpret(tree.excused)(bindings) === true) return verdicts.excused;
  if (excuse && (excuse.until === null || excuse.until > context.now)) return verdicts.excused;
  if (due === null) return verdicts.unknown;
  if (tree.bound.kind === 'within' && metAt && metAt < openedAt) return verdicts.unknown;
  if (metAt && !later(metAt, due)) return verdicts.met;
  const until = due === 'never' || due > context.now ? context.now : due;
  if (!tree.needs.every((feed) => delivered(context, feed, duty.unitId, openedAt, until))) return verdicts.unknown;
  if (metAt) return later(metAt, latest) ? verdicts.late : verdicts.unknown;
  return later(context.now, latest) ? verdicts.overdue : verdicts.pending;
}

const later = (at: Date, than: Moment): boolean => than !== 'never' && than !== null && at > than;

/** Whether the feed delivered all the time: by the intervals of the nearest unit that has any, else by everybody's. */
export function delivered(context: JudgeContext, feed: string, unitId: number | null, from: Date, to: Date): boolean {
  if (from > to) return true;
  const path = unitId === null ? [] : context.path(unitId);
  let reached = from.getTime();
  const known = context.feeds.filter((one) => one.feed === feed);
  const nearest = [...path].reverse().find((unit) => known.some((one) => one.unitId === unit)) ?? null;
  const intervals = known.filter((one) => one.unitId === nearest).sort((a, b) => a.from.getTime() - b.from.getTime());
  // an interval that only touches the moment reached carries on from it
  for (const one of intervals) {
    if (one.from.getTime() > reached) return false;
    const end = one.to?.getTime() ?? Number.POSITIVE_INFINITY;
    if (end >= to.getTime() && end >= reached) return true;
    reached = Math.max(reached, end);
  }
  return false;
}

function dueOf(tree: RuleTree, bindings: Bindings, openedAt: Date): { due: Moment; latest: Moment } {
  const { bound } = tree;
  if (bound.kind === 'require') return { due: openedAt, latest: openedAt };
  if (bound.kind === 'due') {
    const at = instantOf(bound.at, bindings);
    return { due: at, latest: at };
  }
  const limit = interpretLimit(bound.limit)(bindings);
  if (!limit) return { due: null, latest: null };
  const { calendar, zone = bureauZone } = bindings.context;
  const pauses = bound.pauses
    ? intervalsOf(rowsOf(bound.pauses)(bindings)).map(({ from, to }) => ({
        from: new Date(from),
        to: Number.isFinite(to) ? new Date(to) : null,
      }))
    : [];
  const range = (more: number): { due: Moment; latest: Moment } => {
    const by = bound.extends ? interpretLimit(bound.extends.by)(bindings) : null;
    // an extension of unknown length makes the term unknown, once one counts
    if (more > 0 && !by) return { due: null, latest: null };
    const { due, latest } = dueRange(
      openedAt,
      extended(limit, by ? Array.from({ length: more }, () => by) : []),
      calendar,
      { zone, rolls: bound.rolls, pauses },
    );
    return { due: due ?? 'never', latest: latest ?? 'never' };
  };
  const { extends: extension } = bound;
  let count = 0;
  if (extension) {
    const approved = rowsOf(extension.list)(bindings)
      .filter((row) => {
        bindings.vars[extension.name] = row;
        return extension.if === null || interpret(extension.if)(bindings) === true;
      })
      .flatMap((row) => (row as FactRow).approvedAt ?? [])
      .map((at) => at as Date)
      .sort((a, b) => a.getTime() - b.getTime());
    for (const at of approved.slice(0, extension.times)) {
      const { due } = range(count);
      if (due === null || later(at, due)) break;
      count += 1;
    }
  }
  return range(count);
}

function instantOf(tree: Tree, bindings: Bindings): Date | null {
  const at = interpret(tree)(bindings) as number | null;
  return at === null ? null : new Date(at);
}

const idOf = (value: unknown): number | null => ((value as FactRow | null)?.id as number | undefined) ?? null;

export function unitOf(tree: RuleTree, bindings: Bindings, subject: SubjectFacts): number | null {
  return (tree.unit ? idOf(interpret(tree.unit)(bindings)) : null) ?? idOf(subject[tree.table.type.unit]);
}

/** The row of the nearest unit, the latest that is in force on the day: as print-terms.ts looks it up. */
export function paramRow(
  tree: RuleTree,
  context: JudgeContext,
  name: string,
  key: string | null,
  unitId: number | null,
  day: number,
): ParamRow | null {
  const path = unitId === null ? [] : context.path(unitId);
  const depth = (unit: number | null): number => (unit === null ? -1 : path.indexOf(unit));
  const dayFrom = (text: string): number => (text === '-infinity' ? Number.NEGATIVE_INFINITY : dayOf(text));
  const [nearest] = context.params
    .filter((row) => row.rule === tree.code && row.name === name && row.key === key)
    .filter(
      (row) =>
        (row.unitId === null || path.includes(row.unitId)) &&
        dayFrom(row.fromOn) <= day &&
        (row.toOn === null || dayOf(row.toOn) > day),
    )
    .sort((a, b) => depth(b.unitId) - depth(a.unitId) || dayFrom(b.fromOn) - dayFrom(a.fromOn));
  return nearest ?? null;
}
