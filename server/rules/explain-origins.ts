import { masked } from '../access/masks.ts';
import type { Tx } from '../kernel/database.ts';
import type { Registry } from '../subjects/registry.ts';
import type { Explanation, Origin, ReadValue } from './explanation.ts';

interface StepRow {
  id: string;
  subject_type: number;
  subject_id: string;
  part_id: string | null;
  seq: number;
  verb: number;
  occurred_at: Date;
  recorded_at: Date;
  facts: Record<string, unknown>;
  person_name: string;
  unit_name: string;
  replaces: string | null;
}

/** Says of every value which step wrote it: one statement, however many explanations. */
export async function fillOrigins(tx: Tx, registry: Registry, told: readonly Explanation[]): Promise<void> {
  const ids = new Set(told.flatMap(({ values }) => values.flatMap(({ record }) => record?.id ?? [])));
  if (ids.size === 0) return;
  const rows = await tx.sql<StepRow>(
    `SELECT id, subject_type, subject_id, part_id, seq, verb, occurred_at, recorded_at, facts, person_name, unit_name, replaces
     FROM step WHERE subject_id = ANY($1::uuid[]) ORDER BY subject_id, seq`,
    [[...ids]],
    { name: 'steps behind values' },
  );
  const writers = new Map<string, StepRow>();
  for (const row of inForce(rows))
    for (const fact of Object.keys(row.facts)) writers.set(`${row.part_id ?? row.subject_id}.${fact}`, row);
  const labels = new Map<number, Map<number, Origin['label']>>();
  const labelOf = (row: StepRow): Origin['label'] => {
    const type = registry.coded(row.subject_type);
    const known = labels.get(type.code) ?? new Map(Object.values(type.steps).map((step) => [step.code, step.label]));
    labels.set(type.code, known);
    return known.get(row.verb) ?? type.label;
  };
  for (const { values } of told) {
    for (const value of values) {
      const row = value.table ? writers.get(value.key) : undefined;
      if (!row) continue;
      value.origin = {
        label: labelOf(row),
        occurredAt: row.occurred_at.toISOString(),
        recordedAt: row.recorded_at.toISOString(),
        by: row.person_name,
        unit: row.unit_name,
        corrects: row.replaces !== null,
      };
    }
  }
}

/** As the state is folded (subjects/fold.ts): a correction stands in the place of what it replaces. */
function inForce(rows: readonly StepRow[]): StepRow[] {
  const place = new Map<string, number>();
  const replaced = new Set<string>();
  for (const row of rows) {
    place.set(row.id, (row.replaces && place.get(row.replaces)) || row.seq);
    if (row.replaces) replaced.add(row.replaces);
  }
  return rows
    .filter((row) => !replaced.has(row.id))
    .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0) || a.seq - b.seq);
}

/** Personal data explains nothing about a limit: whoever reads an explanation, it shows the masked form at most. */
export function maskValues(told: Explanation, isHidden: (value: ReadValue) => boolean = () => false): Explanation {
  const names = told.values.flatMap(({ mask, text }) =>
    (mask === 'caller' || mask === 'suspect') && text ? [text.zh] : [],
  );
  return {
    ...told,
    values: told.values.map((value) => {
      if (isHidden(value)) return { ...value, text: null, masked: true, origin: null };
      if (!value.mask || !value.text) return value;
      const text = masked(value.mask, 'glimpse', value.text.zh, names) ?? '';
      return { ...value, text: { zh: text, en: text }, masked: true };
    }),
  };
}
