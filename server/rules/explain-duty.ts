import { bureauZone, dayOf, dayText, localDay } from '../kernel/calendar.ts';
import { noOccurrence } from '../kernel/id.ts';
import type { Text } from '../subjects/define.ts';
import type { RuleTree } from './analyse.ts';
import { conjuncts, describe } from './describe.ts';
import { bindingsOf, delivered, judge, paramRow, unitOf } from './duty.ts';
import { plainSentence } from './explain-plain.ts';
import { factWords, Reads } from './explain-reads.ts';
import { explainTerm, type Term, type Told } from './explain-term.ts';
import { instantWords, limitWords } from './explain-words.ts';
import type { Condition, ExceptionRead, Explanation, FeedRead, Moment, ParamRead } from './explanation.ts';
import { feeds } from './feeds.ts';
import { type Bindings, interpret, interpretLimit, rowsOf } from './interpret.ts';
import { readsOf } from './reads.ts';
import {
  type FactRow,
  type JudgeContext,
  type JudgedObligation,
  type SeverityName,
  type SubjectFacts,
  severities,
  verdicts,
} from './rule.ts';
import type { RuleFile } from './rule-file.ts';
import { sentenceOf } from './says.ts';
import { type Tree, walk } from './tree.ts';
import type { Passage } from './yaml-source.ts';

/** A rule as explaining needs it: the typed tree, and what its author wrote. */
export interface Explained {
  tree: RuleTree;
  file: RuleFile;
}

/**
 * Why one duty is judged as it is, or why the rule does not apply: over the same tree, facts and context that judge it.
 * `occurrence` is the id of the part, or `noOccurrence`.
 */
export function explainDuty(
  rule: Explained,
  subject: SubjectFacts,
  occurrence: string,
  context: JudgeContext,
): Explanation {
  return new Explainer(rule, subject, occurrence, context).explain();
}

class Explainer {
  private readonly tree: RuleTree;
  private readonly file: RuleFile;
  private readonly context: JudgeContext;
  private readonly reads: Reads;
  private readonly bindings: Bindings;
  private readonly params = new Map<string, ParamRead>();
  private readonly subject: SubjectFacts;
  private readonly occurrence: string;
  /** The duty as the engine judges it. */
  private readonly duty: JudgedObligation | undefined;
  private readonly openedAt: Date | null;

  constructor({ tree, file }: Explained, subject: SubjectFacts, occurrence: string, context: JudgeContext) {
    this.tree = tree;
    this.file = file;
    this.context = context;
    this.subject = subject;
    this.occurrence = occurrence;
    this.reads = new Reads(tree, readsOf(tree), context);
    const lent = this.reads.subject(tree.table, subject);
    const row = this.rowIn(lent);
    this.bindings = bindingsOf(tree, lent, row, context);
    [this.duty] = judge(tree, subject, this.rowIn(subject), context);
    this.openedAt = instantOf(tree.opens, this.bindings);
    this.bindings.param = (name, key) => this.param(name, key);
  }

  private rowIn(subject: SubjectFacts): FactRow | null {
    const { each } = this.tree;
    if (!each || this.occurrence === noOccurrence) return null;
    const whole = bindingsOf(this.tree, subject, null, this.context);
    return (rowsOf(each.list)(whole) as FactRow[]).find((row) => row.id === this.occurrence) ?? null;
  }

  explain(): Explanation {
    const { tree, file, duty, context } = this;
    const opened = this.moment(tree.opens, file.opens);
    const conditions = [this.inForce(), ...this.conditions(tree.when, file.when)];
    const applies = duty !== undefined;
    const told = applies ? this.term() : null;
    const verdict = duty ? nameOf(verdicts, duty.verdict) : 'nothing';
    const explanation: Explanation = {
      rule: {
        code: tree.code,
        version: file.version,
        title: file.title,
        inForce: tree.inForce,
      },
      subjectType: tree.subject,
      subjectId: this.subject.id,
      occurrence: this.occurrence,
      verdict,
      severity: duty ? (nameOf(severities, duty.severity) as SeverityName) : null,
      judgedAt: context.now.toISOString(),
      plain: { zh: '', en: '' },
      sentence: duty && ['late', 'overdue'].includes(verdict) ? sentenceOf(tree, this.subject, duty, context) : null,
      conditions,
      opened,
      due: {
        kind: tree.bound.kind,
        dueAt: told?.due?.toISOString() ?? null,
        latest: told?.latest?.toISOString() ?? null,
        steps: told?.steps ?? [],
      },
      met: applies && tree.met ? this.moment(tree.met, file.met) : null,
      required: applies && tree.bound.kind === 'require' ? this.conditions(tree.bound.condition, file.require) : [],
      exceptions: applies ? this.exceptions() : [],
      aggravated:
        applies && tree.aggravated ? (this.conditions(tree.aggravated.if, file.aggravated?.if, true)[0] ?? null) : null,
      feeds: duty ? this.feeds(duty, told) : [],
      params: [...this.params.values()],
      values: [...this.reads.values.values()],
      more: this.reads.more,
    };
    explanation.plain = plainSentence(explanation, context);
    return explanation;
  }

  /** In force on the day it opened: which version decides. */
  private inForce(): Condition {
    const { from, to } = this.tree.inForce;
    const day = this.openedAt && localDay(this.openedAt, this.context.zone);
    return {
      text: {
        zh: `起算时本版规则施行中（${from}起${to ? `，至${to}前` : ''}）`,
        en: `this version is in force when it opens (from ${from}${to ? ` until before ${to}` : ''})`,
      },
      source: `in_force: ${from}${to ? `..${to}` : ''}`,
      holds: day !== null && day >= dayOf(from) && (!to || day < dayOf(to)),
      reads: [],
    };
  }

  private conditions(tree: Tree | null, passage: Passage | undefined, whole = false): Condition[] {
    if (!tree) return [];
    return (whole ? [tree] : conjuncts(tree)).map((one) => {
      const { value, reads } = this.reads.during(() => interpret(one)(this.bindings) === true);
      return {
        text: describe(one, this.tree.subject, this.tree.each?.name),
        source: sourceOf(one, passage),
        holds: value,
        reads,
      };
    });
  }

  private moment(tree: Tree, passage: Passage | undefined): Moment {
    const { value, reads } = this.reads.during(() => instantOf(tree, this.bindings));
    return {
      text: describe(tree, this.tree.subject, this.tree.each?.name),
      source: sourceOf(tree, passage),
      at: value?.toISOString() ?? null,
      reads,
    };
  }

  private term(): Told {
    const { bound } = this.tree;
    const opened = this.openedAt!;
    if (bound.kind === 'require') {
      const at = instantWords(opened, this.context.zone);
      const text = { zh: `发生之时（${at.zh}）即应具备`, en: `owed the moment it opens (${at.en})` };
      return { due: opened, latest: opened, steps: [{ kind: 'due', text, at: opened.toISOString() }] };
    }
    if (bound.kind === 'due') return this.fixed(bound.at);
    return explainTerm(this.within(bound));
  }

  /** A due time that a fact states, or that is counted from one. */
  private fixed(at: Tree): Told {
    const words = describe(at, this.tree.subject, this.tree.each?.name);
    const due = instantOf(at, this.bindings);
    const steps: Told['steps'] = [
      { kind: 'limit', text: { zh: `期限为：${words.zh}`, en: `due: ${words.en}` }, at: null },
    ];
    for (const node of walk(at)) {
      if (node.op !== 'moved') continue;
      const limit = interpretLimit(node.limit)(this.bindings);
      const [base, moved] = [instantOf(node.at, this.bindings), instantOf(node, this.bindings)];
      if (!limit || !base || !moved) continue;
      const [from, by, to] = [
        instantWords(base, this.context.zone),
        limitWords(limit),
        instantWords(moved, this.context.zone),
      ];
      const before = node.how === 'before';
      steps.push({
        kind: 'count',
        text: {
          zh: `${from.zh}${before ? '之前' : '之后'}${by.zh}为${to.zh}`,
          en: `${by.en} ${node.how} ${from.en} is ${to.en}`,
        },
        at: moved.toISOString(),
      });
    }
    const end = due && instantWords(due, this.context.zone);
    steps.push(
      end
        ? {
            kind: 'due',
            text: { zh: `期限于${end.zh}届满，含本时点`, en: `due by ${end.en}, inclusive` },
            at: due.toISOString(),
          }
        : {
            kind: 'unknown',
            text: { zh: '期限所依据的时间未登记，暂无法判定', en: 'what it depends on is not recorded' },
            at: null,
          },
    );
    return { due, latest: due, steps };
  }

  private within(bound: Extract<RuleTree['bound'], { kind: 'within' }>): Term {
    const { bindings, context } = this;
    const { extends: extension } = bound;
    const rows = extension ? (rowsOf(extension.list)(bindings) as FactRow[]) : [];
    return {
      opened: this.openedAt!,
      limit: interpretLimit(bound.limit)(bindings),
      by: extension ? interpretLimit(extension.by)(bindings) : null,
      times: extension?.times ?? 0,
      approvals: rows.map((row) => {
        bindings.vars[extension!.name] = row;
        return {
          at: (row['approvedAt'] as Date | null | undefined) ?? null,
          counts: !extension!.if || interpret(extension!.if)(bindings) === true,
        };
      }),
      pauses: bound.pauses
        ? (rowsOf(bound.pauses)(bindings) as FactRow[]).map((row) => ({
            from: (row['startedAt'] as Date | null | undefined) ?? null,
            to: (row['endedAt'] as Date | null | undefined) ?? null,
            why: this.reason(bound.pauses!, row),
          }))
        : [],
      rolls: bound.rolls,
      calendar: context.calendar,
      zone: context.zone ?? bureauZone,
    };
  }

  /** A pause says what it was for where its table has a fact for that. */
  private reason(list: Tree, row: FactRow): Text | null {
    const of = list.type.kind === 'list' ? list.type.of : null;
    if (of?.kind !== 'row') return null;
    const name = ['kind', 'reason', 'cause'].find((one) => of.table.facts[one]?.options);
    const fact = name ? of.table.facts[name] : undefined;
    return fact && name ? factWords(fact, row[name], this.context) : null;
  }

  private exceptions(): ExceptionRead[] {
    const { tree, file, context } = this;
    const own = this.conditions(tree.excused, file.excused, true).map(
      ({ text, holds, reads }): ExceptionRead => ({ kind: 'rule', text, holds, until: null, reads }),
    );
    const approved = (context.excuses ?? [])
      .filter(
        (one) => one.rule === tree.code && one.subjectId === this.subject.id && one.occurrence === this.occurrence,
      )
      .map(({ until }): ExceptionRead => {
        const end = until && instantWords(until, context.zone);
        return {
          kind: 'approved',
          text: end
            ? { zh: `经核准的例外，至${end.zh}`, en: `approved exception until ${end.en}` }
            : { zh: '经核准（认定）的例外', en: 'approved exception' },
          holds: until === null || until > context.now,
          until: until?.toISOString() ?? null,
          reads: [],
        };
      });
    return [...own, ...approved];
  }

  private feeds(duty: JudgedObligation, told: Told | null): FeedRead[] {
    const { context } = this;
    const until = duty.dueAt && duty.dueAt <= context.now && told ? duty.dueAt : context.now;
    return this.tree.needs.map((code) => ({
      code,
      label: feeds[code] ? { zh: feeds[code].zh, en: feeds[code].en } : { zh: code, en: code },
      delivered: delivered(context, code, duty.unitId, duty.openedAt, until),
      from: duty.openedAt.toISOString(),
      to: until.toISOString(),
    }));
  }

  private param(name: string, key: string | null): number | null {
    if (!this.openedAt) return null;
    const unit = unitOf(this.tree, this.bindings, this.subject);
    const day = localDay(this.openedAt, this.context.zone);
    const row = paramRow(this.tree, this.context, name, key, unit, day);
    const declared = this.tree.params.find((one) => one.name === name);
    const own = declared?.values.some((one) => one.key === key && one.amount === row?.amount);
    const source = row?.unitId != null ? 'unit' : row && own ? 'rule' : 'bureau';
    this.params.set(`${name} ${key}`, {
      name,
      key: key ?? '',
      text: row ? amountWords(row.amount, declared) : null,
      source,
      unit: row?.unitId == null ? null : (this.context.unitName?.(row.unitId) ?? null),
      since: row && row.fromOn !== '-infinity' ? row.fromOn : null,
      until: row?.toOn ? dayText(dayOf(row.toOn) - 1) : null,
    });
    return row?.amount ?? null;
  }
}

function amountWords(amount: number, declared: RuleTree['params'][number] | undefined): Text {
  if (declared?.unit) return limitWords({ n: amount, unit: declared.unit });
  if (declared?.kind === 'money') return { zh: `${amount}元`, en: `${amount} yuan` };
  if (declared?.kind === 'ratio') return { zh: `${amount * 100}%`, en: `${amount * 100} %` };
  return { zh: String(amount), en: String(amount) };
}

function instantOf(tree: Tree, bindings: Bindings): Date | null {
  const at = interpret(tree)(bindings) as number | null;
  return at === null ? null : new Date(at);
}

const sourceOf = (tree: Tree, passage: Passage | undefined): string =>
  passage ? passage.text.slice(tree.range.start, tree.range.end).replace(/\s+/g, ' ') : '';

const nameOf = <Name extends string>(codes: Readonly<Record<Name, number>>, code: number): Name =>
  (Object.keys(codes) as Name[]).find((name) => codes[name] === code)!;
