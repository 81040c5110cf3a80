import { Environment } from '@marcbachmann/cel-js';
import type { Fact } from '../subjects/define.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import type { ParamDeclaration } from './rule.ts';
import { personAttributes, type Type, typeOf, unitAttributes } from './types.ts';

const timestamp = 'google.protobuf.Timestamp';
const duration = 'google.protobuf.Duration';

/** CEL's name of the type of a table's rows. */
export const rowType = (table: Table): string => `Row_${table.name}`;

/** CEL's name of a type of ours. */
export function celType(type: Type): string {
  switch (type.kind) {
    case 'bool':
    case 'int':
      return type.kind;
    case 'ratio':
    case 'money':
      return 'double';
    case 'text':
      return 'string';
    case 'instant':
      return timestamp;
    case 'duration':
      return duration;
    case 'date':
      return 'LocalDate';
    case 'limit':
      return 'Limit';
    case 'person':
      return 'Person';
    case 'unit':
      return 'Unit';
    case 'params':
      return 'Params';
    case 'row':
      return rowType(type.table);
    case 'list':
      return `list<${celType(type.of)}>`;
    case 'null':
      return 'null';
  }
}

/** The facts and relations that rules can read of a table's rows. */
export function fieldsOf(registry: Registry, table: Table): Map<string, Type> {
  const to = (name: string): Table => tableOf(registry.get(name));
  const fields = new Map<string, Type>();
  for (const [name, fact] of Object.entries(table.facts)) {
    const type = typeOf(fact, to);
    if (type) fields.set(name, type);
  }
  if (table.part === null) {
    for (const part of Object.keys(table.type.parts)) fields.set(part, rowsOf(tableOf(table.type, part)));
  } else if (parentFact(table)) fields.set(table.type.name, { kind: 'row', table: tableOf(table.type) });
  for (const [name, relation] of Object.entries(table.relations)) {
    if (registry.find(relation.to)) fields.set(name, rowsOf(registry.target(relation)));
  }
  return fields;
}

/** The way from a part to the subject that it is a part of, by the name of the type: `interview.stay`. */
export function parentFact(table: Table): Fact | undefined {
  const { name, label } = table.type;
  if (table.part === null || name in table.facts || name in table.relations) return undefined;
  return { kind: 'subject', to: name, label };
}

const rowsOf = (table: Table): Type => ({ kind: 'list', of: { kind: 'row', table } });

/** A class of that name: cel-js crashes on forward references between types registered without one. */
const named = (
  name: string,
  fields: Record<string, string>,
): { ctor: new () => object; fields: Record<string, string> } => ({ ctor: { [name]: class {} }[name]!, fields });

const nothing = (): never => {
  throw new Error('rules are interpreted by interpret.ts');
};

const environments = new WeakMap<Registry, Environment>();

/** The parser and type checker for one registry: limits on depth and size, no unknown names. */
function languageOf(registry: Registry): Environment {
  const known = environments.get(registry);
  if (known) return known;
  const env = new Environment({
    unlistedVariablesAreDyn: false,
    limits: { maxAstNodes: 400, maxDepth: 24, maxListElements: 64, maxCallArguments: 8, maxMapEntries: 0 },
  });
  const fields = (of: Iterable<readonly [string, Type]>): Record<string, string> =>
    Object.fromEntries([...of].map(([name, type]) => [name, celType(type)]));
  for (const opaque of ['Limit', 'LocalDate']) env.registerType(opaque, named(opaque, {}));
  // a type may name one that comes later: all are made known before any gets its fields
  env.registerType('Unit', named('Unit', fields(Object.entries(unitAttributes))));
  env.registerType('Person', named('Person', fields(Object.entries(personAttributes))));
  for (const table of tablesOf(registry))
    env.registerType(rowType(table), named(rowType(table), fields(fieldsOf(registry, table))));
  operators(env, registry);
  functions(env);
  environments.set(registry, env);
  return env;
}

/** Every table of the registry whose types rules can name. */
export const tablesOf = (registry: Registry): Table[] => registry.types.flatMap((type) => registry.tables(type));

const ordered = ['<', '<=', '>', '>='] as const;

function operators(env: Environment, registry: Registry): void {
  const own = ['Limit', 'LocalDate', 'Person', 'Unit', ...tablesOf(registry).map(rowType)];
  for (const type of own) env.registerOperator(`${type} == ${type}`, nothing);
  for (const type of ['bool', 'int', 'double', 'string', timestamp, duration, ...own])
    env.registerOperator(`${type} == null`, nothing);
  for (const sign of ordered) {
    env.registerOperator(`LocalDate ${sign} LocalDate`, nothing);
    env.registerOperator(`${duration} ${sign} Limit`, nothing);
    env.registerOperator(`Limit ${sign} ${duration}`, nothing);
  }
  env.registerOperator('int == double', nothing);
  for (const sign of ['+', '-', '*']) {
    env.registerOperator(`int ${sign} double: double`, nothing);
    env.registerOperator(`double ${sign} int: double`, nothing);
  }
}

const numbers = ['int', 'double'];

function functions(env: Environment): void {
  for (const unit of ['m', 'h', 'd', 'wd', 'mo']) env.registerFunction(`${unit}(int): Limit`, nothing);
  for (const name of ['after', 'before']) env.registerFunction(`${name}(${timestamp}, Limit): ${timestamp}`, nothing);
  for (const name of ['earliest', 'latest', 'allOf'])
    env.registerFunction(`${name}(list<${timestamp}>): ${timestamp}`, nothing);
  for (const name of ['min', 'max']) {
    for (const type of numbers) env.registerFunction(`${name}(${type}, ${type}): ${type}`, nothing);
    env.registerFunction(`${name}(int, double): double`, nothing);
    env.registerFunction(`${name}(double, int): double`, nothing);
    for (const type of [...numbers, timestamp]) {
      env.registerFunction(`${name}(list<${type}>): ${type}`, nothing);
      env.registerFunction(`list<${type}>.${name}(): ${type}`, nothing);
    }
  }
  for (const type of [...numbers, duration]) {
    env.registerFunction(`sum(list<${type}>): ${type}`, nothing);
    env.registerFunction(`list<${type}>.sum(): ${type}`, nothing);
  }
  for (const name of ['first', 'last']) {
    env.registerFunction(`${name}(list<A>): A`, nothing);
    env.registerFunction(`list<A>.${name}(): A`, nothing);
  }
  env.registerFunction('count(list<A>): int', nothing);
  env.registerFunction('list<A>.count(): int', nothing);
  for (const [name, returns] of [
    ['coverage', 'double'],
    ['longestGap', duration],
  ] as const) {
    env.registerFunction(`${name}(list<A>, ${timestamp}, ${timestamp}): ${returns}`, nothing);
    env.registerFunction(`${name}(list<A>, ${timestamp}, ${timestamp}, list<B>): ${returns}`, nothing);
  }
  env.registerFunction('level(string): int', nothing);
  env.registerFunction(`date(${timestamp}): LocalDate`, nothing);
  for (const type of [timestamp, 'LocalDate']) env.registerFunction(`year(${type}): int`, nothing);
}

/** Functions and list methods of the language, for messages and for vocabulary.md. */
export const functionNames = [
  'm',
  'h',
  'd',
  'wd',
  'mo',
  'after',
  'before',
  'earliest',
  'latest',
  'allOf',
  'min',
  'max',
  'sum',
  'count',
  'size',
  'first',
  'last',
  'coverage',
  'longestGap',
  'level',
  'date',
  'year',
] as const;
/** How each is written, for messages. */
export const functionUses: Readonly<Record<string, string>> = {
  m: 'm(15)',
  h: 'h(24)',
  d: 'd(30)',
  wd: 'wd(5)',
  mo: 'mo(6)',
  after: 'after(t, h(24)) with one limit',
  before: 'before(t, d(7)) with one limit',
  earliest: 'earliest([a, b]) or earliest(list.map(x, x.at))',
  latest: 'latest([a, b]) or latest(list.map(x, x.at))',
  allOf: 'allOf([a, b]) or allOf(list.map(x, x.at))',
  min: 'min(a, b) or list.map(x, x.value).min()',
  max: 'max(a, b) or list.map(x, x.value).max()',
  sum: 'list.map(x, x.value).sum()',
  count: 'list.count()',
  size: 'list.size()',
  first: 'list.first()',
  last: 'list.last()',
  exists: 'list.exists(x, …)',
  all: 'list.all(x, …)',
  filter: 'list.filter(x, …)',
  map: 'list.map(x, …)',
  coverage: 'coverage(list, from, to) or coverage(list, from, to, exempt)',
  longestGap: 'longestGap(list, from, to) or longestGap(list, from, to, exempt)',
  level: "level(x.level) or level('county')",
  date: 'date(t) with an instant',
  year: 'year(t) with an instant or a date',
};
export const methodNames = [
  'exists',
  'all',
  'filter',
  'map',
  'size',
  'count',
  'first',
  'last',
  'min',
  'max',
  'sum',
] as const;

/** The language of one rule: its variables and its typed parameters. */
export function languageFor(
  registry: Registry,
  variables: ReadonlyMap<string, Type>,
  params: readonly ParamDeclaration[],
): Environment {
  const env = languageOf(registry).clone();
  env.registerType('Params', named('Params', Object.fromEntries(params.map((p) => [p.name, paramCel(p)]))));
  env.registerVariable('params', 'Params');
  for (const [name, type] of variables) env.registerVariable(name, celType(type));
  return env;
}

export const paramType = (param: ParamDeclaration): Type => ({ kind: param.kind });
export const isKeyed = (param: ParamDeclaration): boolean => param.values.some(({ key }) => key !== '');
const paramCel = (param: ParamDeclaration): string =>
  isKeyed(param) ? `map<string, ${celType(paramType(param))}>` : celType(paramType(param));
