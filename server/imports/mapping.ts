import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Registry } from '../subjects/registry.ts';

/** Where a value comes from: a column, several joined by a blank, or always the same. */
const cell = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
    value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    /** Name of a list under `translations`. */
    translate: z.string().optional(),
    /** Taken when the translation does not know the value. */
    otherwise: z.union([z.string(), z.number(), z.boolean()]).optional(),
    /** Luxon format of an instant or a date; ISO 8601 unless told. */
    format: z.string().optional(),
    /** Of `persons`: what separates the numbers. */
    separator: z.string().default(';'),
  }),
]);

const schema = z.strictObject({
  /** Names the source in source keys: two mappings of one system that share a name share their rows. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  target: z.string(),
  delimiter: z.string().length(1).default(','),
  /** Of local times without an offset. */
  zone: z.string().default('Asia/Shanghai'),
  /** Which instant a local hour is that exists twice or never: unknown leaves the fact missing. */
  clock_change: z.enum(['earlier', 'later', 'unknown']).default('later'),
  /** The source's own key; file and line where it has none. */
  key: z.array(z.string()).default([]),
  translations: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))).default({}),
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

export type Mapping = z.infer<typeof schema>;
export type Cell = z.infer<typeof cell>;

/** What is wrong with a mapping, where a person finds it. */
export class MappingError extends Error {
  override name = 'MappingError';
}

/** Fields of the targets that are no subjects. */
export const plainTargets: Readonly<Record<string, readonly string[]>> = {
  unit: ['code', 'name', 'short', 'kind', 'parent', 'area'],
  person: ['number', 'name', 'kind', 'qualification', 'unit'],
};

/** @throws MappingError `file:line:column: what is wrong` */
export function parseMapping(file: string, text: string, registry: Registry): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true });
  const problem = document.errors[0] ?? document.warnings[0];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (problem) throw new MappingError(`${at(problem.pos[0])}: ${problem.message.split('\n')[0]}`);
  const where = (path: readonly PropertyKey[]): string => {
    for (let keep = path.length; keep > 0; keep -= 1) {
      const node = document.getIn(path.slice(0, keep) as (string | number)[], true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return at(node.range[0]);
    }
    return at(0);
  };
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const keys = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? []);
    throw new MappingError(`${where(keys)}: ${issue?.message}`);
  }
  const mapping = parsed.data;
  const demand = (known: boolean, path: (string | number)[], what: string) => {
    if (!known) throw new MappingError(`${where(path)}: ${what}`);
  };
  const fields = plainTargets[mapping.target];
  if (fields) {
    for (const name of Object.keys(mapping.fields))
      demand(
        fields.includes(name),
        ['fields', name],
        `a ${mapping.target} has no field ${name}; it has ${fields.join(', ')}`,
      );
    return mapping;
  }
  const type = registry.find(mapping.target);
  if (!type)
    throw new MappingError(
      `${where(['target'])}: nothing is called ${mapping.target}; there are ${[...registry.types.map((one) => one.name), ...Object.keys(plainTargets)].join(', ')}`,
    );
  demand(mapping.steps.length > 0, ['target'], 'a mapping needs steps');
  mapping.steps.forEach((step, i) => {
    const declared = type.steps[step.verb];
    if (!declared)
      throw new MappingError(
        `${where(['steps', i, 'verb'])}: ${type.name} has no step ${step.verb}; it has ${Object.keys(type.steps).join(', ')}`,
      );
    demand(
      (i === 0) === (declared.opens === true),
      ['steps', i, 'verb'],
      i === 0 ? 'the first step must open the subject' : 'only the first step opens the subject',
    );
    demand(
      !declared.part || step.part !== undefined,
      ['steps', i, 'verb'],
      `${step.verb} is about a part: name it with part:`,
    );
    const allowed = [...(declared.requires ?? []), ...(declared.asks ?? []), ...(declared.carries ?? [])];
    for (const [name, given] of Object.entries(step.facts)) {
      demand(
        allowed.includes(name),
        ['steps', i, 'facts', name],
        `${step.verb} has no fact ${name}; it has ${allowed.join(', ')}`,
      );
      const list = typeof given === 'object' ? given.translate : undefined;
      demand(!list || list in mapping.translations, ['steps', i, 'facts', name], `there is no translation ${list}`);
    }
  });
  return mapping;
}

/** The columns that a mapping reads. */
export function columnsOf(mapping: Mapping): string[] {
  const of = (given: Cell): string[] =>
    typeof given === 'string' ? [given] : given.column === undefined ? [] : [given.column].flat();
  return [
    ...new Set([
      ...mapping.key,
      ...Object.values(mapping.fields).flatMap(of),
      ...mapping.steps.flatMap((step) => [
        ...of(step.at),
        ...(step.when ? [step.when] : []),
        ...Object.values(step.facts).flatMap(of),
      ]),
    ]),
  ];
}
