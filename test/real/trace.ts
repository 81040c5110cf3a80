import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tx } from '../../server/kernel/database.ts';
import { newId } from '../../server/kernel/id.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { loadCatalogue } from '../../server/rules/catalogue.ts';
import { syncCatalogue } from '../../server/rules/catalogue-store.ts';
import { backtest, type VerdictCount } from '../../server/rules/everything-count.ts';
import { judgeContext } from '../../server/rules/judge-explain.ts';
import { loadSubjects } from '../../server/rules/judge-facts.ts';
import { type VerdictName, verdicts } from '../../server/rules/rule.ts';
import { createTables } from '../../server/subjects/ddl.ts';
import { defineSubject, instant, int, text, unit } from '../../server/subjects/define.ts';
import { Registry } from '../../server/subjects/registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** A trace of an event log: what a process left behind, in the order of its file. A subject like any other. */
const trace = defineSubject({
  name: 'trace',
  plural: 'traces',
  code: 99,
  label: { zh: '流程记录', en: 'Trace' },
  number: 'number',
  unit: 'unit',
  own: [],
  dated: 'startedAt',
  facts: {
    number: text('编号', 'No.', { unique: true }),
    unit: unit('单位', 'Unit'),
    startedAt: instant('开始时间', 'Started at'),
    deadline: instant('期限', 'Deadline', { planned: true }),
    plannedEnd: instant('计划结束时间', 'Planned end', { planned: true }),
    endedAt: instant('结束时间', 'Ended at'),
  },
  parts: {
    events: {
      one: 'event',
      label: { zh: '事件', en: 'Event' },
      facts: {
        idx: int('序号', 'Place in the file'),
        activity: text('活动', 'Activity'),
        at: instant('时间', 'At'),
        resource: text('人员', 'Person'),
        group: text('组', 'Group'),
      },
    },
  },
  steps: {},
});
const registry = new Registry([trace]);

export interface TraceEvent {
  activity: string;
  at: Date;
  resource?: string;
  group?: string;
}

export interface Trace {
  number: string;
  startedAt: Date;
  deadline?: Date;
  plannedEnd?: Date;
  endedAt?: Date;
  events: TraceEvent[];
}

/** An event log in a database of its own, with the rules that were written for it. */
export interface Log {
  /** Verdicts of a rule over all traces, in PostgreSQL. */
  verdicts(rule: string): Partial<Record<VerdictName, number>>;
  /** The same by the interpreter, and which duties it finds broken. */
  inMemory(rule: string): Promise<{ verdicts: Partial<Record<VerdictName, number>>; broken: Set<string> }>;
  /** Numbers of the traces whose duty under this rule is broken, in PostgreSQL. */
  broken(rule: string): Set<string>;
  codes: string[];
  sql<Row extends object>(text: string): Promise<Row[]>;
  close(): Promise<void>;
}

const now = new Date('2026-01-05T00:00:00Z');

/** Writes the traces as state rows, and judges them by the rules below `test/real/<name>/rules`. */
export async function openLog(name: string, traces: readonly Trace[]): Promise<Log> {
  const db = await testDatabase();
  await withClient(db.ownerUrl, async (client) => {
    await client.query(createTables(registry, trace));
    await client.query('GRANT ALL ON "trace", "trace_event" TO mingjing_engine');
  });
  const here = dirname(fileURLToPath(import.meta.url));
  const rules = loadCatalogue(join(here, name, 'rules'), registry).map(({ rule }) => rule);
  const ids = await fill(db, traces);
  await withClient(db.ownerUrl, (client) => client.query('ANALYZE "trace", "trace_event"').then(() => undefined));
  const counts = new Map<string, VerdictCount>();
  for (const one of await backtest(db.database, rules, now, { broken: true })) counts.set(one.rule, one);
  const of = (rule: string): VerdictCount => {
    const found = counts.get(rule);
    if (!found) throw new Error(`no rule ${rule}`);
    return found;
  };
  const numbers = new Map(traces.map((one, i) => [ids[i] ?? '', one.number]));
  return {
    codes: [...counts.keys()],
    verdicts: (rule) => shown(of(rule).verdicts),
    broken: (rule) => new Set((of(rule).broken ?? []).map((duty) => numbers.get(duty.subjectId) ?? '')),
    inMemory: (code) =>
      inMemory(
        db,
        rules.filter((rule) => rule.code === code),
        ids,
        numbers,
      ),
    sql: (text) => asEngine(db, (tx) => tx.sql(text)),
    close: () => db.drop(),
  };
}

const shown = (all: Record<VerdictName, number>): Partial<Record<VerdictName, number>> =>
  Object.fromEntries(Object.entries(all).filter(([, n]) => n > 0));

const asEngine = <T>(db: TestDatabase, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.database.transaction(async (tx) => {
    await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
    return work(tx);
  });

async function fill(db: TestDatabase, traces: readonly Trace[]): Promise<string[]> {
  const ids = traces.map(() => newId(now));
  await asEngine(db, async (tx) => {
    await tx.sql(`INSERT INTO unit (id, code, name, short, kind, path) VALUES (1, '1', '一', '一', 'county', '{1}')`);
    for (let from = 0; from < traces.length; from += 2000) {
      const some = traces.slice(from, from + 2000);
      await tx.sql(
        `INSERT INTO "trace" (id, version, created_at, updated_at, number, unit_id, started_at, deadline, planned_end, ended_at)
         SELECT id, 1, now(), now(), number, 1, started_at, deadline, planned_end, ended_at FROM jsonb_to_recordset($1::jsonb)
           AS x(id uuid, number text, started_at timestamptz, deadline timestamptz, planned_end timestamptz, ended_at timestamptz)`,
        [
          JSON.stringify(
            some.map((one, i) => ({
              id: ids[from + i],
              number: one.number,
              started_at: one.startedAt,
              deadline: one.deadline,
              planned_end: one.plannedEnd,
              ended_at: one.endedAt,
            })),
          ),
        ],
      );
      await tx.sql(
        `INSERT INTO "trace_event" (id, trace_id, seq, idx, activity, at, resource, "group")
         SELECT gen_random_uuid(), trace_id, idx, idx, activity, at, resource, "group" FROM jsonb_to_recordset($1::jsonb)
           AS x(trace_id uuid, idx int, activity text, at timestamptz, resource text, "group" text)`,
        [
          JSON.stringify(
            some.flatMap((one, i) => one.events.map((event, idx) => ({ trace_id: ids[from + i], idx, ...event }))),
          ),
        ],
      );
    }
  });
  return ids;
}

async function inMemory(
  db: TestDatabase,
  rules: readonly Awaited<ReturnType<typeof loadCatalogue>>[number]['rule'][],
  ids: readonly string[],
  numbers: ReadonlyMap<string, string>,
): ReturnType<Log['inMemory']> {
  const counts: Partial<Record<VerdictName, number>> = {};
  const broken = new Set<string>();
  const names = Object.keys(verdicts) as VerdictName[];
  await asEngine(db, async (tx) => {
    const context = await judgeContext(tx, await lentRules(tx, rules), now);
    for (let from = 0; from < ids.length; from += 2000) {
      for (const subject of await loadSubjects(tx, registry, 'trace', ids.slice(from, from + 2000))) {
        for (const rule of rules) {
          for (const duty of rule.judge(subject, context)) {
            const name = names[duty.verdict - 1] ?? 'unknown';
            counts[name] = (counts[name] ?? 0) + 1;
            if (name === 'late' || name === 'overdue') broken.add(numbers.get(duty.subjectId) ?? '');
          }
        }
      }
    }
  });
  return { verdicts: counts, broken };
}

async function lentRules(tx: Tx, rules: Parameters<typeof inMemory>[1]) {
  const entries = rules.map((rule) => ({ rule, file: `${rule.code}.yml`, text: 'id: none' }));
  return (await syncCatalogue(tx, entries, { now, state: 'trial' })).rules;
}
