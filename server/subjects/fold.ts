import type { FactValue } from './input.ts';
import type { Table } from './registry.ts';
import { columnsOfFacts } from './registry.ts';

/** A step as far as the state is concerned: which facts it set, in which part, and which step it replaces. */
export interface Folded {
  id: string;
  seq: number;
  part: string | null;
  facts: Readonly<Record<string, FactValue>>;
  replaces: string | null;
}

/**
 * The facts of one row (the subject or one part) after its steps: each in the place of the one it replaces, later
 * steps over earlier ones. A chain of corrections counts its last only. Facts that no step in force sets are absent.
 */
export function fold(steps: readonly Folded[]): Record<string, FactValue> {
  const place = new Map<string, number>();
  const replaced = new Set<string>();
  for (const step of [...steps].sort((a, b) => a.seq - b.seq)) {
    place.set(step.id, (step.replaces && place.get(step.replaces)) || step.seq);
    if (step.replaces) replaced.add(step.replaces);
  }
  const inForce = steps.filter((step) => !replaced.has(step.id));
  inForce.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0) || a.seq - b.seq);
  return Object.assign({}, ...inForce.map((step) => step.facts));
}

/** Every column of the table for a folded row: what is absent is null again. */
export const wholeRow = (table: Table, facts: Readonly<Record<string, FactValue>>): Record<string, FactValue> =>
  Object.fromEntries(Object.keys(table.facts).map((name) => [name, facts[name] ?? null]));

/** Facts by their columns. */
export function toColumns(table: Table, facts: Readonly<Record<string, FactValue>>): Record<string, FactValue> {
  const columns = columnsOfFacts(table.facts);
  const row: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(facts)) {
    const column = columns.get(name);
    if (!column) throw new Error(`${table.name} has no fact ${name}`);
    row[column] = value;
  }
  return row;
}
