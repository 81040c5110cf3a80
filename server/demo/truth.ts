import { writeFile } from 'node:fs/promises';
import type { Tx } from '../kernel/database.ts';
import { noOccurrence } from '../kernel/id.ts';
import type { City } from './city.ts';
import { type Planted, type Verdict, verdictAt } from './story.ts';

/** One duty as it must be judged. */
export interface TrueVerdict {
  rule: string;
  subject: string;
  occurrence: string;
  verdict: Verdict;
  opened: string;
  due: string | null;
}

/** What the loop decided in the meantime: these duties are excused by a person, whatever the facts say. */
export interface Decided {
  rule: string;
  subject: string;
  occurrence: string;
}

const keyOf = (one: Decided): string => `${one.rule} ${one.subject} ${one.occurrence}`;

/** The verdicts of everything planted, at `until`. @throws Error when two plants claim the same duty at one time */
export function truthAt(
  city: City,
  planted: readonly Planted[],
  decided: readonly Decided[],
  until: Date,
): TrueVerdict[] {
  const excused = new Set(decided.map(keyOf));
  const truth = new Map<string, TrueVerdict>();
  for (const one of planted) {
    const verdict = verdictAt(one, until, city.outages);
    if (!verdict) continue;
    const line: TrueVerdict = {
      rule: one.rule,
      subject: one.subject,
      occurrence: one.occurrence ?? noOccurrence,
      verdict,
      opened: one.opened.toISOString(),
      due: one.due?.toISOString() ?? null,
    };
    const key = keyOf(line);
    if (truth.has(key)) throw new Error(`planted twice: ${key}`);
    truth.set(key, excused.has(key) ? { ...line, verdict: 'excused' } : line);
  }
  return [...truth.values()];
}

/** One JSON document, a verdict a line: what was planted and how it must be judged. */
export async function writeTruth(
  path: string,
  about: Record<string, unknown>,
  truth: readonly TrueVerdict[],
): Promise<void> {
  const head = JSON.stringify(about).slice(0, -1);
  await writeFile(path, `${head},"verdicts":[\n${truth.map((line) => JSON.stringify(line)).join(',\n')}\n]}\n`);
}

/** How the engine's verdicts differ from the truth; the lists hold the first twenty of each kind. */
export interface Comparison {
  truth: number;
  engine: number;
  missing: number;
  extra: number;
  different: number;
  /** Of the rules that differ: how many duties of each. */
  byRule: Record<string, number>;
  samples: { kind: 'missing' | 'extra' | 'different'; truth?: TrueVerdict; engine?: TrueVerdict }[];
}

const verdictNames: readonly Verdict[] = ['pending', 'met', 'late', 'overdue', 'excused', 'unknown'];

/** Holds the stored verdicts against the truth: verdict, opening and due time of every duty. */
export async function compareWithTruth(sql: Tx['sql'], truth: readonly TrueVerdict[]): Promise<Comparison> {
  const rows = await sql<{
    rule: string;
    subject: string;
    occurrence: string;
    verdict: number;
    opened: Date;
    due: Date | null;
  }>(
    `SELECT r.code AS rule, o.subject_id AS subject, o.occurrence, o.verdict, o.opened_at AS opened, o.due_at AS due FROM obligation o JOIN rule r ON r.id = o.rule_id`,
  );
  const engine = new Map(
    rows.map((row) => {
      const line: TrueVerdict = {
        rule: row.rule,
        subject: row.subject,
        occurrence: row.occurrence,
        verdict: verdictNames[row.verdict - 1] ?? 'pending',
        opened: row.opened.toISOString(),
        due: row.due?.toISOString() ?? null,
      };
      return [keyOf(line), line] as const;
    }),
  );
  const comparison: Comparison = {
    truth: truth.length,
    engine: rows.length,
    missing: 0,
    extra: 0,
    different: 0,
    byRule: {},
    samples: [],
  };
  const note = (sample: Comparison['samples'][number]) => {
    const rule = (sample.truth ?? sample.engine)?.rule ?? '';
    comparison[sample.kind] += 1;
    comparison.byRule[rule] = (comparison.byRule[rule] ?? 0) + 1;
    if (comparison.samples.filter((one) => one.kind === sample.kind).length < 20) comparison.samples.push(sample);
  };
  for (const line of truth) {
    const found = engine.get(keyOf(line));
    engine.delete(keyOf(line));
    if (!found) note({ kind: 'missing', truth: line });
    else if (found.verdict !== line.verdict || found.opened !== line.opened || found.due !== line.due)
      note({ kind: 'different', truth: line, engine: found });
  }
  for (const line of engine.values()) note({ kind: 'extra', engine: line });
  return comparison;
}
