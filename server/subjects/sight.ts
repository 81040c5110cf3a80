import type { Standing } from '../access/actor.ts';
import { type MaskKind, masked, minorName, type Sight, sightOf } from '../access/masks.ts';
import type { Actor } from '../kernel/unit-of-work.ts';
import type { SubjectType } from './define.ts';
import { type Table, tableOf } from './registry.ts';
import type { Row } from './rows.ts';

/** What an actor sees of one record: the only place where sensitive facts pass on their way out (domain.md §7). */
export interface Eye {
  actor: Actor;
  type: SubjectType;
  standing: Standing;
  /** Lists show no more than the masked form; a reveal with a stated purpose shows everything. */
  most: 'glimpse' | 'sight' | 'everything';
}

/** Collects, beside the masked rows, which fields were masked and which sensitive ones were shown in full. */
export interface Shown {
  masked: Set<string>;
  full: Set<string>;
}

export const nothingShown = (): Shown => ({ masked: new Set(), full: new Set() });

/** The subject's row as it may be seen. `parts` lend the names that free text may hold. */
export function seenRecord(eye: Eye, row: Row, parts: Readonly<Record<string, readonly Row[]>>, shown: Shown): Row {
  return seenRow(eye, tableOf(eye.type), row, '', namesIn(eye.type, row, parts), minorsIn(parts, row), shown);
}

/** The parts likewise; people under eighteen are 未成年人甲, 乙 … wherever their name stands. */
export function seenParts(
  eye: Eye,
  row: Row,
  parts: Readonly<Record<string, readonly Row[]>>,
  shown: Shown,
): Record<string, Row[]> {
  const names = namesIn(eye.type, row, parts);
  const minors = minorsIn(parts, row);
  return Object.fromEntries(
    Object.entries(parts).map(([name, rows]) => [
      name,
      rows.map((part) => seenRow(eye, tableOf(eye.type, name), part, `${name}.`, names, minors, shown)),
    ]),
  );
}

/** Facts of a step, which are facts of one table; `names` and `minors` come from the whole record. */
export const seenFacts = (
  eye: Eye,
  table: Table,
  facts: Readonly<Record<string, unknown>>,
  names: readonly string[],
  minors: ReadonlyMap<string, string>,
): Record<string, unknown> => {
  const { id: _none, ...seen } = seenRow(eye, table, { id: '', ...facts }, '', names, minors, nothingShown());
  return seen;
};

const nameMasks: readonly string[] = ['caller', 'complainant', 'suspect'];

/** The names that these facts hold: they must not stand in free text beside their masked form. */
export const namesOf = (table: Table, facts: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(table.facts).flatMap(([name, fact]) =>
    nameMasks.includes(fact.mask ?? '') && typeof facts[name] === 'string' ? [facts[name]] : [],
  );

/** @param minors name → 未成年人甲 */
function seenRow(
  eye: Eye,
  table: Table,
  row: Row,
  path: string,
  names: readonly string[],
  minors: ReadonlyMap<string, string>,
  shown: Shown,
): Row {
  const seen: Row = { ...row };
  for (const [name, fact] of Object.entries(table.facts)) {
    const value = row[name];
    if (!fact.mask || typeof value !== 'string') continue;
    // in a list the parts are not at hand, whose names a narrative may hold
    const sight = eye.most === 'glimpse' && fact.mask === 'narrative' ? 'hidden' : sightFor(eye, fact.mask);
    const minor = fact.mask === 'suspect' || fact.mask === 'caller' ? minors.get(value) : undefined;
    if (minor && sightFor(eye, 'minor') !== 'full') seen[name] = sightFor(eye, 'minor') === 'glimpse' ? minor : null;
    else
      seen[name] = masked(
        fact.mask,
        sight,
        fact.mask === 'narrative' ? withoutComplainant(eye, table, row, withoutMinors(eye, value, minors)) : value,
        names,
      );
    (seen[name] === value && sight === 'full' ? shown.full : shown.masked).add(`${path}${name}`);
  }
  return seen;
}

const withoutMinors = (eye: Eye, text: string, minors: ReadonlyMap<string, string>): string =>
  minors.size === 0 || sightFor(eye, 'minor') === 'full'
    ? text
    : [...minors].reduce((now, [name, alias]) => now.replaceAll(name, alias), text);

/** Who complains is known to the handlers alone: not even the family name is left in what was written. */
function withoutComplainant(eye: Eye, table: Table, row: Row, text: string): string {
  const names = Object.entries(table.facts).flatMap(([name, fact]) =>
    fact.mask === 'complainant' && typeof row[name] === 'string' ? [row[name]] : [],
  );
  return names.length === 0 || sightFor(eye, 'complainant') === 'full'
    ? text
    : longestFirst(names).reduce((now, name) => now.replaceAll(name, /^[\d-]+$/.test(name) ? '***' : '诉求人'), text);
}

function sightFor(eye: Eye, kind: MaskKind): Sight {
  if (eye.most === 'everything') return 'full';
  const sight = sightOf(eye.actor, kind, eye.standing);
  return eye.most === 'glimpse' && sight === 'full' ? 'glimpse' : sight;
}

function namesIn(type: SubjectType, row: Row, parts: Readonly<Record<string, readonly Row[]>>): string[] {
  const inParts = Object.entries(parts).flatMap(([part, rows]) =>
    rows.flatMap((one) => namesOf(tableOf(type, part), one)),
  );
  return longestFirst([...namesOf(tableOf(type), row), ...inParts]);
}

/** A name that is part of another must not be replaced before it. */
export const longestFirst = (names: readonly string[]): string[] =>
  [...new Set(names)].sort((a, b) => b.length - a.length);

const underage: readonly unknown[] = ['under14', 'under16', 'under18'];

/** Who of the record is under eighteen, the person of a stay or the people of a case: name → 未成年人甲. */
export function minorsIn(parts: Readonly<Record<string, readonly Row[]>>, own?: Row): Map<string, string> {
  const minors = new Map<string, string>();
  for (const row of [...(own ? [own] : []), ...Object.values(parts).flat()]) {
    const isMinor = underage.includes(row['ageClass']);
    if (isMinor && typeof row['name'] === 'string' && !minors.has(row['name']))
      minors.set(row['name'], minorName(minors.size));
  }
  return minors;
}
