import { z } from 'zod';
import { badInput, type FieldProblem } from '../kernel/errors.ts';
import { isoInstantInput } from '../kernel/input.ts';
import { lineInput, paragraphInput } from '../kernel/text.ts';
import type { Fact, Step, SubjectType } from './define.ts';
import { type Table, tableOf } from './registry.ts';

/** A fact as it is stored in a step: instants as ISO 8601 text in UTC, everything else as JSON. */
export type FactValue =
  | string
  | number
  | boolean
  | null
  | readonly (string | number)[]
  | { readonly [key: string]: unknown };

const int4 = z.int().min(1).max(2_147_483_647);
/** Text of a line has 500 characters at most, a note 5,000: more is a file, not a fact. */
const schemas: Record<Exclude<Fact['kind'], 'choice' | 'choices'>, z.ZodType<FactValue>> = {
  text: lineInput(500),
  note: paragraphInput(5000),
  instant: isoInstantInput,
  date: z.iso.date(),
  int: z.int(),
  ratio: z.number(),
  money: z.number().min(-1e13).max(1e13).multipleOf(0.01),
  flag: z.boolean(),
  person: int4,
  persons: z.array(int4).max(50),
  unit: int4,
  subject: z.uuid(),
  uuid: z.uuid(),
  json: z.record(z.string(), z.unknown()),
};

/** The schema of one fact's value; null takes a fact back (a correction). */
export function factSchema(fact: Fact): z.ZodType<FactValue> {
  const options = Object.keys(fact.options ?? {});
  if (fact.lines) return paragraphInput(500);
  if (fact.kind === 'choice') return z.enum(options);
  if (fact.kind === 'choices') return z.array(z.enum(options)).max(options.length);
  return schemas[fact.kind];
}

/** The facts that a step may carry, besides its own instant. */
export const factsOfStep = (step: Step): string[] => [
  ...(step.requires ?? []),
  ...(step.asks ?? []),
  ...(step.carries ?? []),
];

/** The table a step writes to. */
export const tableOfStep = (type: SubjectType, step: Step): Table => tableOf(type, step.part ?? null);

const built = new WeakMap<
  Step,
  { full: z.ZodType<Record<string, FactValue>>; partial: z.ZodType<Record<string, FactValue>> }
>();

/** Strict schemas of a step's facts: `full` demands what the step requires, `partial` takes what there is (imports). */
export function stepSchema(type: SubjectType, step: Step) {
  const known = built.get(step);
  if (known) return known;
  const { facts } = tableOfStep(type, step);
  const shape = Object.fromEntries(
    factsOfStep(step).map((name) => {
      const fact = facts[name];
      if (!fact) throw new Error(`${type.name}: no fact ${name}`);
      const schema = factSchema(fact);
      return [name, step.requires?.includes(name) ? schema : schema.nullish()];
    }),
  );
  const full = z.strictObject(shape);
  const schema = {
    full: full as unknown as z.ZodType<Record<string, FactValue>>,
    partial: z.strictObject(
      Object.fromEntries(Object.entries(shape).map(([name, one]) => [name, one.nullish()])),
    ) as unknown as z.ZodType<Record<string, FactValue>>,
  };
  built.set(step, schema);
  return schema;
}

/** @throws Problem 422 `step.bad-facts` naming each field as `facts.<name>`, by its label. */
export function parseFacts(type: SubjectType, step: Step, facts: unknown, demand: boolean): Record<string, FactValue> {
  const schema = stepSchema(type, step);
  const result = (demand ? schema.full : schema.partial).safeParse(facts ?? {});
  if (result.success) return Object.fromEntries(Object.entries(result.data).filter(([, value]) => value !== undefined));
  const declared = tableOfStep(type, step).facts;
  const fields = result.error.issues.flatMap((issue): FieldProblem[] => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
    return names.map((name) =>
      fieldProblem(name, Object.hasOwn(declared, name) ? declared[name] : undefined, issue.code),
    );
  });
  throw badInput(
    'step.bad-facts',
    { zh: `填写有误：${fields.map((f) => f.zh).join('；')}`, en: `Wrong input: ${fields.map((f) => f.en).join('; ')}` },
    fields,
  );
}

function fieldProblem(name: string, fact: Fact | undefined, code: string): FieldProblem {
  const path = `facts.${name}`;
  if (!fact || code === 'unrecognized_keys')
    return { path, zh: `此环节没有“${fact?.label.zh ?? name}”这一项`, en: `this step has no ${name}` };
  return { path, zh: `“${fact.label.zh}”未填写或者格式不正确`, en: `${fact.label.en} is missing or malformed` };
}
