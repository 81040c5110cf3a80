import { z } from 'zod';

const constant = z.union([z.string(), z.number(), z.boolean()]);

/** Where a value comes from: a column, several joined by a blank, or always the same. */
const cell = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
    value: constant.optional(),
    /** Name of a list under `translations`. */
    translate: z.string().optional(),
    /** Taken where the column is empty, or the translation does not know the value. */
    otherwise: constant.optional(),
    /** Luxon format of an instant or a date, or several to try in turn; ISO 8601 unless told. */
    format: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    /** Of lists: what separates their values. */
    separator: z.string().min(1).default(';'),
  }),
]);

/** The shape of a mapping file; parse.ts reads one. */
export const mappingSchema = z.strictObject({
  /** Names the source in source keys: two mappings of one system that share a name share their rows. */
  name: z.string().regex(/^[a-z0-9-]+$/, 'a name has small letters, digits and hyphens'),
  target: z.string(),
  delimiter: z.string().length(1).default(','),
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']).default('utf-8'),
  /** Of local times without an offset. */
  zone: z.string().default('Asia/Shanghai'),
  /** Which instant a local hour is that exists twice or never: unknown leaves the fact missing. */
  clock_change: z.enum(['earlier', 'later', 'unknown']).default('later'),
  /** The source's own key; file and line where it has none. */
  key: z.array(z.string()).default([]),
  translations: z.record(z.string(), z.record(z.string(), constant)).default({}),
  steps: z
    .array(
      z.strictObject({
        verb: z.string(),
        /** A name for the part within the row: steps with the same name are about the same part. */
        part: z.string().optional(),
        at: cell,
        /** The step happened only where this column holds something; the column of `at` unless told. */
        when: z.string().optional(),
        facts: z.record(z.string(), cell).default({}),
      }),
    )
    .default([]),
  /** Of units and people, which have no steps. */
  fields: z.record(z.string(), cell).default({}),
});

/** How the columns of a file become steps of a subject, or units, or people. */
export interface Mapping extends z.infer<typeof mappingSchema> {
  /** `file:line:column` of something in the mapping's text: of its value unless told. */
  at(path: readonly PropertyKey[], of?: 'key' | 'value'): string;
}
export type Cell = z.infer<typeof cell>;

/** What is wrong with a mapping, where a person finds it: `file:line:column: what`. */
export class MappingError extends Error {
  override name = 'MappingError';
}

/** The columns that a cell reads. */
export const columnsOf = (cell: Cell): string[] =>
  typeof cell === 'string' ? [cell] : cell.column === undefined ? [] : [cell.column].flat();

/** Every column that a mapping reads, with the places in its text that name it. */
export function columnsRead(mapping: Mapping): { column: string; path: PropertyKey[] }[] {
  const of = (cell: Cell, path: PropertyKey[]) =>
    columnsOf(cell).map((column) => ({ column, path: typeof cell === 'string' ? path : [...path, 'column'] }));
  return [
    ...mapping.key.map((column, i) => ({ column, path: ['key', i] })),
    ...Object.entries(mapping.fields).flatMap(([name, cell]) => of(cell, ['fields', name])),
    ...mapping.steps.flatMap((step, i) => [
      ...of(step.at, ['steps', i, 'at']),
      ...(step.when ? [{ column: step.when, path: ['steps', i, 'when'] }] : []),
      ...Object.entries(step.facts).flatMap(([name, cell]) => of(cell, ['steps', i, 'facts', name])),
    ]),
  ];
}
