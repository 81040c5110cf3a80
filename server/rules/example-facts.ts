import { bureauZone, chineseCalendar, localInstant } from '../kernel/calendar.ts';
import type { Fact, Relation } from '../subjects/define.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import { type Expected, expected } from './catalogue-examples.ts';
import { parentFact } from './language.ts';
import {
  type CompiledRule,
  type Example,
  type FactRow,
  type FeedInterval,
  type JudgeContext,
  type JudgedObligation,
  type SubjectFacts,
  verdicts,
} from './rule.ts';

type Given = Readonly<Record<string, unknown>>;

/** The units of examples: 11 is the one that is meant unless told, 12 a rural one. */
const units: Readonly<Record<number, FactRow>> = {
  1: { id: 1, name: '望河分局', short: '望河分局', kind: 'county', area: null },
  11: { id: 11, name: '北门派出所', short: '北门派出所', kind: 'station', area: 'urban' },
  12: { id: 12, name: '稻溪派出所', short: '稻溪派出所', kind: 'station', area: 'rural' },
};
const station = 11;

/** The people of examples by name: police-1, trainee-1 (without enforcement qualification), auxiliary-1, civilian-1. */
function personOf(name: unknown): FactRow {
  const [, role = '', n = '1'] = /^(police|trainee|auxiliary|civilian)-(\d)$/.exec(String(name)) ?? [];
  if (!role) throw new RangeError(`nobody is called ${String(name)}`);
  const base = { police: 0, trainee: 20, auxiliary: 30, civilian: 40 }[role] ?? 0;
  const kind = role === 'trainee' ? 'police' : role;
  const id = base + Number(n);
  return { id, number: `99${id}`, name, kind, qualified: role === 'police', unit: units[station] };
}

/** Makes of `given` what judging in memory reads, as the tests of the catalogue make rows of it. */
class Cast {
  private readonly registry: Registry;
  private last = 0;

  constructor(registry: Registry) {
    this.registry = registry;
  }

  private nextId(): string {
    this.last += 1;
    return `00000000-0000-7000-8000-${String(this.last).padStart(12, '0')}`;
  }

  subject(type: string, given: Given): SubjectFacts {
    const table = tableOf(this.registry.get(type));
    return this.row(table, 'unit' in table.facts ? { unit: station, ...given } : given) as SubjectFacts;
  }

  private row(table: Table, given: Given, more: Record<string, unknown> = {}): FactRow {
    const row: Record<string, unknown> = { id: this.nextId() };
    for (const name of Object.keys(table.facts)) row[name] = null;
    for (const name of [...(table.part === null ? Object.keys(table.type.parts) : []), ...Object.keys(table.relations)])
      row[name] = [];
    Object.assign(row, more);
    for (const [name, value] of Object.entries(given)) {
      const fact = table.facts[name];
      if (fact) row[name] = this.value(fact, value);
    }
    for (const [name, value] of Object.entries(given)) {
      const relation = table.relations[name];
      if (name in table.facts) continue;
      if (table.part === null && table.type.parts[name]) {
        const part = tableOf(table.type, name);
        const within = parentFact(part) ? { [table.type.name]: row } : {};
        row[name] = listOf(value).map((one) => this.row(part, one, within));
      } else if (relation) row[name] = listOf(value).map((one) => this.related(table, relation, one, row));
      else throw new RangeError(`${table.name} has neither a fact nor a part ${name}`);
    }
    return row as FactRow;
  }

  /** A row that a relation collects; what makes it a related one need not be said again. */
  private related(own: Table, relation: Relation, given: Given, of: Readonly<Record<string, unknown>>): FactRow {
    const to = this.registry.target(relation);
    const known: Record<string, unknown> = {};
    if (relation.kind === 'same')
      for (const [mine, theirs] of relation.match) if (!(theirs in given)) known[theirs] = of[mine];
    if (relation.kind === 'many') known[relation.by] = of;
    if (to.part === null) {
      const facts = 'unit' in to.facts && !('unit' in given) ? { unit: station, ...given } : given;
      return this.row(to, facts, known);
    }
    const { [to.type.name]: parent, ...rest } = given;
    const within = parentFact(to)
      ? { [to.type.name]: this.subject(to.type.name, (parent as Given | undefined) ?? {}) }
      : {};
    return this.row(to, own.part === to.part ? given : rest, { ...within, ...known });
  }

  private value(fact: Fact, value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (fact.kind === 'instant') return instantOf(String(value));
    if (fact.kind === 'person') return personOf(value);
    if (fact.kind === 'persons') return (value as unknown[]).map(personOf);
    if (fact.kind === 'unit') return units[Number(value)] ?? { id: Number(value) };
    if (fact.kind === 'subject') return this.subject(fact.to ?? '', value as Given);
    return value;
  }
}

const listOf = (value: unknown): Given[] => {
  if (!Array.isArray(value)) throw new RangeError('a list is wanted');
  return value as Given[];
};

/** Local time of the bureau as rule files write it: 2026-01-05 08:00, or a day. */
function instantOf(text: string): Date {
  const at = localInstant(/[ T]/.test(text) ? text.replace('T', ' ') : `${text} 00:00`, bureauZone);
  if (!at) throw new RangeError(`not an instant: ${text}`);
  return at;
}

/** What an example promises and does not keep, in words; null when it is kept. */
export function brokenPromise(registry: Registry, rule: CompiledRule, example: Example): string | null {
  const wanted = expected(example.gives);
  if (wanted === null) return null;
  try {
    const subject = new Cast(registry).subject(rule.subject, example.given);
    const duties = rule.judge(subject, contextOf(rule, example));
    const said = duties.map((duty, i) => nameOf(duty, wanted[i])).join(', ') || 'nothing';
    const promised = wanted.map((one) => (one.late === undefined ? one.verdict : `late by ${one.late / 1000} s`));
    const meant = promised.join(', ') || 'nothing';
    return said === meant ? null : `example “${example.it}” promises ${meant} and is ${said}`;
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof TypeError)) throw error;
    return `example “${example.it}” cannot be read: ${error.message}`;
  }
}

function contextOf(rule: CompiledRule, example: Example): JudgeContext {
  const always = instantOf('2000-01-01');
  const feeds = rule.needs.flatMap((feed): FeedInterval[] => {
    const down = example.down?.[feed];
    if (!down) return [{ feed, unitId: null, from: always, to: null }];
    return [
      { feed, unitId: null, from: always, to: instantOf(down[0]) },
      { feed, unitId: null, from: instantOf(down[1]), to: null },
    ];
  });
  const params = rule.params.flatMap(({ name, values }) =>
    values.map(({ key, amount }) => ({
      rule: rule.code,
      name,
      key,
      unitId: null,
      fromOn: '-infinity',
      toOn: null,
      amount,
    })),
  );
  return {
    now: instantOf(example.now ?? '2029-01-01'),
    calendar: chineseCalendar,
    params,
    feeds,
    path: (unit) => (unit === 1 ? [1] : [1, unit]),
  };
}

function nameOf(duty: JudgedObligation, wanted: Expected | undefined): string {
  const [name = ''] = Object.entries(verdicts).find(([, code]) => code === duty.verdict) ?? [];
  if (wanted?.verdict === 'broken' && (name === 'late' || name === 'overdue')) return 'broken';
  if (wanted?.late === undefined || name !== 'late') return name;
  return `${name} by ${((duty.metAt?.getTime() ?? 0) - (duty.dueAt?.getTime() ?? 0)) / 1000} s`;
}
